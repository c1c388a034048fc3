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

    /// Whether two roots let a key erase this very item.
    #[must_use]
    pub fn erases_item(&self, key: &SignKey, item: ItemId) -> bool {
        self.item_erasers.contains(&(*key, item))
    }
}

impl Reading<'_> {
    pub(super) fn take_erasers(&mut self) {
        for eraser in self.evidence().of::<Eraser>() {
            let (key, scope) = (eraser.fact.key, eraser.fact.municipality);
            if eraser.fact.region != self.says.region {
                continue;
            }
            let roots = self.two_roots(eraser.by);
            let admin =
                scope.is_some_and(|of| eraser.by.iter().any(|key| self.might_sign(key, of)));
            match eraser.fact.item {
                Some(item) if roots => {
                    self.says.item_erasers.insert((key, item));
                }
                None if roots || admin => {
                    self.says.erasers.entry(key).or_default().insert(scope);
                }
                _ => {}
            }
        }
    }
}
