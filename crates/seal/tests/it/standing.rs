//! What becomes of admins, of what they signed alone, and of municipalities.

use crate::facts::{admin, by_roots, content, keys, revoke, signed};
use crate::krets::{Counted, Krets, MUNICIPALITY};
use radrum_seal::{DeviceKeys, EpochKey, EpochKeys, Evidence, Membership, Would, package};
use radrum_wire::{
    Confirm, EntryHash, FactHash, Head, ItemId, LogId, Municipality, MunicipalityChange,
    RootChange, Seq, SignedFact,
};

const MALÅ: ItemId = ItemId::from_bytes([0xcc; 16]);

/// A krets in which the keys 1 to 4 are admins of Malå and have devices there.
struct Malå {
    krets: Krets,
    facts: Vec<SignedFact>,
}

impl Malå {
    fn new() -> Self {
        let krets = Krets::new(1);
        let roots = &krets.founded.roots;
        let mut facts = krets.founded.facts.0.clone();
        for n in 1..=4 {
            let grant = content(&krets, 10 + n, MALÅ, &keys(n));
            let made = admin(&krets, &keys(n), Some(MALÅ));
            facts.push(by_roots(&made, &[&roots[0], &roots[1]]));
            facts.push(signed(&grant, &[&keys(n)]));
        }
        Self { krets, facts }
    }

    fn evidence(&self, more: &[SignedFact]) -> Evidence {
        self.facts.iter().chain(more).collect()
    }

    fn read(&self, evidence: &Evidence) -> Membership {
        Membership::of_evidence(self.krets.founded.region, evidence, &|_, _| true).expect("members")
    }

    fn with(&self, more: &[SignedFact]) -> Membership {
        self.read(&self.evidence(more))
    }

    fn ends(&self, n: u8, by: [u8; 2], accepted: Vec<Head>) -> SignedFact {
        let fact = revoke(&self.krets, &keys(n), accepted);
        signed(&fact, &[&keys(by[0]), &keys(by[1])])
    }

    fn said(&self, n: u32, change: MunicipalityChange, other: Option<ItemId>) -> SignedFact {
        let fact = Municipality {
            region: self.krets.founded.region,
            municipality: MALÅ,
            number: n,
            change,
            other,
        };
        let roots = &self.krets.founded.roots;
        by_roots(&fact, &[&roots[1], &roots[2]])
    }
}

fn is_admin(members: &Membership, n: u8) -> bool {
    members.is_admin(&keys(n).sign_key(), MALÅ)
}

fn head(log: u8, seq: u64) -> Head {
    Head {
        log: LogId::from_bytes([log; 16]),
        seq: Seq(seq),
        hash: EntryHash::from_bytes([u8::try_from(seq).expect("small"); 32]),
    }
}

#[test]
fn two_pairs_of_admins_who_remove_each_other_are_all_removed_and_roots_begin_again() {
    let malå = Malå::new();
    let both = [
        malå.ends(1, [3, 4], vec![]),
        malå.ends(2, [3, 4], vec![]),
        malå.ends(3, [1, 2], vec![]),
        malå.ends(4, [1, 2], vec![]),
    ];
    let members = malå.with(&both);
    assert!((1..=4).all(|n| !is_admin(&members, n)));
    let roots = &malå.krets.founded.roots;
    let mut again = both.to_vec();
    let made = admin(&malå.krets, &keys(7), Some(MALÅ));
    again.push(by_roots(&made, &[&roots[0], &roots[2]]));
    assert!(is_admin(&malå.with(&again), 7));
    // A key that ended does not come back by another grant.
    let made = admin(&malå.krets, &keys(1), None);
    again.push(by_roots(&made, &[&roots[0], &roots[2]]));
    assert!(!is_admin(&malå.with(&again), 1));
}

#[test]
fn a_removal_by_two_stands_also_when_one_of_them_is_cut_off_before_he_signed_it() {
    let malå = Malå::new();
    let removal = malå.ends(1, [3, 4], vec![]);
    let mut evidence = malå.evidence(&[removal.clone(), malå.ends(3, [1, 2], vec![])]);
    evidence.carried(removal.hash(), head(13, 9));
    assert!(!is_admin(&malå.read(&evidence), 1));
}

