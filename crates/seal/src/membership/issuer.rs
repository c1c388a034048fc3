//! Who signs anonymous tokens. The same for every device that knows the same facts: a relay
//! that gives each device a key of its own is seen through.

use super::Membership;
use super::evaluate::Reading;
use super::judge::Verdict;
use radrum_wire::{FactHash, ItemId, TokenIssuer};
use std::collections::BTreeSet;

impl Membership {
    /// Under which key tokens are fetched now: the highest number, then the lowest hash.
    #[must_use]
    pub fn token_issuer(&self) -> Option<&TokenIssuer> {
        let newest =
            |(hash, fact): &(&FactHash, &TokenIssuer)| (fact.number, std::cmp::Reverse(**hash));
        let best = self.issuers.iter().max_by_key(newest);
        best.map(|(_, fact)| fact)
    }

    /// Every key whose tokens count.
    pub fn token_issuers(&self) -> impl Iterator<Item = &TokenIssuer> {
        self.issuers.values()
    }

    /// Devices that are granted and not revoked, and their municipalities: among so many
    /// somebody who writes without a name is one.
    #[must_use]
    pub fn crowd(&self) -> (usize, usize) {
        let of: Vec<ItemId> = self.active().map(|(_, grant)| grant.municipality).collect();
        let municipalities: BTreeSet<&ItemId> = of.iter().collect();
        (of.len(), municipalities.len())
    }
}

impl Reading<'_> {
    pub(super) fn take_issuers(&mut self) {
        for issuer in self.evidence().of::<TokenIssuer>() {
            let admin = |by: &radrum_wire::SignKey| self.says.was_admin(by);
            let stands = self.judge(&issuer, &admin) == Verdict::Stands;
            if issuer.fact.region == self.says.region && stands {
                self.says.issuers.insert(issuer.hash, issuer.fact);
            }
        }
    }
}
