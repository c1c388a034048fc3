//! Notices by mail: what a relay may know of what somebody follows, and the order for letters.

use crate::{EpochKey, OnceKey};
use radrum_wire::limits::HINT_BYTES;
use radrum_wire::{AnonymousToken, Hint, MailOrder, RegionId};

/// What a relay knows a label or an area by, given its key as text. Alike for all members of an
/// epoch; nothing to whoever does not have its key.
#[must_use]
pub fn hint(epoch: &EpochKey, key: &str) -> Hint {
    let secret = epoch.derive("radrum 2026-11-23 mail hint v1");
    let hash = blake3::keyed_hash(&secret, key.as_bytes());
    let mut hint = [0; HINT_BYTES];
    for (to, from) in hint.iter_mut().zip(hash.as_bytes()) {
        *to = *from;
    }
    hint.into()
}

/// Signs an order for letters under a key that was drawn for it, the first time with a token that
/// pays for it.
#[must_use]
pub fn order_mail(
    key: &OnceKey,
    region: RegionId,
    wish: Vec<u8>,
    token: Option<(OnceKey, Vec<u8>)>,
) -> MailOrder {
    let of = key.sign_key();
    MailOrder {
        key: of,
        signature: key.sign(&MailOrder::signing_bytes(region, &wish)),
        wish,
        token: token.map(|(token, issued)| AnonymousToken {
            key: token.sign_key(),
            issued,
            spent: token.sign(&MailOrder::paying_bytes(region, of)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::hint;
    use crate::EpochKey;

    #[test]
    fn a_hint_is_the_same_for_all_of_an_epoch_and_another_in_the_next() {
        let (one, next) = (
            EpochKey::from_secret([1; 32]),
            EpochKey::from_secret([2; 32]),
        );
        assert_eq!(hint(&one, "label:lvm"), hint(&one, "label:lvm"));
        assert_ne!(hint(&one, "label:lvm"), hint(&one, "label:lvu"));
        assert_ne!(hint(&one, "label:lvm"), hint(&next, "label:lvm"));
    }
}
