//! Random sets of facts, in random order: one krets for each set.
//!
//! `RADRUM_FACT_SETS`, when this is built, says how many sets are drawn.

use crate::facts::{admin, by_roots, content, keys, signed};
use crate::krets::{Counted, Krets};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use radrum_seal::{DeviceKeys, EpochKey, Evidence, Membership, Random as _, package};
use radrum_wire::{
    Confirm, DeviceId, EntryHash, FactHash, Head, ItemId, LogId, Municipality, MunicipalityChange,
    Place, Revoke, RevokeMode, RootChange, Seq, SignKey, SignedFact,
};
use std::collections::BTreeSet;

const POOL: usize = 600;
const KEYS: u8 = 10;

/// Facts to draw from: each with its evidence, checked once.
struct Pool {
    krets: Krets,
    keys: Vec<DeviceKeys>,
    facts: Vec<(SignedFact, Evidence)>,
    /// Indices of revocations.
    revokes: Vec<usize>,
}

struct Dice(Counted);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes).expect("dice");
        let below = u64::try_from(below).expect("small");
        usize::try_from(u64::from_le_bytes(bytes) % below).expect("small")
    }

    fn byte(&mut self, below: u8) -> u8 {
        u8::try_from(self.roll(usize::from(below))).expect("small")
    }
}

fn municipality(n: u8) -> ItemId {
    ItemId::from_bytes([0xb0 + n; 16])
}

fn head(dice: &mut Dice) -> Head {
    let log = dice.byte(KEYS + 2);
    Head {
        log: LogId::from_bytes([log; 16]),
        seq: Seq(1 + u64::from(dice.byte(6))),
        hash: EntryHash::from_bytes([dice.byte(2); 32]),
    }
}

fn heads(dice: &mut Dice) -> Vec<Head> {
    let mut heads: Vec<Head> = (0..dice.roll(4)).map(|_| head(dice)).collect();
    heads.sort_unstable();
    heads.dedup_by_key(|head| head.log);
    heads
}

impl Pool {
    fn new() -> Self {
        let mut dice = Dice(Counted::new(77));
        let mut pool = Self {
            krets: Krets::new(1),
            keys: (0..KEYS).map(keys).collect(),
            facts: Vec::new(),
            revokes: Vec::new(),
        };
        let mut hashes: Vec<FactHash> = Vec::new();
        for n in 0..POOL {
            let mut fact = pool.draw(&mut dice, n, &hashes);
            pool.sign(&mut dice, &mut fact);
            if fact.kind == radrum_wire::FactKind::REVOKE {
                pool.revokes.push(pool.facts.len());
            }
            hashes.push(fact.hash());
            let evidence = std::iter::once(&fact).collect();
            pool.facts.push((fact, evidence));
        }
        pool
    }

    fn draw(&self, dice: &mut Dice, n: usize, hashes: &[FactHash]) -> SignedFact {
        let region = self.krets.founded.region;
        let key = dice.byte(KEYS);
        let place = municipality(dice.byte(3));
        let of = &self.keys[usize::from(key)];
        match n % 8 {
            0 | 1 => {
                let mut grant = content(&self.krets, 1 + dice.byte(KEYS), place, of);
                grant.device = DeviceId::from_bytes([dice.byte(40); 16]);
                SignedFact::new(&grant)
            }
            2 => SignedFact::new(&admin(&self.krets, of, (dice.roll(5) > 0).then_some(place))),
            3 | 4 => SignedFact::new(&Revoke {
                region,
                key: if dice.roll(8) == 0 {
                    self.krets.keys.sign_key()
                } else {
                    of.sign_key()
                },
                mode: RevokeMode::Left,
                accepted: heads(dice),
            }),
            5 => {
                let change = [
                    MunicipalityChange::Joins,
                    MunicipalityChange::Leaves,
                    MunicipalityChange::MergesInto,
                    MunicipalityChange::SharesOffice,
                ][dice.roll(4)];
                let two = matches!(
                    change,
                    MunicipalityChange::MergesInto | MunicipalityChange::SharesOffice
                );
                let n = dice.byte(3);
                SignedFact::new(&Municipality {
                    region,
                    municipality: municipality(n),
                    number: 1 + u32::from(dice.byte(3)),
                    change,
                    other: two.then(|| municipality((n + 1) % 3)),
                })
            }
            6 if dice.roll(3) == 0 => {
                let mut roots: Vec<SignKey> = self
                    .krets
                    .founded
                    .roots
                    .iter()
                    .map(|r| r.sign_key())
                    .collect();
                roots[dice.roll(3)] = of.sign_key();
                roots.sort_unstable();
                SignedFact::new(&RootChange {
                    region,
                    number: 1 + u32::from(dice.byte(2)),
                    roots: [roots[0], roots[1], roots[2]],
                })
            }
            6 => {
                let epoch = EpochKey::from_secret([dice.byte(9); 32]);
                let to = content(&self.krets, 1 + dice.byte(KEYS), place, of);
                let generation = 1 + u32::from(dice.byte(4));
                let made = package(region, (generation, &epoch), &[], &[&to], &mut dice.0);
                SignedFact::new(&made.expect("package"))
            }
            _ => {
                let mut facts: BTreeSet<FactHash> = BTreeSet::new();
                for _ in 0..6 {
                    facts.insert(hashes[dice.roll(hashes.len())]);
                }
                SignedFact::new(&Confirm {
                    region,
                    facts: facts.into_iter().collect(),
                })
            }
        }
        .expect("fact")
    }

