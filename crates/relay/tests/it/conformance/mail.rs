//! Orders for letters, on both stores.

use radrum_relay::store::{KretsId, Store};
use radrum_wire::limits::HINTS_FOLLOWED;
use radrum_wire::{Hint, Hints, MailWish, SignKey};
use std::sync::Arc;

fn wish(number: u64, address: &str, follows: u8) -> MailWish {
    let hint = |n: u8| Hint::from([n; 16]);
    MailWish {
        number,
        address: address.into(),
        hints: vec![hint(follows); HINTS_FOLLOWED],
    }
}

/// The newest wish counts, a letter is claimed once, and what was not sent is due again.
pub async fn mail(store: &Arc<dyn Store>, krets: KretsId) {
    let key = |n: u8| SignKey::from_bytes([n; 32]);
    let put = async |n, wish| store.put_mail(krets, key(n), wish).await.expect("put");
    let mark = async |n: u8| {
        let hints = Hints(vec![Hint::from([n; 16])]);
        store.mark_mail(krets, hints).await.expect("mark");
    };
    let claim = async |now, rested| store.claim_mail(now, rested).await.expect("claim");
    assert!(!store.has_mail(krets, key(1)).await.expect("has"));
    put(1, wish(2, "ett@a.se", 1)).await;
    put(1, wish(1, "inte@a.se", 9)).await;
    put(2, wish(1, "två@a.se", 2)).await;
    assert!(store.has_mail(krets, key(1)).await.expect("has"));
    assert_eq!(claim(100, 50).await, None);
    mark(9).await;
    assert_eq!(claim(100, 50).await, None);
    mark(1).await;
    mark(1).await;
    let due = claim(100, 50).await.expect("due");
    assert_eq!(
        (due.key, due.address.as_str(), due.before),
        (key(1), "ett@a.se", 0)
    );
    assert_eq!(claim(100, 50).await, None);
    // It was not sent.
    store.return_mail(&due).await.expect("return");
    assert_eq!(claim(120, 70).await, Some(due));
    // Rests, whatever comes, and is due when it has rested.
    mark(1).await;
    assert_eq!(claim(150, 100).await, None);
    assert_eq!(claim(200, 120).await.map(|due| due.before), Some(120));
    // Ended: nothing is left of it, and a late hint finds nobody.
    put(1, wish(3, "", 0)).await;
    mark(1).await;
    assert_eq!(claim(900, 800).await, None);
    assert!(!store.has_mail(krets, key(1)).await.expect("has"));
    assert!(store.has_mail(krets, key(2)).await.expect("has"));
}