#[test]
fn when_all_admins_have_ended_each_other_everybody_goes_on_saving() {
    let malå = Malå::new();
    let region = malå.krets.founded.region;
    let epoch = EpochKey::from_secret([3; 32]);
    let own = content(&malå.krets, 11, MALÅ, &keys(1));
    let made = package(region, (2, &epoch), &[], &[&own], &mut Counted::new(9)).expect("package");
    let made = signed(&made, &[&keys(3)]);
    let trap = EpochKey::from_secret([4; 32]);
    let late = package(region, (9, &trap), &[], &[&own], &mut Counted::new(8)).expect("package");
    let late = signed(&late, &[&keys(3)]);
    let founder = revoke(&malå.krets, &malå.krets.keys, vec![]);
    let roots = &malå.krets.founded.roots;
    let mut evidence = malå.evidence(&[
        made.clone(),
        late.clone(),
        malå.ends(3, [1, 2], vec![head(13, 5)]),
        by_roots(&founder, &[&roots[0], &roots[1]]),
    ]);
    evidence.carried(made.hash(), head(13, 4));
    evidence.carried(late.hash(), head(13, 6));
    let mut known = EpochKeys::default();
    known.insert(epoch.clone());
    known.insert(trap);
    let members = malå.read(&evidence);
    let writing = members.writing_epoch(&known).map(EpochKey::id);
    assert_eq!(writing, Some(epoch.id()));
}

#[test]
fn a_removal_that_one_admin_signed_waits_for_the_second_signature() {
    let malå = Malå::new();
    let fact = revoke(&malå.krets, &keys(1), vec![]);
    let one = signed(&fact, &[&keys(2)]);
    let members = malå.with(std::slice::from_ref(&one));
    assert!(is_admin(&members, 1));
    let waiting: Vec<FactHash> = members.unfinished().map(|(hash, _)| hash).collect();
    assert_eq!(waiting, [one.hash()]);
    let members = malå.with(&[one, signed(&fact, &[&keys(3)])]);
    assert!(!is_admin(&members, 1));
    assert_eq!(members.unfinished().count(), 0);
}

#[test]
fn one_root_and_one_admin_remove_an_admin_and_one_root_alone_does_not() {
    let malå = Malå::new();
    let fact = revoke(&malå.krets, &keys(1), vec![]);
    let root = by_roots(&fact, &[&malå.krets.founded.roots[2]]);
    assert!(is_admin(&malå.with(std::slice::from_ref(&root)), 1));
    let mut both = root;
    keys(2).sign_fact(&mut both);
    assert!(!is_admin(&malå.with(&[both]), 1));
}

/// What an admin signed alone: in time, too late, and on no entry that is known.
fn signed_alone(malå: &Malå) -> (SignedFact, SignedFact) {
    let early = signed(&content(&malå.krets, 21, MALÅ, &keys(21)), &[&keys(1)]);
    let late = signed(&content(&malå.krets, 22, MALÅ, &keys(22)), &[&keys(1)]);
    (early, late)
}

fn cut_off(malå: &Malå, more: &[SignedFact]) -> Evidence {
    let (early, late) = signed_alone(malå);
    let mut facts = vec![
        early.clone(),
        late.clone(),
        malå.ends(1, [2, 3], vec![head(11, 5)]),
    ];
    facts.extend_from_slice(more);
    let mut evidence = malå.evidence(&facts);
    evidence.carried(early.hash(), head(11, 5));
    evidence.carried(late.hash(), head(11, 6));
    evidence
}

#[test]
fn what_an_admin_signed_alone_after_his_cutoff_is_suspended_and_the_rest_stands() {
    let malå = Malå::new();
    let (early, late) = signed_alone(&malå);
    let members = malå.read(&cut_off(&malå, &[]));
    assert!(members.grant(early.hash()).is_some());
    assert!(members.grant(late.hash()).is_none());
    let suspended: Vec<_> = members.suspended().collect();
    let [(hash, of)] = suspended.as_slice() else {
        panic!("{suspended:?}");
    };
    assert_eq!((*hash, of.municipality), (late.hash(), MALÅ));
    assert!(matches!(&of.would, Would::TakeIn(grant) if grant.sign == keys(22).sign_key()));
    // Another admin of the municipality lets it stand: not he himself, and no stranger.
    let may = |n| members.may_confirm(&keys(n).sign_key(), late.hash());
    assert!(may(2) && may(3) && !may(1) && !may(30));
    assert!(
        !members.may_confirm(&keys(2).sign_key(), early.hash()),
        "it stands"
    );
    // The same entry on a branch that does not lead to the cutoff is no proof either.
    let evidence = cut_off(&malå, &[]);
    let elsewhere = |place: &Head, _: &Head| place.log != LogId::from_bytes([11; 16]);
    let region = malå.krets.founded.region;
    let mut forked = evidence.clone();
    forked.carried(late.hash(), head(11, 3));
    let read = |leads: &radrum_seal::Leads<'_>| {
        let members = Membership::of_evidence(region, &forked, leads).expect("members");
        members.grant(late.hash()).is_some()
    };
    assert!(read(&|_, _| true));
    assert!(!read(&elsewhere));
}

