//! Who may erase: the author, her municipality's admins and erasers, the whole krets'. And
//! nobody else, whatever he signs.

use crate::facts::{admin, by_roots, content, keys, members, revoke, signed};
use crate::krets::Krets;
use proptest::prelude::*;
use radrum_seal::{Author, DeviceKeys, Membership};
use radrum_wire::{Eraser, FactHash, ItemId, LogId, SignedFact};

const OWN: ItemId = ItemId::from_bytes([0xc1; 16]);
const OTHER: ItemId = ItemId::from_bytes([0xc2; 16]);
const ANNA: ItemId = ItemId::from_bytes([0xa1; 16]);
const EVA: ItemId = ItemId::from_bytes([0xa2; 16]);

/// Anna and Eva in one municipality, a stranger and an admin in another, one's own admin.
struct Cast {
    krets: Krets,
    facts: Vec<SignedFact>,
    anna: FactHash,
    eva: FactHash,
    own_admin: (FactHash, DeviceKeys),
    stranger: (FactHash, DeviceKeys),
    item: ItemId,
}

fn cast() -> Cast {
    let krets = Krets::new(1);
    let mut facts = Vec::new();
    let mut grant = |n: u8, municipality, member: &[ItemId]| {
        let own = keys(n);
        let mut content = content(&krets, n, municipality, &own);
        content.members = member.to_vec();
        let fact = signed(&content, &[&krets.keys]);
        let hash = fact.hash();
        facts.push(fact);
        (hash, own)
    };
    let anna = grant(10, OWN, &[ANNA]).0;
    let eva = grant(11, OWN, &[EVA]).0;
    let own_admin = grant(12, OWN, &[]);
    let stranger = grant(13, OTHER, &[]);
    let roots = &krets.founded.roots;
    for (keys, of) in [(&own_admin.1, OWN), (&stranger.1, OTHER)] {
        facts.push(by_roots(
            &admin(&krets, keys, Some(of)),
            &[&roots[0], &roots[1]],
        ));
    }
    let item = ItemId::of_log(LogId::from_bytes([10; 16]), [3; 6]);
    Cast {
        krets,
        facts,
        anna,
        eva,
        own_admin,
        stranger,
        item,
    }
}

fn with(cast: &Cast, more: &[SignedFact]) -> Membership {
    members(&cast.krets, &[cast.facts.as_slice(), more].concat())
}

fn eraser(cast: &Cast, municipality: Option<ItemId>, keys: &DeviceKeys) -> Eraser {
    Eraser {
        region: cast.krets.founded.region,
        municipality,
        key: keys.sign_key(),
        item: None,
    }
}

#[test]
fn the_author_her_admin_and_the_whole_krets_may_and_a_colleague_and_a_stranger_may_not() {
    let cast = cast();
    let known = with(&cast, &[]);
    let may = |who, author| known.may_erase(who, author, cast.item);
    assert!(may(cast.anna, Author::Member(ANNA)));
    assert!(
        may(cast.anna, Author::Program),
        "on the device that began it"
    );
    assert!(may(cast.own_admin.0, Author::Program));
    assert!(may(cast.krets.grant(), Author::Program));
    assert!(!may(cast.eva, Author::Member(EVA)));
    assert!(!may(cast.eva, Author::Unvouched(ANNA)), "in another's name");
    assert!(!may(cast.stranger.0, Author::Program));
    assert!(!may(FactHash::from_bytes([9; 32]), Author::Member(ANNA)));
    let named = ItemId::of_slug("playbook:lvm");
    for who in [cast.anna, cast.own_admin.0, cast.stranger.0] {
        assert!(!known.may_erase(who, Author::Member(ANNA), named));
    }
    assert!(known.may_erase(cast.krets.grant(), Author::Program, named));
}

#[test]
fn an_author_erases_from_her_new_computer_what_she_began_on_the_old_one() {
    let cast = cast();
    let mut content = content(&cast.krets, 20, OWN, &keys(20));
    content.members = vec![ANNA];
    let fact = signed(&content, &[&cast.krets.keys]);
    let known = with(&cast, std::slice::from_ref(&fact));
    assert!(known.may_erase(fact.hash(), Author::Member(ANNA), cast.item));
    assert!(!known.may_erase(fact.hash(), Author::Program, cast.item));
}

