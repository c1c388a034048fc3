//! Who erases. No fact takes this right back: erased text would return.

use super::Membership;
use super::evaluate::Reading;
use radrum_wire::{Eraser, ItemId, SignKey};

impl Membership {
    /// Whether a key erases for a municipality, or for the whole krets when none is given: its
    /// admins do, for ever, and whom a fact names. Municipalities that were ever tied count as
    /// one.
    #[must_use]
    pub fn erases_for(&self, key: &SignKey, scope: Option<ItemId>) -> bool {
        let admin = self.admins.get(key).into_iter();
        let named = self.erasers.get(key).into_iter();
        let mut scopes = admin.chain(named).flatten();
        let Some(municipality) = scope else {
            return scopes.any(Option::is_none);
        };
        let tied = self.municipalities.tied_to(municipality);
        scopes.any(|of| of.is_none_or(|of| of == municipality || tied.contains(&of)))
    }
}

impl Reading<'_> {
    pub(super) fn take_erasers(&mut self) {
        for eraser in self.evidence().of::<Eraser>() {
            let scope = eraser.fact.municipality;
            let admin =
                scope.is_some_and(|of| eraser.by.iter().any(|key| self.might_sign(key, of)));
            if eraser.fact.region == self.says.region && (admin || self.two_roots(eraser.by)) {
                let scopes = self.says.erasers.entry(eraser.fact.key).or_default();
                scopes.insert(scope);
            }
        }
    }
}