#[test]
fn another_admin_confirms_what_was_suspended_and_a_confirmed_confirmation_is_none() {
    let malå = Malå::new();
    let (_, late) = signed_alone(&malå);
    let confirm = |facts: Vec<FactHash>, by: &[&DeviceKeys]| {
        let region = malå.krets.founded.region;
        signed(&Confirm { region, facts }, by)
    };
    let stands = |more: &[SignedFact]| {
        let members = malå.read(&cut_off(&malå, more));
        members.grant(late.hash()).is_some()
    };
    assert!(stands(&[confirm(vec![late.hash()], &[&keys(2)])]));
    assert!(
        !stands(&[confirm(vec![late.hash()], &[&keys(1)])]),
        "his own word"
    );
    assert!(
        !stands(&[confirm(vec![late.hash()], &[&keys(30)])]),
        "a stranger's"
    );
    // By somebody who was cut off himself before he confirmed, and a colleague vouches for that.
    let by_four = confirm(vec![late.hash()], &[&keys(4)]);
    let of_that = confirm(vec![by_four.hash()], &[&keys(2)]);
    let mut evidence = cut_off(
        &malå,
        &[by_four.clone(), of_that, malå.ends(4, [2, 3], vec![])],
    );
    evidence.carried(by_four.hash(), head(14, 1));
    assert!(malå.read(&evidence).grant(late.hash()).is_none());
}

#[test]
fn a_device_whose_grant_is_suspended_gets_no_epoch_written_in() {
    let malå = Malå::new();
    let (_, late) = signed_alone(&malå);
    let region = malå.krets.founded.region;
    let (dirty, clean) = (
        EpochKey::from_secret([5; 32]),
        EpochKey::from_secret([6; 32]),
    );
    let accomplice = content(&malå.krets, 22, MALÅ, &keys(22));
    let stays = content(&malå.krets, 12, MALÅ, &keys(2));
    let both = [&accomplice, &stays];
    let made = package(region, (3, &dirty), &[], &both, &mut Counted::new(7)).expect("package");
    let good = package(region, (2, &clean), &[], &[&stays], &mut Counted::new(8)).expect("package");
    let evidence = cut_off(
        &malå,
        &[signed(&made, &[&keys(2)]), signed(&good, &[&keys(2)])],
    );
    let members = malå.read(&evidence);
    assert!(members.grant(late.hash()).is_none());
    assert!(members.is_spent(dirty.id()) && !members.is_spent(clean.id()));
    let mut known = EpochKeys::default();
    known.insert(dirty);
    known.insert(clean.clone());
    let writing = members.writing_epoch(&known).map(EpochKey::id);
    assert_eq!(writing, Some(clean.id()));
}

#[test]
fn an_admin_of_one_municipality_cannot_end_a_device_by_granting_it_first() {
    let malå = Malå::new();
    let own = signed(
        &content(&malå.krets, 31, MUNICIPALITY, &keys(31)),
        &[&malå.krets.keys],
    );
    let taken = signed(&content(&malå.krets, 32, MALÅ, &keys(31)), &[&keys(1)]);
    let ended = signed(&revoke(&malå.krets, &keys(31), vec![]), &[&keys(1)]);
    let members = malå.with(&[own.clone(), taken.clone(), ended]);
    let active: Vec<FactHash> = members.active().map(|(hash, _)| hash).collect();
    assert!(active.contains(&own.hash()) && !active.contains(&taken.hash()));
    // Nor two of them somebody who acts for the whole krets.
    let founder = signed(
        &content(&malå.krets, 33, MALÅ, &malå.krets.keys),
        &[&keys(1)],
    );
    let ended = signed(
        &revoke(&malå.krets, &malå.krets.keys, vec![]),
        &[&keys(1), &keys(2)],
    );
    let members = malå.with(&[founder, ended]);
    assert!(members.is_any_admin(&malå.krets.keys.sign_key()));
}