#[test]
fn an_eraser_is_named_by_an_admin_of_the_municipality_or_by_two_roots() {
    let cast = cast();
    let (who, own) = &cast.stranger;
    let roots = &cast.krets.founded.roots;
    let may = |fact: SignedFact| with(&cast, &[fact]).may_erase(*who, Author::Program, cast.item);
    let of_own = eraser(&cast, Some(OWN), own);
    let of_all = eraser(&cast, None, own);
    assert!(may(signed(&of_own, &[&cast.own_admin.1])));
    assert!(may(by_roots(&of_own, &[&roots[1], &roots[2]])));
    assert!(may(by_roots(&of_all, &[&roots[0], &roots[2]])));
    assert!(!may(by_roots(&of_all, &[&roots[0]])), "one root");
    assert!(
        !may(signed(&of_all, &[&cast.own_admin.1])),
        "an admin for all"
    );
    assert!(!may(signed(&of_own, &[own])), "oneself");
    assert!(!may(signed(&eraser(&cast, Some(OTHER), own), &[own])));
    let mut elsewhere = of_own;
    elsewhere.region = radrum_wire::RegionId::from_bytes([1; 16]);
    assert!(
        !may(signed(&elsewhere, &[&cast.own_admin.1])),
        "another krets"
    );
}

#[test]
fn two_roots_let_a_device_erase_one_item_and_that_alone() {
    let cast = cast();
    let (who, own) = &cast.stranger;
    let roots = &cast.krets.founded.roots;
    let of = |item: ItemId| Eraser {
        item: Some(item),
        ..eraser(&cast, None, own)
    };
    let known = with(&cast, &[by_roots(&of(cast.item), &[&roots[0], &roots[2]])]);
    assert!(known.may_erase(*who, Author::Program, cast.item));
    let other = ItemId::of_log(LogId::from_bytes([10; 16]), [4; 6]);
    assert!(!known.may_erase(*who, Author::Program, other));
    assert!(!known.may_erase(cast.eva, Author::Member(EVA), cast.item));
    // One that nobody began: it came with the program.
    let named = ItemId::of_slug("playbook:lvm");
    let known = with(&cast, &[by_roots(&of(named), &[&roots[1], &roots[2]])]);
    assert!(known.may_erase(*who, Author::Program, named));
    for fact in [
        by_roots(&of(cast.item), &[&roots[0]]),
        signed(&of(cast.item), &[&cast.own_admin.1]),
        signed(&of(cast.item), &[&cast.krets.keys, &cast.own_admin.1]),
    ] {
        let known = with(&cast, &[fact]);
        assert!(!known.may_erase(*who, Author::Program, cast.item));
    }
}

proptest! {
    /// Erased text must not come back: whatever facts come, in whatever order, a right that was
    /// there is there.
    #[test]
    fn no_fact_takes_a_right_to_erase_back(order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle()) {
        let cast = cast();
        let roots = &cast.krets.founded.roots;
        let more = [
            signed(&eraser(&cast, Some(OWN), &cast.stranger.1), &[&cast.own_admin.1]),
            by_roots(&eraser(&cast, None, &cast.stranger.1), &[&roots[0], &roots[1]]),
            by_roots(
                &Eraser { item: Some(cast.item), ..eraser(&cast, None, &keys(11)) },
                &[&roots[0], &roots[1]],
            ),
            by_roots(&revoke(&cast.krets, &cast.own_admin.1, vec![]), &[&roots[0], &roots[1]]),
            by_roots(&revoke(&cast.krets, &cast.stranger.1, vec![]), &[&roots[0], &roots[1]]),
            by_roots(&revoke(&cast.krets, &keys(10), vec![]), &[&roots[0], &roots[1]]),
            by_roots(&revoke(&cast.krets, &cast.krets.keys, vec![]), &[&roots[0], &roots[1]]),
        ];
        let who = [
            (cast.anna, Author::Member(ANNA)),
            (cast.eva, Author::Member(EVA)),
            (cast.own_admin.0, Author::Program),
            (cast.stranger.0, Author::Program),
        ];
        let mut here = Vec::new();
        let mut before = [false; 4];
        for at in order {
            here.push(more[at].clone());
            let known = with(&cast, &here);
            let now = who.map(|(who, author)| known.may_erase(who, author, cast.item));
            for (before, now) in before.iter().zip(now) {
                prop_assert!(!before || now);
            }
            before = now;
        }
    }

    /// Nobody makes an id that says it was begun in another's log.
    #[test]
    fn an_id_is_of_the_log_that_it_was_made_for_alone(log: [u8; 16], other: [u8; 16], drawn: [u8; 6]) {
        let id = ItemId::of_log(LogId::from_bytes(log), drawn);
        prop_assert!(id.is_of_log(LogId::from_bytes(log)));
        prop_assert_eq!(id.is_of_log(LogId::from_bytes(other)), log == other);
    }
}
