//! Heads are the same however the entries arrive, and the same as a plain definition of them.

use crate::cluster::Cluster;
use crate::conformance::entries;
use crate::device::{REGION, envelope, hash};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use radrum_relay::store::{Postgres, Sqlite, Store};
use radrum_wire::{EntryHash, Envelope, Family, Head, LogId, RegionId};
use std::collections::BTreeSet;

/// An entry that follows another of the list, or begins a log, or follows nothing.
#[derive(Debug, Clone)]
enum Grows {
    Begin { log: u8 },
    Follow { which: prop::sample::Index },
    Stray { log: u8, seq: u64 },
}

fn grows() -> impl Strategy<Value = Grows> {
    prop_oneof![
        1 => (0..3_u8).prop_map(|log| Grows::Begin { log }),
        6 => any::<prop::sample::Index>().prop_map(|which| Grows::Follow { which }),
        1 => (0..3_u8, 1..5_u64).prop_map(|(log, seq)| Grows::Stray { log, seq }),
    ]
}

/// Entries, in which order they come, and how many in each push.
fn arrivals() -> impl Strategy<Value = (Vec<Vec<u8>>, Vec<usize>)> {
    prop::collection::vec(grows(), 1..24)
        .prop_map(grown)
        .prop_flat_map(|all| {
            (
                Just(all).prop_shuffle(),
                prop::collection::vec(1..6_usize, 24),
            )
        })
}

fn grown(steps: Vec<Grows>) -> Vec<Vec<u8>> {
    let zeros = EntryHash::from_bytes([0; 32]);
    let mut all: Vec<Vec<u8>> = Vec::new();
    for step in steps {
        let (log, seq, prev) = match step {
            Grows::Begin { log } => (LogId::from_bytes([log; 16]), 1, zeros),
            Grows::Stray { log, seq } => (
                LogId::from_bytes([log; 16]),
                seq,
                EntryHash::from_bytes([9; 32]),
            ),
            Grows::Follow { .. } if all.is_empty() => (LogId::from_bytes([0; 16]), 1, zeros),
            Grows::Follow { which } => {
                let before = which.get(&all);
                let place = *Envelope::decode(before).expect("envelope").place();
                (place.log, place.seq.0 + 1, hash(before))
            }
        };
        all.push(envelope(Family::Entry, REGION, log, seq, prev));
    }
    all
}

/// FORMAT.md 6: the last entry held of a log with every one before it.
fn plain(all: &[Vec<u8>]) -> BTreeSet<Head> {
    let place = |bytes: &Vec<u8>| *Envelope::decode(bytes).expect("envelope").place();
    let mut whole: BTreeSet<EntryHash> = BTreeSet::new();
    for seq in 1..=24 {
        for bytes in all.iter().filter(|bytes| place(bytes).seq.0 == seq) {
            let prev = place(bytes).prev;
            let begins = seq == 1 && prev == EntryHash::from_bytes([0; 32]);
            if begins || (seq > 1 && whole.contains(&prev)) {
                whole.insert(hash(bytes));
            }
        }
    }
    let held = all.iter().filter(|bytes| whole.contains(&hash(bytes)));
    let inner: BTreeSet<EntryHash> = held.clone().map(|bytes| place(bytes).prev).collect();
    held.filter(|bytes| !inner.contains(&hash(bytes)))
        .map(|bytes| Head {
            log: place(bytes).log,
            seq: place(bytes).seq,
            hash: hash(bytes),
        })
        .collect()
}

fn prove(store: &dyn Store, runtime: &tokio::runtime::Runtime, cases: u32) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let number = std::cell::Cell::new(0_u32);
    let result = TestRunner::new(config).run(&arrivals(), |(all, sizes)| {
        let mut region = [0xee; 16];
        number.set(number.get() + 1);
        region[..4].copy_from_slice(&number.get().to_be_bytes());
        let heads = runtime.block_on(async {
            let krets = store
                .open_krets(RegionId::from_bytes(region))
                .await
                .expect("krets");
            let mut left = &all[..];
            for size in sizes {
                let (push, rest) = left.split_at(size.min(left.len()));
                store
                    .push(krets, entries(push), u64::MAX)
                    .await
                    .expect("push");
                left = rest;
            }
            store.heads(krets).await.expect("heads")
        });
        let heads: BTreeSet<Head> = heads.as_slice().iter().copied().collect();
        prop_assert_eq!(heads, plain(&all));
        Ok(())
    });
    result.expect("heads");
}

#[test]
fn heads_do_not_depend_on_the_order_of_arrival_in_sqlite() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let folder = tempfile::tempdir().expect("folder");
    let store = Sqlite::open(&folder.path().join("relay.db")).expect("open");
    prove(&store, &runtime, 256);
}

#[test]
fn heads_do_not_depend_on_the_order_of_arrival_in_postgres() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let cluster = Cluster::start();
    let store = runtime
        .block_on(Postgres::open(&cluster.url()))
        .expect("open");
    prove(&store, &runtime, 64);
}
