//! What an entry or a fact is about. All numbers of the format stand here, also those whose
//! content comes in a later release; a number is never given again.

use minicbor::{Decode, Encode};

/// Kind of an entry, inside the seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Kind(#[n(0)] pub u16);

impl Kind {
    /// Changes of documents: [`crate::Body`].
    pub const CHANGES: Self = Self(1);
    /// Signed facts about who belongs: [`crate::Facts`].
    pub const FACTS: Self = Self(2);
    /// Erasure of items, with its ground: [`crate::Erase`].
    pub const ERASE: Self = Self(3);
    /// What a device holds: [`crate::Heartbeat`], in a slot.
    pub const HEARTBEAT: Self = Self(4);
    /// Names an attachment, with its key and its chunks.
    pub const BLOB: Self = Self(5);
    /// A post of an anonymous thread, with its token.
    pub const ANONYMOUS: Self = Self(6);
    /// A piece of an attachment.
    pub const BLOB_CHUNK: Self = Self(7);
    /// The first part of a snapshot: [`crate::SnapshotHead`].
    pub const SNAPSHOT_HEAD: Self = Self(8);
    /// Items of a snapshot: [`crate::SnapshotPart`].
    pub const SNAPSHOT_PART: Self = Self(9);
    /// The relay roster, so that any device can give it to an emptied relay: [`crate::Roster`].
    pub const ROSTER: Self = Self(10);
    /// More entries of which a stub is enough: [`crate::Dropped`].
    pub const DROP: Self = Self(11);
    /// Where the relays of the krets are.
    pub const RELAYS: Self = Self(12);
    /// An admin publishes anew what stood after a cutoff.
    pub const REPUBLISH: Self = Self(13);
    /// Evidence that a device has erased: [`crate::EraseReceipt`].
    pub const ERASE_RECEIPT: Self = Self(14);
    /// Proof that a log holds two entries at one position.
    pub const FORK_PROOF: Self = Self(15);
    /// Erasure of what was begun in an anonymous thread, with its token.
    pub const ANONYMOUS_ERASE: Self = Self(16);
}

/// Kind of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct FactKind(#[n(0)] pub u16);

impl FactKind {
    /// [`crate::Genesis`].
    pub const GENESIS: Self = Self(1);
    /// [`crate::RootChange`].
    pub const ROOT_CHANGE: Self = Self(2);
    /// [`crate::AdminGrant`].
    pub const ADMIN_GRANT: Self = Self(3);
    /// [`crate::DeviceGrant`].
    pub const DEVICE_GRANT: Self = Self(4);
    /// [`crate::Revoke`].
    pub const REVOKE: Self = Self(5);
    /// [`crate::EpochPackage`].
    pub const EPOCH_PACKAGE: Self = Self(6);
    /// [`crate::LogOpen`].
    pub const LOG_OPEN: Self = Self(7);
    /// [`crate::Confirm`].
    pub const CONFIRM: Self = Self(8);
    /// Who signs anonymous tokens: [`crate::TokenIssuer`].
    pub const TOKEN_ISSUER: Self = Self(9);
    /// [`crate::Municipality`].
    pub const MUNICIPALITY: Self = Self(10);
    /// Who may erase for a municipality: [`crate::Eraser`].
    pub const ERASER: Self = Self(11);
    /// The statutes of the krets.
    pub const STATUTES: Self = Self(12);
}

#[cfg(test)]
mod tests {
    use super::{FactKind, Kind};

    #[test]
    fn every_number_stands_in_format_md_with_its_name() {
        let format = include_str!("../FORMAT.md");
        let source = include_str!("kind.rs");
        let numbers: Vec<&str> = source
            .lines()
            .filter(|line| line.trim_start().starts_with("pub const"))
            .collect();
        assert_eq!(numbers.len(), 28);
        for line in numbers {
            let name = line.split([' ', ':']).nth(6).expect("name").to_lowercase();
            let number = line.split(['(', ')']).nth(1).expect("number");
            let row = format!("| {number} | `{name}` |");
            assert!(format.contains(&row), "FORMAT.md lacks {row}");
        }
        assert_eq!(Kind::CHANGES.0, FactKind::GENESIS.0);
    }
}
