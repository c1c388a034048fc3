//! What lies beside the logs: slots, snapshots, rosters, letters, and the store as a whole.

use super::{BYTES, ROOM, entries};
use crate::device::{Log, REGION, envelope, envelopes};
use radrum_relay::store::{KretsId, LETTERS_MAX, LetterKind, Store, StoreError, UNFINISHED_MAX};
use radrum_wire::{EntryHash, Family, Salt};
use std::sync::Arc;

pub(super) async fn slots(store: &Arc<dyn Store>, krets: KretsId) {
    let none = EntryHash::from_bytes([0; 32]);
    let slot = |log: &Log, seq| envelope(Family::Slot, REGION, log.id, seq, none);
    let put = async |bytes: &Vec<u8>| {
        let entry = entries(std::slice::from_ref(bytes)).remove(0);
        store.put_slot(krets, entry).await.expect("slot")
    };
    let (a, b) = (Log::new(1), Log::new(2));
    let (low, high, other) = (slot(&a, 5), slot(&a, 6), slot(&b, 1));
    assert!(put(&low).await);
    assert!(!put(&slot(&a, 5)).await);
    assert!(!put(&slot(&a, 4)).await);
    assert!(put(&high).await);
    assert!(put(&other).await);
    assert_eq!(
        store.slot(krets, a.id).await.expect("slot"),
        Some(high.clone())
    );
    assert_eq!(store.slot(krets, Log::new(3).id).await.expect("slot"), None);
    let page = store.slots(krets, None, BYTES).await.expect("slots");
    assert_eq!(
        (envelopes(&page.frames), page.more),
        (vec![high.clone(), other.clone()], false)
    );
    let page = store.slots(krets, None, 700).await.expect("slots");
    assert_eq!((envelopes(&page.frames), page.more), (vec![high], true));
    let page = store.slots(krets, Some(a.id), 700).await.expect("slots");
    assert_eq!((envelopes(&page.frames), page.more), (vec![other], false));
    let page = store.slots(krets, Some(b.id), 700).await.expect("slots");
    assert_eq!((page.frames.len(), page.more), (0, false));
    // Slots move no cursor.
    let page = store.pull(krets, 0, BYTES).await.expect("page");
    assert_eq!(page.cursor, 0);
}

pub(super) async fn snapshots(store: &Arc<dyn Store>, krets: KretsId) {
    let part = |id: u8, part| {
        let id = EntryHash::from_bytes([id; 32]);
        envelope(Family::Snapshot, REGION, Log::new(1).id, part, id)
    };
    let put = async |envelopes: &[Vec<u8>]| {
        let stored = store.put_parts(krets, entries(envelopes), ROOM).await;
        stored.expect("parts").pushed
    };
    let get = async |first, bytes| {
        let page = store.parts(krets, first, bytes).await.expect("parts");
        page.map(|page| (envelopes(&page.frames), page.more))
    };
    assert_eq!(get(1, BYTES).await, None);
    let one: Vec<Vec<u8>> = (1..=4).map(|n| part(1, n)).collect();
    assert_eq!(put(&one[1..]).await.stored, 3);
    assert_eq!(get(1, BYTES).await, None);
    assert_eq!(put(&one).await.known, 3);
    assert_eq!(get(1, BYTES).await, Some((one.clone(), false)));
    assert_eq!(get(3, 0).await, Some((vec![one[2].clone()], true)));
    assert_eq!(get(5, BYTES).await, None);
    // Of two parts with one number the first stays.
    put(&[part(1, 2)]).await;
    assert_eq!(get(2, 0).await, Some((vec![one[1].clone()], true)));
    // A newer one counts when it is whole, and then the older one is gone.
    let two = [part(2, 1), part(2, 2)];
    put(&two[1..]).await;
    assert_eq!(get(1, BYTES).await, Some((one, false)));
    put(&two[..1]).await;
    assert_eq!(get(1, BYTES).await, Some((two.to_vec(), false)));
    // What nobody finishes gives way, and room is given back.
    let unfinished = 3..=u8::try_from(3 + UNFINISHED_MAX).expect("few");
    for id in unfinished {
        put(&[part(id, 2)]).await;
    }
    let held = (2 + UNFINISHED_MAX) * 657;
    let full = store.put_parts(krets, entries(&[part(9, 1)]), held).await;
    assert!(matches!(full, Err(StoreError::Full)));
    let fits = store
        .put_parts(krets, entries(&[part(9, 1)]), held + 657)
        .await;
    assert_eq!(fits.expect("fits").pushed.stored, 1);
}

pub(super) async fn rosters(store: &Arc<dyn Store>, krets: KretsId) {
    let number = async || {
        let marks = store.marks().await.expect("marks");
        let (_, marks) = marks
            .into_iter()
            .find(|(id, _)| *id == krets)
            .expect("krets");
        marks.roster
    };
    let put = async |before, number, record: &[u8]| {
        let record = record.to_vec();
        store
            .put_roster(krets, before, number, record)
            .await
            .expect("roster")
    };
    assert_eq!(
        (store.roster(krets).await.expect("none"), number().await),
        (None, 0)
    );
    assert!(put(0, 3, b"three").await);
    assert!(!put(0, 4, b"four").await);
    assert!(put(3, 9, b"nine").await);
    let roster = store.roster(krets).await.expect("roster");
    assert_eq!((roster, number().await), (Some(b"nine".to_vec()), 9));
}

pub(super) async fn letters(store: &Arc<dyn Store>, krets: KretsId) {
    use LetterKind::{Request, Welcome};
    let id = |n: u64| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        Salt::from_bytes(bytes)
    };
    let put =
        async |n, kind, file: &[u8]| store.put_letter(krets, id(n), kind, file.to_vec()).await;
    let get = async |n, kind| store.letter(krets, id(n), kind).await.expect("letter");
    put(0, Request, b"a").await.expect("put");
    put(0, Request, b"b").await.expect("put");
    put(0, Welcome, b"c").await.expect("put");
    assert_eq!(get(0, Request).await, Some(b"b".to_vec()));
    assert_eq!(get(0, Welcome).await, Some(b"c".to_vec()));
    assert_eq!(get(1, Request).await, None);
    for n in 1..LETTERS_MAX - 1 {
        put(n, Request, b"x").await.expect("put");
    }
    assert!(matches!(
        put(LETTERS_MAX, Request, b"x").await,
        Err(StoreError::Full)
    ));
    put(0, Request, b"still").await.expect("put");
    store.sweep().await.expect("sweep");
    assert_eq!(get(0, Request).await, Some(b"still".to_vec()));
}

pub(super) async fn whole(store: &Arc<dyn Store>) {
    store.ping().await.expect("ping");
    let before = store.identity().await.expect("identity");
    assert_eq!(store.identity().await.expect("identity"), before);
    store.restored().await.expect("restored");
    let after = store.identity().await.expect("identity");
    assert_eq!(after.relay, before.relay);
    assert_ne!(after.store, before.store);
    store.close().await;
    assert!(matches!(store.ping().await, Err(StoreError::Away(_))));
}