    /// By two roots, by one or two admins to be, or by anybody.
    fn sign(&self, dice: &mut Dice, fact: &mut SignedFact) {
        let roots = &self.krets.founded.roots;
        match dice.roll(4) {
            0 => {
                let first = dice.roll(3);
                roots[first].sign_fact(fact);
                roots[(first + 1) % 3].sign_fact(fact);
            }
            1 => roots[dice.roll(3)].sign_fact(fact),
            _ => {}
        }
        if dice.roll(4) == 0 {
            self.krets.keys.sign_fact(fact);
        }
        for _ in 0..dice.roll(3) {
            self.keys[usize::from(dice.byte(5))].sign_fact(fact);
        }
    }

    fn gather(&self, picks: &[Pick]) -> Evidence {
        let mut all: Evidence = self.krets.founded.facts.0.iter().collect();
        for pick in picks {
            all.join(&self.one(pick));
        }
        all
    }

    fn one(&self, pick: &Pick) -> Evidence {
        let (fact, evidence) = &self.facts[pick.fact];
        let mut one = evidence.clone();
        if let Some((log, seq, hash)) = pick.place {
            let place = Head {
                log: LogId::from_bytes([log; 16]),
                seq: Seq(u64::from(seq)),
                hash: EntryHash::from_bytes([hash; 32]),
            };
            one.carried(fact.hash(), place);
        }
        one
    }

    fn read(&self, evidence: &Evidence) -> Membership {
        // Entries with an odd hash stand on a branch that leads nowhere.
        let leads = |place: &Head, _: &Head| place.hash.as_bytes()[0].is_multiple_of(2);
        Membership::of_evidence(self.krets.founded.region, evidence, &leads).expect("members")
    }

    fn all_keys(&self) -> impl Iterator<Item = SignKey> {
        let keys = self.keys.iter().map(DeviceKeys::sign_key);
        keys.chain([self.krets.keys.sign_key()])
    }
}

#[derive(Debug, Clone)]
struct Pick {
    fact: usize,
    place: Option<(u8, u8, u8)>,
}

fn pick() -> impl Strategy<Value = Pick> {
    let place = proptest::option::of((0..KEYS + 2, 1..8_u8, 0..2_u8));
    (0..POOL, place).prop_map(|(fact, place)| Pick { fact, place })
}

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    proptest::collection::vec(pick(), 0..40)
}

