//! Identifiers. All are random or hash bytes that mean nothing outside the program; people
//! meet names and item keys instead.

use std::fmt;
use std::str::FromStr;

/// Text that is not the hexadecimal form of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a hexadecimal id of {bytes} bytes")]
pub struct IdError {
    /// How many bytes the id has.
    pub bytes: usize,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Length in bytes.
            pub const BYTES: usize = $bytes;

            /// Wraps bytes that the caller drew or hashed.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The bytes as they are stored and sent.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), hex::encode(self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $bytes];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError { bytes: $bytes })?;
                Ok(Self(bytes))
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;

            fn try_from(slice: &[u8]) -> Result<Self, IdError> {
                slice.try_into().map(Self).map_err(|_| IdError { bytes: $bytes })
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                to: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                to.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                from: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let bytes = from.bytes()?;
                Self::try_from(bytes)
                    .map_err(|_| minicbor::decode::Error::message(concat!("length of ", stringify!($name))))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// One item (a card, a person, a note), the same on every device and for ever.
    ItemId,
    16
);
id!(
    /// One append-only log: one installation of the program, drawn at its first start.
    LogId,
    16
);
id!(
    /// One computer of one member.
    DeviceId,
    16
);
id!(
    /// One krets. Part of every key from the first day (seed D07); the Exempelkrets has a
    /// constant one that every road refuses.
    RegionId,
    16
);
id!(
    /// Hash of one automerge change.
    ChangeHash,
    32
);

id!(
    /// Hash of one envelope: `BLAKE3(first 73 bytes, BLAKE3(the rest))` under its own context,
    /// so that a stub of 105 bytes keeps an erased entry's place in its chain.
    EntryHash,
    32
);
id!(
    /// Hash of one signed fact, without its signatures. A device grant is named by it.
    FactHash,
    32
);
id!(
    /// Names an epoch key and commits to it: derived from the key itself.
    EpochId,
    32
);
id!(
    /// Names an announcement or a computer on the local network; drawn at each start.
    LanName,
    16
);
id!(
    /// Shows members of a krets that an announcement is of their own.
    LanTag,
    16
);
id!(
    /// Public Ed25519 key that signs entries and facts.
    SignKey,
    32
);
id!(
    /// Public X25519 key that epoch keys are wrapped to.
    WrapKey,
    32
);
id!(
    /// Public Ed25519 key that a device shows to relays. Random of its own, so a relay cannot
    /// tell whose entries a device carries.
    AuthKey,
    32
);
id!(
    /// Ed25519 signature.
    Signature,
    64
);
id!(
    /// Random nonce of XChaCha20-Poly1305.
    Nonce,
    24
);
id!(
    /// BLAKE3 digest of a list or a file.
    Digest,
    32
);
id!(
    /// Random bytes that make two equal texts differ.
    Salt,
    16
);

impl ItemId {
    /// The id of an item that is known by name in every krets, such as `playbook:lvm`.
    ///
    /// Two krets that found themselves from the same starter pack get the same ids, and a
    /// newer pack finds the documents of an older one.
    #[must_use]
    pub fn of_slug(key: &str) -> Self {
        let hash = blake3::derive_key("radrum 2026-11-22 item id of slug", key.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Self(bytes)
    }

    /// The id of an item that is begun in a log. `drawn` is random. Nobody who writes in
    /// another log can make the id of an item of this one, so that whose an item is follows
    /// from its id alone, also when nothing of it is left (erasure).
    #[must_use]
    pub fn of_log(log: LogId, drawn: [u8; 6]) -> Self {
        let input = [log.as_bytes().as_slice(), &drawn].concat();
        let hash = blake3::derive_key("radrum 2026-11-22 item id of log v1", &input);
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&drawn);
        bytes[6..].copy_from_slice(&hash[..10]);
        Self(bytes)
    }

    /// Whether the item was begun in this log.
    #[must_use]
    pub fn is_of_log(&self, log: LogId) -> bool {
        let mut drawn = [0; 6];
        drawn.copy_from_slice(&self.0[..6]);
        *self == Self::of_log(log, drawn)
    }
}

impl RegionId {
    /// The Exempelkrets. Constant, so that no road ever carries it (house.md section 5).
    pub const EXAMPLE: Self = Self(*b"radrum-exempel\0\0");
}

/// Position of an entry in its log, from 1 without gaps.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    minicbor::Encode,
    minicbor::Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Seq(#[n(0)] pub u64);

/// Which document an item's text lives in. Erasure starts the next generation from cleaned
/// text and makes every entry of the one before a stub.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode,
)]
#[cbor(transparent)]
pub struct Generation(#[n(0)] pub u32);

impl Generation {
    /// The generation of an item that was never erased from.
    pub const FIRST: Self = Self(1);
}

#[cfg(test)]
mod tests {
    use super::{ItemId, LogId, RegionId};

    #[test]
    fn an_id_reads_back_from_its_own_text() -> Result<(), super::IdError> {
        let id = ItemId::of_slug("playbook:lvm");
        assert_eq!(id.to_string().parse::<ItemId>()?, id);
        Ok(())
    }

    #[test]
    fn a_slug_keeps_its_id_for_ever() {
        // Frozen: cards of real krets are found by this.
        assert_eq!(
            ItemId::of_slug("playbook:lvm").to_string(),
            "a66c0378bf7d4bac01aa9d58c08572e4"
        );
        assert_ne!(
            ItemId::of_slug("playbook:lvm"),
            ItemId::of_slug("playbook:lvu")
        );
    }

    #[test]
    fn an_item_id_tells_the_log_that_it_was_begun_in_and_no_other() {
        let log = LogId::from_bytes([1; 16]);
        let id = ItemId::of_log(log, [7; 6]);
        assert!(id.is_of_log(log));
        assert!(!id.is_of_log(LogId::from_bytes([2; 16])));
        assert!(!ItemId::of_slug("playbook:lvm").is_of_log(log));
        assert_eq!(id.to_string(), "07070707070715250adac6b0bf8c14c0");
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        assert!("zz".parse::<RegionId>().is_err());
        assert!("00".parse::<RegionId>().is_err());
    }
}
