//! One suite for both stores.

mod beside;
mod mail;

use crate::cluster::Cluster;
use crate::device::{Log, REGION, envelope, envelopes, hash, sized};
use beside::{letters, rosters, slots, snapshots, whole};
use radrum_relay::store::{Entry, KretsId, Postgres, Sqlite, Store, StoreError};
use radrum_wire::{
    AuthKey, Digest, EntryHash, Envelope, Family, Head, Heads, LogId, Range, Ranges, RegionId, Seq,
    SignKey,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const ROOM: u64 = u64::MAX;
const BYTES: usize = 4 * 1024 * 1024;

pub fn entries(envelopes: &[Vec<u8>]) -> Vec<Entry> {
    let entry = |bytes: &Vec<u8>| Entry::new(&Envelope::decode(bytes).expect("envelope"));
    envelopes.iter().map(entry).collect()
}

async fn conformance(store: Arc<dyn Store>) {
    let mut n = 0;
    let mut next = || {
        n += 1;
        RegionId::from_bytes([n; 16])
    };
    let store = &store;
    for _ in 0..2 {
        assert_eq!(
            store.open_krets(REGION).await.expect("krets"),
            store.open_krets(REGION).await.expect("krets"),
        );
    }
    pushes(store, store.open_krets(next()).await.expect("krets")).await;
    pages(store, store.open_krets(next()).await.expect("krets")).await;
    chains(store, store.open_krets(next()).await.expect("krets")).await;
    at_once(store, store.open_krets(next()).await.expect("krets")).await;
    slots(store, store.open_krets(next()).await.expect("krets")).await;
    snapshots(store, store.open_krets(next()).await.expect("krets")).await;
    rosters(store, store.open_krets(next()).await.expect("krets")).await;
    letters(store, store.open_krets(next()).await.expect("krets")).await;
    drops(store, store.open_krets(next()).await.expect("krets")).await;
    tokens(store, store.open_krets(next()).await.expect("krets")).await;
    mail::mail(store, store.open_krets(next()).await.expect("krets")).await;
    whole(store).await;
}

/// One issuer for ever, one request a week for each device, one entry for each token.
async fn tokens(store: &Arc<dyn Store>, krets: KretsId) {
    assert_eq!(store.issuer(krets).await.expect("issuer"), None);
    for drawn in [vec![1], vec![2]] {
        let kept = store.keep_issuer(krets, drawn).await.expect("kept");
        assert_eq!(kept, vec![1]);
    }
    assert_eq!(store.issuer(krets).await.expect("issuer"), Some(vec![1]));
    let (one, other) = (AuthKey::from_bytes([1; 32]), AuthKey::from_bytes([2; 32]));
    let digest = |n: u8| Digest::from_bytes([n; 32]);
    for (device, week, request, given) in [
        (one, 7, 1, true),
        (one, 7, 1, true),
        (one, 7, 2, false),
        (other, 7, 2, true),
        (one, 6, 3, false),
        (one, 8, 2, true),
        (one, 7, 1, false),
    ] {
        let issued = store.issue(krets, device, (week, digest(request))).await;
        assert_eq!(issued.expect("issued"), given, "{week} {request}");
    }
    let entry = |n: u8| EntryHash::from_bytes([n; 32]);
    for (token, of, pays) in [(1, 1, true), (1, 1, true), (1, 2, false), (2, 1, true)] {
        let token = SignKey::from_bytes([token; 32]);
        let spent = store.spend(krets, token, entry(of)).await.expect("spent");
        assert_eq!(spent, pays);
    }
}

/// What is dropped is a stub for ever; stubs of what never was there are taken.
async fn drops(store: &Arc<dyn Store>, krets: KretsId) {
    let mut log = Log::new(1);
    let all = log.take(4);
    let stubs: Vec<Vec<u8>> = all
        .iter()
        .map(|bytes| {
            let envelope = Envelope::decode(bytes).expect("envelope");
            envelope.stub().envelope().to_vec()
        })
        .collect();
    let push = async |envelopes: &[Vec<u8>]| {
        let stored = store.push(krets, entries(envelopes), ROOM).await;
        stored.expect("push").pushed
    };
    push(&all[..3]).await;
    let before = heads(store, krets).await;
    let head = |log, seq, hash| Head {
        log,
        seq: Seq(seq),
        hash,
    };
    let nowhere = head(LogId::from_bytes([9; 16]), 1, hash(&all[1]));
    let dropped = Heads::new(vec![head(log.id, 2, hash(&all[1])), nowhere]);
    for _ in 0..2 {
        let kept = store.keep_stubs(krets, dropped.clone()).await;
        kept.expect("kept");
    }
    let kept = [all[0].clone(), stubs[1].clone(), all[2].clone()];
    let page = store.pull(krets, 0, BYTES).await.expect("page");
    assert_eq!(envelopes(&page.frames), kept);
    assert_eq!(heads(store, krets).await, before);
    let pushed = push(&all[1..2]).await;
    assert_eq!((pushed.stored, pushed.known), (0, 1));
    let range = Range {
        log: log.id,
        first: Seq(2),
        last: Seq(2),
    };
    let page = store.ranges(krets, Ranges(vec![range]), BYTES).await;
    let page = page.expect("page");
    assert_eq!(envelopes(&page.frames), [stubs[1].clone()]);
    // An entry that was erased before it was sent: the log goes on behind it.
    assert_eq!(push(&stubs[3..]).await.stored, 1);
    assert_eq!(heads(store, krets).await[0].seq, Seq(4));
    assert_eq!(heads(store, krets).await[0].hash, hash(&all[3]));
    // What was freed is room again: three entries less one, and two stubs.
    let room = 2 * 657 + 2 * 106 + 657;
    let next = log.next();
    let stored = store.push(krets, entries(&[next]), room).await;
    assert_eq!(stored.expect("room").pushed.stored, 1);
    // Of two entries at one place only the one that was named becomes a stub.
    let log = Log::new(2);
    let twin = || envelope(Family::Entry, REGION, log.id, 1, log.prev);
    let twins = [twin(), twin()];
    push(&twins).await;
    let one = Heads::new(vec![head(log.id, 1, hash(&twins[0]))]);
    store.keep_stubs(krets, one).await.expect("kept");
    let both = Ranges(vec![Range {
        log: log.id,
        first: Seq(1),
        last: Seq(1),
    }]);
    let page = store.ranges(krets, both, BYTES).await.expect("page");
    let mut kept = envelopes(&page.frames);
    kept.sort_by_key(Vec::len);
    let stub = Envelope::decode(&twins[0]).expect("envelope");
    assert_eq!(kept, [stub.stub().envelope().to_vec(), twins[1].clone()]);
}

async fn pushes(store: &Arc<dyn Store>, krets: KretsId) {
    let mut log = Log::new(1);
    let first = log.take(3);
    let stored = store
        .push(krets, entries(&first), ROOM)
        .await
        .expect("push");
    assert_eq!((stored.pushed.stored, stored.pushed.cursor), (3, 3));
    assert!(stored.brought[0].first);
    assert_eq!(
        (stored.brought[0].entries, stored.brought[0].bytes),
        (3, 3 * 657)
    );
    // Again, with one that is new, and one twice in the same push.
    let mut again = first.clone();
    again.push(log.next());
    again.push(again[3].clone());
    let stored = store
        .push(krets, entries(&again), ROOM)
        .await
        .expect("push");
    let pushed = stored.pushed;
    assert_eq!((pushed.stored, pushed.known, pushed.cursor), (1, 4, 4));
    assert!(!stored.brought[0].first);
    assert_eq!(stored.brought[0].entries, 1);
    let nothing = store.push(krets, Vec::new(), ROOM).await.expect("push");
    assert_eq!((nothing.pushed.stored, nothing.pushed.cursor), (0, 4));
    // A fork is kept: it is the proof.
    let fork = envelope(Family::Entry, REGION, log.id, 2, hash(&first[0]));
    let stored = store
        .push(krets, entries(std::slice::from_ref(&fork)), ROOM)
        .await
        .expect("push");
    assert_eq!(stored.pushed.stored, 1);
    let page = store.pull(krets, 0, BYTES).await.expect("page");
    assert_eq!(
        envelopes(&page.frames),
        [first, vec![again[3].clone(), fork]].concat()
    );
    assert_eq!((page.cursor, page.more), (5, false));
    // All of a push or nothing.
    let many = log.take(2);
    let room = 6 * 657;
    let full = store.push(krets, entries(&many), room).await;
    assert!(matches!(full, Err(StoreError::Full)));
    let fits = store.push(krets, entries(&many[..1]), room).await;
    assert_eq!(fits.expect("push").pushed.cursor, 6);
    let known = store
        .push(krets, entries(&many[..1]), 0)
        .await
        .expect("known");
    assert_eq!(known.pushed.known, 1);
}

async fn pages(store: &Arc<dyn Store>, krets: KretsId) {
    let (mut a, mut b) = (Log::new(1), Log::new(2));
    let all = [a.take(5), b.take(5)].concat();
    store.push(krets, entries(&all), ROOM).await.expect("push");
    let mut pulled = Vec::new();
    let (mut after, mut rounds) = (0, 0);
    loop {
        let page = store.pull(krets, after, 2 * 661 + 10).await.expect("page");
        assert!(page.cursor > after);
        after = page.cursor;
        pulled.extend(envelopes(&page.frames));
        rounds += 1;
        if !page.more {
            break;
        }
    }
    assert_eq!((rounds, &pulled), (5, &all));
    // At least one, however little is asked for; and the newest cursor when there is nothing.
    let one = store.pull(krets, 3, 0).await.expect("page");
    assert_eq!(
        (envelopes(&one.frames), one.cursor, one.more),
        (vec![all[3].clone()], 4, true)
    );
    for after in [10, 11, u64::MAX] {
        let none = store.pull(krets, after, BYTES).await.expect("page");
        assert_eq!((none.frames.len(), none.cursor, none.more), (0, 10, false));
    }
    let range = |log: LogId, first, last| Range {
        log,
        first: Seq(first),
        last: Seq(last),
    };
    let asked = Ranges(vec![range(a.id, 2, 3), range(b.id, 5, u64::MAX)]);
    let page = store
        .ranges(krets, asked.clone(), BYTES)
        .await
        .expect("page");
    assert_eq!(envelopes(&page.frames), [&all[1..3], &all[9..]].concat());
    assert!(!page.more);
    let page = store.ranges(krets, asked, 661).await.expect("page");
    assert_eq!(
        (envelopes(&page.frames), page.more),
        (all[1..2].to_vec(), true)
    );
    let none = store
        .ranges(krets, Ranges(Vec::new()), BYTES)
        .await
        .expect("page");
    assert!(none.frames.is_empty());
    // Large ones.
    let mut prev = b.prev;
    let large: Vec<Vec<u8>> = (6..14)
        .map(|seq| {
            let bytes = sized(Family::Entry, REGION, b.id, seq, prev, 512 * 1024);
            prev = hash(&bytes);
            bytes
        })
        .collect();
    store
        .push(krets, entries(&large), ROOM)
        .await
        .expect("push");
    let page = store.pull(krets, 10, BYTES).await.expect("page");
    assert_eq!((envelopes(&page.frames).len(), page.more), (7, true));
    assert!(page.frames.len() <= BYTES);
}

async fn heads(store: &Arc<dyn Store>, krets: KretsId) -> Vec<Head> {
    store.heads(krets).await.expect("heads").as_slice().to_vec()
}

async fn chains(store: &Arc<dyn Store>, krets: KretsId) {
    let push = async |envelopes: &[Vec<u8>]| {
        store
            .push(krets, entries(envelopes), ROOM)
            .await
            .expect("push");
    };
    let head = |log: LogId, seq, bytes: &[u8]| Head {
        log,
        seq: Seq(seq),
        hash: hash(bytes),
    };
    let mut log = Log::new(7);
    let all = log.take(9);
    assert!(heads(store, krets).await.is_empty());
    push(&all[..2]).await;
    assert_eq!(heads(store, krets).await, [head(log.id, 2, &all[1])]);
    // After a gap, backwards, each in a push of its own.
    for entry in all[4..].iter().rev() {
        push(std::slice::from_ref(entry)).await;
        assert_eq!(heads(store, krets).await, [head(log.id, 2, &all[1])]);
    }
    // One that fits nowhere stands in nobody's way.
    let stray = envelope(
        Family::Entry,
        REGION,
        log.id,
        3,
        EntryHash::from_bytes([9; 32]),
    );
    let false_first = envelope(
        Family::Entry,
        REGION,
        log.id,
        1,
        EntryHash::from_bytes([9; 32]),
    );
    let wrong_seq = envelope(Family::Entry, REGION, log.id, 7, hash(&all[1]));
    push(&[stray, false_first, wrong_seq]).await;
    push(&all[3..4]).await;
    assert_eq!(heads(store, krets).await, [head(log.id, 2, &all[1])]);
    push(&all[2..3]).await;
    assert_eq!(heads(store, krets).await, [head(log.id, 9, &all[8])]);
    branches(store, krets, &log, &all).await;
    // A whole log in any order in one push.
    let mut other = Log::new(8);
    let mut shuffled = other.take(50);
    let last = shuffled[49].clone();
    shuffled.sort();
    push(&shuffled).await;
    assert!(
        heads(store, krets)
            .await
            .contains(&head(other.id, 50, &last))
    );
}

async fn branches(store: &Arc<dyn Store>, krets: KretsId, log: &Log, all: &[Vec<u8>]) {
    let push = async |envelopes: &[Vec<u8>]| {
        let stored = store.push(krets, entries(envelopes), ROOM).await;
        stored.expect("push");
    };
    let head = |seq, bytes: &[u8]| Head {
        log: log.id,
        seq: Seq(seq),
        hash: hash(bytes),
    };
    // Two branches, two heads; each grows.
    let branch = envelope(Family::Entry, REGION, log.id, 4, hash(&all[2]));
    let longer = envelope(Family::Entry, REGION, log.id, 5, hash(&branch));
    push(&[longer.clone(), branch]).await;
    let two = [head(5, &longer), head(9, &all[8])];
    assert_eq!(heads(store, krets).await, two);
    // A family that this program does not know is passed on and stands in no head.
    let unknown = envelope(
        Family::Unknown(6),
        REGION,
        LogId::from_bytes([3; 16]),
        1,
        EntryHash::from_bytes([0; 32]),
    );
    push(std::slice::from_ref(&unknown)).await;
    assert_eq!(heads(store, krets).await, two);
    let page = store.pull(krets, 0, BYTES).await.expect("page");
    assert_eq!(envelopes(&page.frames).last(), Some(&unknown));
}

/// Several writers and a reader at once: the reader sees every entry once, and never one with a
/// lower cursor after one with a higher.
async fn at_once(store: &Arc<dyn Store>, krets: KretsId) {
    const WRITERS: u64 = 8;
    const EACH: usize = 25;
    let writers: Vec<_> = (0..WRITERS)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut log = Log::new(n);
                for _ in 0..EACH {
                    let entry = entries(&[log.next()]);
                    let stored = store.push(krets, entry.clone(), ROOM).await.expect("push");
                    assert_eq!(stored.pushed.stored, 1);
                    // On disk, so everybody sees it.
                    let before = stored.pushed.cursor - 1;
                    let page = store.pull(krets, before, 0).await.expect("page");
                    assert_eq!(envelopes(&page.frames), [entry[0].bytes.clone()]);
                }
            })
        })
        .collect();
    let reader = {
        let store = store.clone();
        tokio::spawn(async move {
            let (mut after, mut seen) = (0, BTreeSet::new());
            while seen.len() < WRITERS as usize * EACH {
                let page = store.pull(krets, after, 5 * 661).await.expect("page");
                let came = envelopes(&page.frames);
                assert_eq!(
                    page.cursor - after,
                    came.len() as u64,
                    "a gap in the cursors"
                );
                after = page.cursor;
                assert!(came.into_iter().all(|envelope| seen.insert(envelope)));
            }
            after
        })
    };
    for writer in writers {
        writer.await.expect("writer");
    }
    assert_eq!(reader.await.expect("reader"), WRITERS * EACH as u64);
    assert_eq!(heads(store, krets).await.len(), WRITERS as usize);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_conforms() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("relay.db");
    conformance(Arc::new(Sqlite::open(&path).expect("open"))).await;
    // Everything lies in the file alone after a stop.
    assert!(!folder.path().join("relay.db-wal").exists());
    Sqlite::open(&path).expect("open again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_conforms() {
    let cluster = Cluster::start();
    conformance(Arc::new(
        Postgres::open(&cluster.url()).await.expect("open"),
    ))
    .await;
    // A token is known to every process, and ends by the database's clock.
    let url = cluster.url();
    let (one, two) = tokio::join!(Postgres::open(&url), Postgres::open(&url));
    let (one, two) = (one.expect("one"), two.expect("two"));
    let krets = one.open_krets(REGION).await.expect("krets");
    let (hash, key) = (Digest::from_bytes([1; 32]), AuthKey::from_bytes([2; 32]));
    let lifetime = Duration::from_secs(2);
    one.share_token(hash, krets, key, lifetime)
        .await
        .expect("share");
    let (id, found, left) = two.shared_token(hash).await.expect("token").expect("there");
    assert_eq!((id, found), (krets, key));
    assert!(left <= lifetime && left > Duration::from_secs(1));
    tokio::time::sleep(lifetime).await;
    assert_eq!(two.shared_token(hash).await.expect("token"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_number_entries_in_the_order_of_their_commits() {
    let cluster = Cluster::start();
    let url = cluster.url();
    let (one, two) = tokio::join!(Postgres::open(&url), Postgres::open(&url));
    let stores: [Arc<dyn Store>; 2] = [Arc::new(one.expect("one")), Arc::new(two.expect("two"))];
    let krets = stores[0].open_krets(REGION).await.expect("krets");
    assert_eq!(stores[1].open_krets(REGION).await.expect("krets"), krets);
    let writers: Vec<_> = (0..6_usize)
        .map(|n| {
            let store = stores[n % 2].clone();
            tokio::spawn(async move {
                let mut log = Log::new(n as u64);
                for _ in 0..40 {
                    let push = store.push(krets, entries(&log.take(2)), ROOM).await;
                    assert_eq!(push.expect("push").pushed.stored, 2);
                }
            })
        })
        .collect();
    let mut after = 0;
    while after < 6 * 80 {
        let page = stores[1].pull(krets, after, 10 * 661).await.expect("page");
        let came = envelopes(&page.frames).len() as u64;
        assert_eq!(page.cursor - after, came, "a reader skipped a row");
        after = page.cursor;
        stores[1].hint().await;
    }
    for writer in writers {
        writer.await.expect("writer");
    }
    assert_eq!(heads(&stores[0], krets).await.len(), 6);
}