#[test]
fn a_municipality_leaves_and_comes_back_and_what_was_granted_there_is_not_forgotten() {
    let malå = Malå::new();
    let left = malå.said(2, MunicipalityChange::Leaves, None);
    let members = malå.with(&[left.clone(), malå.said(1, MunicipalityChange::Joins, None)]);
    assert_eq!(members.municipality_today(MALÅ), None);
    assert_eq!(members.active().count(), 1, "the founder's");
    assert_eq!(members.grants().count(), 5, "history has its authors");
    assert!(!is_admin(&members, 1));
    let back = malå.said(
        members.next_municipality_number(MALÅ),
        MunicipalityChange::Joins,
        None,
    );
    let members = malå.with(&[left, back]);
    assert_eq!(members.active().count(), 5);
    assert!(is_admin(&members, 1));
}

#[test]
fn merged_municipalities_are_one_and_what_was_signed_meanwhile_stands_when_they_part() {
    let malå = Malå::new();
    let norsjö = ItemId::from_bytes([0xdd; 16]);
    let merged = malå.said(1, MunicipalityChange::MergesInto, Some(norsjö));
    let grant = signed(&content(&malå.krets, 41, norsjö, &keys(41)), &[&keys(1)]);
    let facts = [merged.clone(), grant.clone()];
    let members = malå.with(&facts);
    assert_eq!(members.municipality_today(MALÅ), Some(norsjö));
    assert!(members.is_admin(&keys(1).sign_key(), norsjö));
    assert!(members.grant(grant.hash()).is_some());
    let parted = malå.said(2, MunicipalityChange::Joins, None);
    let members = malå.with(&[merged, grant.clone(), parted]);
    assert!(!members.is_admin(&keys(1).sign_key(), norsjö));
    assert!(members.grant(grant.hash()).is_some());
    // An office that two share: the admins of each act for both, and both go on.
    let shared = malå.said(1, MunicipalityChange::SharesOffice, Some(norsjö));
    let members = malå.with(&[shared]);
    assert_eq!(members.municipality_today(norsjö), Some(norsjö));
    assert!(members.is_admin(&keys(1).sign_key(), norsjö));
}

#[test]
fn municipalities_that_merged_into_each_other_are_one_and_the_same_for_all() {
    let malå = Malå::new();
    let norsjö = ItemId::from_bytes([0xdd; 16]);
    let one = malå.said(1, MunicipalityChange::MergesInto, Some(norsjö));
    let roots = &malå.krets.founded.roots;
    let back = Municipality {
        region: malå.krets.founded.region,
        municipality: norsjö,
        number: 1,
        change: MunicipalityChange::MergesInto,
        other: Some(MALÅ),
    };
    let members = malå.with(&[one, by_roots(&back, &[&roots[0], &roots[1]])]);
    assert_eq!(
        members.municipality_today(MALÅ),
        members.municipality_today(norsjö)
    );
    assert!(members.is_admin(&keys(1).sign_key(), norsjö));
}

#[test]
fn a_municipality_is_under_uppstart_until_two_people_there_are_admins() {
    let malå = Malå::new();
    assert!(!malå.with(&[]).is_starting(MALÅ));
    let three = [
        malå.ends(2, [1, 3], vec![]),
        malå.ends(3, [1, 2], vec![]),
        malå.ends(4, [1, 2], vec![]),
    ];
    assert!(malå.with(&three).is_starting(MALÅ));
    assert!(
        malå.with(&[]).is_starting(MUNICIPALITY),
        "the founder alone"
    );
}

#[test]
fn new_root_keys_sign_and_two_changes_at_once_are_told() {
    let malå = Malå::new();
    let roots = &malå.krets.founded.roots;
    let change = |n: u8| {
        let mut all = [roots[0].sign_key(), roots[1].sign_key(), keys(n).sign_key()];
        all.sort_unstable();
        let fact = RootChange {
            region: malå.krets.founded.region,
            number: 1,
            roots: all,
        };
        by_roots(&fact, &[&roots[0], &roots[1]])
    };
    let one = malå.with(&[change(60)]);
    assert!(one.roots().contains(&keys(60).sign_key()) && !one.has_disputed_roots());
    assert_eq!(one.next_root_number(), 2);
    // The new key and an old one make an admin.
    let mut made = SignedFact::new(&admin(&malå.krets, &keys(7), Some(MALÅ))).expect("fact");
    keys(60).sign_fact(&mut made);
    roots[1].sign_fact(&mut made);
    assert!(is_admin(&malå.with(&[change(60), made.clone()]), 7));
    assert!(!is_admin(&malå.with(&[made]), 7));
    let both = malå.with(&[change(60), change(61)]);
    assert!(both.has_disputed_roots());
    assert_eq!(both, malå.with(&[change(61), change(60)]));
}
