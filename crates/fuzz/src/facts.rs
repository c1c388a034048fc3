//! Signed facts, as they come and with right signatures, and the krets that they make.

use crate::krets::KRETS;
use crate::record::read;
use radrum_seal::{Membership, check_roster, next_roster};
use radrum_wire::{
    AdminGrant, Confirm, DeviceGrant, EpochPackage, Eraser, FactContent, FactKind, Facts, Genesis,
    LogOpen, Municipality, Revoke, RootChange, SignedFact,
};
use std::fmt::Debug;

pub(crate) fn run(bytes: &[u8]) {
    let Some(mut facts) = read::<Facts>(bytes) else {
        return;
    };
    for fact in &facts.0 {
        said(fact);
    }
    krets(&facts);
    for fact in &mut facts.0 {
        KRETS.sign_again(fact);
    }
    krets(&facts);
}

fn said(fact: &SignedFact) {
    content::<Genesis>(fact);
    content::<RootChange>(fact);
    content::<AdminGrant>(fact);
    content::<DeviceGrant>(fact);
    content::<Revoke>(fact);
    content::<EpochPackage>(fact);
    content::<LogOpen>(fact);
    content::<Confirm>(fact);
    content::<Municipality>(fact);
    content::<Eraser>(fact);
}

fn content<F: FactContent + PartialEq + Debug>(fact: &SignedFact) {
    if let Ok(said) = fact.read::<F>() {
        let again = SignedFact::new(&said).expect("within its limits");
        assert_eq!((again.kind, &again.content), (fact.kind, &fact.content));
    }
}

/// A krets is a function of the set of facts: order and repetition do not count.
fn krets(facts: &Facts) {
    let genesis = facts.0.iter().find(|fact| fact.kind == FactKind::GENESIS);
    let region = genesis.map_or(KRETS.region, SignedFact::region);
    let says = Membership::of(region, &facts.0);
    let other = Membership::of(region, facts.0.iter().rev().chain(&facts.0));
    assert_eq!(says, other, "order and repetition");
    let Ok(says) = says else {
        return;
    };
    let mut papers = says.root_papers();
    papers.sort_unstable();
    assert_eq!(papers, says.roots());
    for (hash, grant) in says.grants() {
        assert_eq!(says.grant(hash), Some(grant));
        assert!(says.logs_of(hash).count() >= 1);
        let _ = says.is_starting(grant.municipality);
        let _ = says.cutoff(grant.log);
        let _ = says.municipality_today(grant.municipality);
    }
    let mut epochs = KRETS.epochs.clone();
    for package in says.packages() {
        let _ = epochs.take(package, KRETS.device.device, &KRETS.keys);
    }
    let _ = says.writing_epoch(&epochs);
    if let Ok(Some(roster)) = next_roster(&says, None, &KRETS.keys) {
        assert_eq!(check_roster(&says, &roster), Ok(()));
    }
}
