//! The same set of facts gives the same krets, whatever the order, and a revocation never
//! gives anything back.

use crate::facts::{admin, by_roots, content, keys, members, revoke, signed};
use crate::krets::{Krets, MUNICIPALITY, draft};
use proptest::prelude::*;
use radrum_seal::{Chain, Device, EpochKey, Membership, SealError, Verdict, package, unseal};
use radrum_wire::{
    EntryHash, Envelope, FactKind, Family, Head, ItemId, LogId, LogOpen, Place, RootChange, Salt,
    Seq, SignedFact,
};

/// A krets with two more admins, three devices, revocations, a root change and a new epoch.
fn many(krets: &mut Krets) -> Vec<SignedFact> {
    let (one, two, three) = (keys(1), keys(2), keys(3));
    let roots = &krets.founded.roots;
    let malå = ItemId::from_bytes([0xcc; 16]);
    let grant = content(krets, 11, MUNICIPALITY, &one);
    let later = EpochKey::generate(&mut krets.random).expect("epoch");
    let package = package(
        krets.founded.region,
        (2, &later),
        &[&krets.founded.epoch],
        &[&grant],
        &mut krets.random,
    )
    .expect("package");
    let changed = RootChange {
        region: krets.founded.region,
        number: 1,
        roots: [
            keys(20).sign_key(),
            keys(21).sign_key(),
            keys(22).sign_key(),
        ],
    };
    let mut changed = changed;
    changed.roots.sort_unstable();
    let grant_fact = signed(&grant, &[&krets.keys]);
    let open = LogOpen {
        region: krets.founded.region,
        grant: grant_fact.hash(),
        salt: Salt::from_bytes([1; 16]),
        before: vec![],
    };
    vec![
        by_roots(&admin(krets, &two, Some(malå)), &[&roots[0], &roots[2]]),
        by_roots(&admin(krets, &three, Some(malå)), &[&roots[1], &roots[2]]),
        grant_fact,
        signed(&content(krets, 12, malå, &keys(4)), &[&two]),
        signed(&content(krets, 13, malå, &two), &[&three]),
        signed(&revoke(krets, &keys(4), vec![]), &[&three]),
        signed(&revoke(krets, &two, vec![]), &[&three, &krets.keys]),
        by_roots(&changed, &[&roots[0], &roots[1]]),
        signed(&package, &[&krets.keys]),
        signed(&open, &[&one]),
        SignedFact {
            kind: FactKind(900),
            content: vec![1, 2, 3],
            signatures: vec![],
        },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_and_any_repetition_of_the_facts_give_one_krets(
        picks in proptest::collection::vec(0_usize..11, 0..20),
        order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut krets = Krets::new(1);
        let facts = many(&mut krets);
        let some: Vec<SignedFact> = picks.iter().map(|n| facts[*n].clone()).collect();
        let mut shuffled: Vec<SignedFact> = order.iter().filter_map(|n| some.get(*n).cloned()).collect();
        shuffled.extend(krets.founded.facts.0.iter().rev().cloned());
        let other = Membership::of(krets.founded.region, &shuffled).expect("members");
        prop_assert_eq!(members(&krets, &some), other);
    }

    #[test]
    fn a_revocation_never_gives_anything_back(picks in proptest::collection::vec(0_usize..11, 0..11), which in 0_usize..2) {
        let mut krets = Krets::new(1);
        let facts = many(&mut krets);
        let some: Vec<SignedFact> = picks.iter().map(|n| facts[*n].clone()).collect();
        let before = members(&krets, &some);
        let mut more = some;
        more.push(facts[5 + which].clone());
        let after = members(&krets, &more);
        for (hash, _) in after.active() {
            prop_assert!(before.active().any(|(known, _)| known == hash));
        }
    }
}

#[test]
fn signatures_given_apart_come_together() {
    let krets = Krets::new(1);
    let roots = &krets.founded.roots;
    let fact = admin(&krets, &keys(2), Some(MUNICIPALITY));
    let one = by_roots(&fact, &[&roots[0]]);
    let two = by_roots(&fact, &[&roots[1]]);
    let key = keys(2).sign_key();
    let is = |facts: &[SignedFact]| members(&krets, facts).is_admin(&key, MUNICIPALITY);
    assert!(!is(std::slice::from_ref(&one)));
    assert!(!is(&[one.clone(), one.clone()]), "one root twice is one");
    assert!(is(&[one, two]));
}

#[test]
fn grants_by_others_than_admins_of_the_municipality_say_nothing() {
    let krets = Krets::new(1);
    let roots = &krets.founded.roots;
    let malå = ItemId::from_bytes([0xcc; 16]);
    let admin = by_roots(
        &admin(&krets, &keys(2), Some(malå)),
        &[&roots[0], &roots[1]],
    );
    let own = signed(&content(&krets, 11, malå, &keys(1)), &[&keys(2)]);
    let elsewhere = signed(&content(&krets, 12, MUNICIPALITY, &keys(3)), &[&keys(2)]);
    let stranger = signed(&content(&krets, 13, malå, &keys(4)), &[&keys(4)]);
    let unsigned = signed(&content(&krets, 14, malå, &keys(5)), &[]);
    let mut wrong = own.clone();
    wrong.content[5] ^= 1;
    let members = members(
        &krets,
        &[
            admin,
            own.clone(),
            elsewhere.clone(),
            stranger.clone(),
            unsigned.clone(),
            wrong.clone(),
        ],
    );
    assert!(members.grant(own.hash()).is_some());
    for nothing in [elsewhere, stranger, unsigned, wrong] {
        assert!(members.grant(nothing.hash()).is_none());
    }
}

#[test]
fn a_founding_needs_two_of_its_roots_and_its_own_hash() {
    let krets = Krets::new(1);
    let mut facts = krets.founded.facts.clone();
    facts.0[0].signatures.truncate(1);
    let none = Membership::of(krets.founded.region, &facts.0).map(|_| ());
    assert_eq!(none, Err(SealError::NoGenesis));
    let other = Krets::new(2);
    let none = Membership::of(krets.founded.region, &other.founded.facts.0).map(|_| ());
    assert_eq!(none, Err(SealError::NoGenesis));
    let example = Membership::of(radrum_wire::RegionId::EXAMPLE, &facts.0).map(|_| ());
    assert_eq!(example, Err(SealError::Example));
}

#[test]
fn what_a_revoked_device_wrote_up_to_its_cutoff_stands() {
    let mut krets = Krets::new(1);
    let keys = keys(1);
    let grant = signed(&content(&krets, 11, MUNICIPALITY, &keys), &[&krets.keys]);
    let device = Device {
        keys: &keys,
        grant: grant.hash(),
    };
    let mut chain = Chain::new(krets.founded.region, LogId::from_bytes([11; 16]));
    let mut seal = || {
        let epoch = &krets.founded.epoch;
        chain.seal(&draft(b"x"), device, epoch, &mut krets.random)
    };
    let (first, second) = (seal().expect("sealed"), seal().expect("sealed"));
    let cut = signed(&revoke(&krets, &keys, vec![first.head()]), &[&krets.keys]);
    let before = members(&krets, std::slice::from_ref(&grant));
    let members = members(&krets, &[grant, cut]);
    let open = |bytes: &[u8]| {
        let envelope = Envelope::decode(bytes).expect("decoded");
        let mut entry = unseal(&envelope, krets.founded.region, &krets.epochs)?;
        // As it was known before the end was.
        entry.check_ahead(&before);
        entry.verify(&members).map(|_| ())
    };
    assert_eq!(open(&first.bytes), Ok(()));
    assert_eq!(open(&second.bytes), Err(SealError::AfterCutoff));
    assert_eq!(SealError::AfterCutoff.verdict(), Verdict::Quarantine);
    assert_eq!(members.cutoff(first.place.log), Some(first.head()));
}

#[test]
fn one_admin_cannot_remove_another() {
    let krets = Krets::new(1);
    let roots = &krets.founded.roots;
    let scope = Some(MUNICIPALITY);
    let facts = [
        by_roots(&admin(&krets, &keys(1), scope), &[&roots[0], &roots[1]]),
        by_roots(&admin(&krets, &keys(2), scope), &[&roots[0], &roots[1]]),
        signed(&content(&krets, 11, MUNICIPALITY, &keys(1)), &[&krets.keys]),
        signed(&content(&krets, 12, MUNICIPALITY, &keys(2)), &[&krets.keys]),
    ];
    let gone = |more: SignedFact| {
        let mut all = facts.to_vec();
        all.push(more);
        members(&krets, &all).is_revoked(&keys(2).sign_key())
    };
    let fact = revoke(&krets, &keys(2), vec![]);
    assert!(!gone(signed(&fact, &[&keys(1)])));
    assert!(!gone(signed(&fact, &[&keys(2)])));
    assert!(gone(signed(&fact, &[&keys(1), &krets.keys])));
    assert!(gone(by_roots(&fact, &[&roots[1], &roots[2]])));
}

#[test]
fn a_granted_device_may_open_a_new_log_and_nobody_else_may_use_it() {
    let mut krets = Krets::new(1);
    let open = LogOpen {
        region: krets.founded.region,
        grant: krets.grant(),
        salt: Salt::from_bytes([1; 16]),
        before: vec![],
    };
    let mut chain = Chain::new(krets.founded.region, open.log());
    let sealed = krets.seal(&mut chain, &draft(b"again")).expect("sealed");
    let verify = |members: &Membership| {
        let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
        unseal(&envelope, krets.founded.region, &krets.epochs)
            .and_then(|entry| entry.verify(members))
            .map(|_| ())
    };
    let opened = signed(&open, &[&krets.keys]);
    let forged = signed(&open, &[&keys(5)]);
    assert_eq!(verify(&krets.members), Err(SealError::OtherLog));
    assert_eq!(
        verify(&members(&krets, &[forged])),
        Err(SealError::OtherLog)
    );
    assert_eq!(verify(&members(&krets, &[opened])), Ok(()));
}

#[test]
fn of_several_revocations_the_lowest_cutoff_holds() {
    let krets = Krets::new(1);
    let keys = keys(1);
    let grant = signed(&content(&krets, 11, MUNICIPALITY, &keys), &[&krets.keys]);
    let head = |log: u8, seq: u64| Head {
        log: LogId::from_bytes([log; 16]),
        seq: Seq(seq),
        hash: EntryHash::from_bytes([1; 32]),
    };
    let high = signed(&revoke(&krets, &keys, vec![head(11, 9)]), &[&krets.keys]);
    let low = signed(&revoke(&krets, &keys, vec![head(11, 4)]), &[&krets.keys]);
    let log = LogId::from_bytes([11; 16]);
    let cut = |facts: &[&SignedFact]| {
        let mut all = vec![grant.clone()];
        all.extend(facts.iter().map(|fact| (*fact).clone()));
        members(&krets, &all).cutoff(log)
    };
    assert_eq!(cut(&[&high]), Some(head(11, 9)));
    assert_eq!(cut(&[&high, &low]), Some(head(11, 4)));
    assert_eq!(cut(&[&low, &high]), Some(head(11, 4)));
    // Facts are taken by hash, so several of them come before `low` and several after.
    for seq in 1..9 {
        let none = revoke(&krets, &keys, vec![head(12, seq)]);
        let none = signed(&none, &[&krets.keys]);
        assert_eq!(cut(&[&low, &none]), None, "cut at its beginning");
    }
}

#[test]
fn a_revoked_device_has_no_slots_or_snapshots_whatever_their_number() {
    let krets = Krets::new(1);
    let keys = keys(1);
    let grant = signed(&content(&krets, 11, MUNICIPALITY, &keys), &[&krets.keys]);
    let last = Head {
        log: LogId::from_bytes([11; 16]),
        seq: Seq(9),
        hash: EntryHash::from_bytes([1; 32]),
    };
    let cut = signed(&revoke(&krets, &keys, vec![last]), &[&krets.keys]);
    let members = members(&krets, &[grant.clone(), cut]);
    let check = |family: Family| {
        let place = Place {
            tag: family.tag_v1(),
            region: krets.founded.region,
            log: last.log,
            seq: Seq(1),
            prev: EntryHash::from_bytes([0; 32]),
        };
        members.check_place(grant.hash(), &place, EntryHash::from_bytes([7; 32]))
    };
    assert_eq!(check(Family::Entry), Ok(()));
    assert_eq!(check(Family::Slot), Err(SealError::AfterCutoff));
    assert_eq!(check(Family::Snapshot), Err(SealError::AfterCutoff));
}

#[test]
fn facts_of_another_krets_say_nothing_even_with_right_signatures() {
    let krets = Krets::new(1);
    let roots = &krets.founded.roots;
    let elsewhere = Krets::new(2).founded.region;
    let mut grant = content(&krets, 11, MUNICIPALITY, &keys(1));
    grant.region = elsewhere;
    let mut made = admin(&krets, &keys(2), None);
    made.region = elsewhere;
    let mut gone = revoke(&krets, &krets.keys, vec![]);
    gone.region = elsewhere;
    let open = LogOpen {
        region: elsewhere,
        grant: krets.grant(),
        salt: Salt::from_bytes([1; 16]),
        before: vec![],
    };
    let facts = [
        signed(&grant, &[&krets.keys]),
        by_roots(&made, &[&roots[0], &roots[1]]),
        by_roots(&gone, &[&roots[0], &roots[1]]),
        signed(&open, &[&krets.keys]),
    ];
    assert_eq!(members(&krets, &facts), krets.members);
}
