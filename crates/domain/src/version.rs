//! A version of an item, named for ever: the generation and what it stood on.

use radrum_wire::{ChangeHash, Generation};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a version of an item stands on: changes that no other change follows, ordered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heads(Vec<ChangeHash>);

impl Heads {
    /// Orders them.
    #[must_use]
    pub fn new(hashes: impl IntoIterator<Item = ChangeHash>) -> Self {
        let mut hashes: Vec<ChangeHash> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// In order.
    #[must_use]
    pub fn as_slice(&self) -> &[ChangeHash] {
        &self.0
    }
}

/// Stands where a version was named that nobody has any more. It reads as none.
pub(crate) const LOST: &str = "lost";

/// New names of changes that were made anew under another log.
pub type Renamed = BTreeMap<ChangeHash, ChangeHash>;

/// What an item was at one moment, as `1 0a1b… 2c3d…`: its generation, then its heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The generation: an erasure begins the next.
    pub generation: Generation,
    /// What it stood on; never nothing.
    pub heads: Heads,
}

/// Text that names no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a version")]
pub struct VersionError;

impl Version {
    /// The same version where its changes have other names and the item begins anew at its first
    /// generation. None when one of them was not there to be named: it never comes again.
    #[must_use]
    pub fn renamed(&self, names: &Renamed) -> Option<Self> {
        let heads = self.heads.as_slice().iter();
        let heads: Option<Vec<ChangeHash>> = heads.map(|old| names.get(old).copied()).collect();
        Some(Self {
            generation: Generation::FIRST,
            heads: Heads::new(heads?),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.generation.0)?;
        self.heads
            .as_slice()
            .iter()
            .try_for_each(|head| write!(f, " {head}"))
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let mut words = text.split(' ');
        let generation = words.next().and_then(|word| word.parse().ok());
        let heads: Result<Vec<ChangeHash>, _> = words.map(str::parse).collect();
        let heads = heads.map_err(|_| VersionError)?;
        match generation {
            Some(generation) if !heads.is_empty() => Ok(Self {
                generation: Generation(generation),
                heads: Heads::new(heads),
            }),
            _ => Err(VersionError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heads, Renamed, Version};
    use radrum_wire::{ChangeHash, Generation};

    fn hash(n: u8) -> ChangeHash {
        ChangeHash::from_bytes([n; 32])
    }

    fn version(generation: u32, heads: &[u8]) -> Version {
        Version {
            generation: Generation(generation),
            heads: Heads::new(heads.iter().copied().map(hash)),
        }
    }

    #[test]
    fn a_version_reads_back_and_what_is_none_is_refused() {
        let two = version(3, &[1, 2]);
        assert_eq!(two.to_string().parse(), Ok(two));
        let head = hash(1).to_string();
        for text in [
            "",
            "1",
            "1 ",
            "x",
            &head,
            &format!("1 {head}x"),
            "1 Anna Berg",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_version_is_renamed_whole_or_not_at_all() {
        let names = Renamed::from([(hash(1), hash(8)), (hash(2), hash(7))]);
        assert_eq!(
            version(3, &[1, 2]).renamed(&names),
            Some(version(1, &[7, 8]))
        );
        assert_eq!(version(1, &[1, 3]).renamed(&names), None);
    }
}
