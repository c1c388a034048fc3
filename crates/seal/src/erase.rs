//! Who may erase what: a function of the facts and of the item's id alone. Nothing about it
//! hangs on which entries have come, so every device answers alike, and no fact takes it back:
//! a right that could be withdrawn would bring erased text back.

use crate::{Author, Membership};
use radrum_wire::{DeviceGrant, FactHash, ItemId, SignKey};

impl Membership {
    /// Whether a device may erase an item, speaking for an author: what was begun on this device,
    /// and what she began on any of her computers; what members of a municipality began, for its admins and erasers;
    /// anything, for those of the whole krets; one item, for whom two roots let. The caller has checked the entry's place, so a
    /// key that was revoked keeps what it said before.
    #[must_use]
    pub fn may_erase(&self, writer: FactHash, author: Author, item: ItemId) -> bool {
        let Some(grant) = self.grant(writer) else {
            return false;
        };
        if self.erases_for(&grant.sign, None) || self.erases_item(&grant.sign, item) {
            return true;
        }
        let mut origins = self.began(item);
        origins.any(|origin| {
            let hers = matches!(author, Author::Member(me) if origin.members.contains(&me));
            hers || origin.sign == grant.sign
                || self.erases_for(&grant.sign, Some(origin.municipality))
        })
    }

    /// The devices that may erase an item besides its author: those whom she can ask.
    pub fn erasers_of(&self, item: ItemId) -> Vec<&DeviceGrant> {
        let homes: Vec<ItemId> = self.began(item).map(|origin| origin.municipality).collect();
        let may = |key: &SignKey| {
            let mut homes = homes.iter();
            self.erases_for(key, None) || homes.any(|home| self.erases_for(key, Some(*home)))
        };
        let active = self.active().map(|(_, grant)| grant);
        active.filter(|grant| may(&grant.sign)).collect()
    }

    /// The devices in whose logs an item was begun: one, or none for an item that is known by
    /// name.
    fn began(&self, item: ItemId) -> impl Iterator<Item = &DeviceGrant> {
        let logs = self.logs().filter(move |log| item.is_of_log(*log));
        logs.flat_map(|log| self.writers(log).map(|(_, grant)| grant))
    }
}
