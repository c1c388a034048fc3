//! Facts that an admin signed alone after his cutoff, and who lets them stand.

use super::Membership;
use radrum_wire::{DeviceGrant, FactHash, ItemId, SignKey};
use std::collections::BTreeSet;

/// What one admin signed alone after his cutoff. It says nothing until another admin who might
/// have signed it, or two roots, confirm it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspended {
    /// What it would say.
    pub would: Would,
    /// For which municipality it was signed.
    pub municipality: ItemId,
    /// Who signed it.
    pub by: BTreeSet<SignKey>,
}

/// What a fact would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Would {
    /// Takes a device in.
    TakeIn(DeviceGrant),
    /// Ends the device of this grant.
    End(FactHash),
}

impl Membership {
    /// Facts that an admin signed alone after his cutoff and nobody has confirmed.
    pub fn suspended(&self) -> impl Iterator<Item = (FactHash, &Suspended)> {
        self.suspended.iter().map(|(hash, of)| (*hash, of))
    }

    /// Whether the confirmation of a key alone lets a suspended fact stand: another's than those
    /// who signed it, of an admin who has not ended and acts for that municipality.
    #[must_use]
    pub fn may_confirm(&self, key: &SignKey, fact: FactHash) -> bool {
        self.suspended.get(&fact).is_some_and(|of| {
            !of.by.contains(key)
                && !self.ended.contains_key(key)
                && self.might_sign(key, of.municipality)
        })
    }

    /// Whether a key is of an admin who might have signed for a municipality at some time.
    pub(super) fn might_sign(&self, key: &SignKey, municipality: ItemId) -> bool {
        let Some(scopes) = self.admins.get(key) else {
            return false;
        };
        let tied = || self.municipalities.tied_to(municipality);
        scopes.contains(&None)
            || scopes.contains(&Some(municipality))
            || tied().into_iter().any(|of| scopes.contains(&Some(of)))
    }
}