fn sets(otherwise: u32) -> TestRunner {
    // Read when the test is built: no environment in a pure crate.
    let asked = option_env!("RADRUM_FACT_SETS");
    let cases = asked
        .and_then(|sets| sets.parse().ok())
        .unwrap_or(otherwise);
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

/// What a key may do: devices that are active, places that it may write at, and for whom it
/// is an admin.
fn rights(members: &Membership, key: SignKey) -> BTreeSet<String> {
    let mut rights = BTreeSet::new();
    for n in 0..3 {
        if members.is_admin(&key, municipality(n)) {
            rights.insert(format!("admin of {n}"));
        }
    }
    for (hash, _) in members.active().filter(|(_, grant)| grant.sign == key) {
        rights.insert(format!("active {hash}"));
    }
    for (hash, _) in members.grants().filter(|(_, grant)| grant.sign == key) {
        for log in members.logs_of(hash) {
            for (seq, prev) in (1..8).flat_map(|seq| [(seq, 0), (seq, 1)]) {
                let place = Place {
                    tag: radrum_wire::Family::Entry.tag_v1(),
                    region: members.region(),
                    log,
                    seq: Seq(seq),
                    prev: EntryHash::from_bytes([9; 32]),
                };
                let entry = EntryHash::from_bytes([prev; 32]);
                if members.check_place(hash, &place, entry).is_ok() {
                    rights.insert(format!("{hash} writes {log} {seq} {prev}"));
                }
            }
        }
    }
    rights
}

#[test]
fn a_set_of_facts_gives_one_krets_in_any_order_and_however_often() {
    let pool = Pool::new();
    let cases = (picks().prop_shuffle(), picks()).prop_map(|(one, two)| (one, two));
    let ordered = cases.prop_flat_map(|(one, two)| {
        let all: Vec<Pick> = one.into_iter().chain(two).collect();
        (Just(all.clone()), Just(all).prop_shuffle())
    });
    let run = sets(2_000).run(&ordered, |(one, other)| {
        let first = pool.gather(&one);
        let mut second = pool.gather(&other);
        prop_assert_eq!(&first, &second);
        second.join(&first);
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(pool.read(&first), pool.read(&second));
        Ok(())
    });
    run.expect("one krets");
}

#[test]
fn one_more_revocation_never_gives_its_key_a_right_back() {
    let pool = Pool::new();
    let cases = (picks(), 0..pool.revokes.len(), pick());
    let run = sets(2_000).run(&cases, |(some, revoke, place)| {
        let revoke = Pick {
            fact: pool.revokes[revoke],
            place: place.place,
        };
        let (signed, _) = &pool.facts[revoke.fact];
        let fact: Revoke = signed.read().expect("revoke");
        // Where an entry carried one that was known already may prove that it came too late.
        let known = |pick: &Pick| pool.facts[pick.fact].0.hash() == signed.hash();
        prop_assume!(!some.iter().any(known));
        let mut evidence = pool.gather(&some);
        let before = rights(&pool.read(&evidence), fact.key);
        evidence.join(&pool.one(&revoke));
        let after = rights(&pool.read(&evidence), fact.key);
        prop_assert!(after.is_subset(&before), "{:?}", after.difference(&before));
        Ok(())
    });
    run.expect("no right comes back");
}

#[test]
fn an_admin_who_ended_stays_ended_whatever_is_granted_and_signed_afterwards() {
    let pool = Pool::new();
    let roots = &pool.krets.founded.roots;
    let mut base = pool.gather(&[]);
    for key in &pool.keys {
        let fact = admin(&pool.krets, key, Some(municipality(0)));
        base.add(&by_roots(&fact, &[&roots[0], &roots[1]]));
    }
    let run = sets(500).run(&(picks(), picks()), |(some, more)| {
        let mut evidence = base.clone();
        let not_roots =
            |pick: &&Pick| pool.facts[pick.fact].0.kind != radrum_wire::FactKind::ROOT_CHANGE;
        for pick in some.iter().filter(not_roots) {
            evidence.join(&pool.one(pick));
        }
        let before = pool.read(&evidence);
        for pick in more.iter().filter(not_roots) {
            evidence.join(&pool.one(pick));
        }
        let after = pool.read(&evidence);
        for key in pool.all_keys().filter(|key| !before.is_any_admin(key)) {
            prop_assert!(!after.is_any_admin(&key));
        }
        Ok(())
    });
    run.expect("ended for ever");
}

#[test]
fn in_any_krets_two_roots_take_a_new_device_in_and_make_it_an_admin() {
    let pool = Pool::new();
    let roots = &pool.krets.founded.roots;
    let new = keys(50);
    let made = by_roots(&admin(&pool.krets, &new, None), &[&roots[0], &roots[1]]);
    let mut grant = content(&pool.krets, 99, municipality(5), &new);
    grant.device = DeviceId::from_bytes([99; 16]);
    let grant = signed(&grant, &[&new]);
    let run = sets(500).run(&picks(), |some| {
        let mut evidence = pool.gather(&some);
        evidence.add(&made);
        evidence.add(&grant);
        let members = pool.read(&evidence);
        prop_assert!(members.is_admin(&new.sign_key(), municipality(5)));
        prop_assert!(members.active().any(|(hash, _)| hash == grant.hash()));
        Ok(())
    });
    run.expect("roots can always re-grant");
}
