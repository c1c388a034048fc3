//! What came is opened on all cores before it is taken in: with the keys and grants that are
//! known then, each entry by itself. What could not be opened ahead is opened when its turn comes.

use crate::Error;
use crate::cores::on_all_cores;
use crate::krets::Krets;
use radrum_seal::{SealError, Unsealed, unseal};
use radrum_store::Read;
use radrum_wire::{EntryHash, Envelope, Facts};
use std::collections::BTreeMap;

/// Entries of a batch that were opened ahead, each until it is asked for.
#[derive(Default)]
pub(super) struct Ahead(BTreeMap<EntryHash, Unsealed>);

impl Ahead {
    /// Opens what is not held yet, and checks its signatures.
    pub fn open(read: &Read<'_>, krets: &Krets, envelopes: &[Envelope<'_>]) -> Result<Self, Error> {
        let mut new = Vec::with_capacity(envelopes.len());
        for envelope in envelopes {
            let hash = envelope.hash();
            if !envelope.is_stub() && !read.holds_entry(hash)? {
                new.push((hash, envelope));
            }
        }
        let opened = on_all_cores(new, |(hash, envelope)| {
            let mut unsealed = unsealed(krets, envelope).ok()?;
            unsealed.check_ahead(&krets.members);
            Some((hash, unsealed))
        });
        Ok(Self(opened.into_iter().flatten().collect()))
    }

    /// Whether an entry can be opened.
    pub fn look(
        &self,
        krets: &Krets,
        hash: EntryHash,
        envelope: &Envelope<'_>,
    ) -> Result<(), SealError> {
        match self.0.get(&hash) {
            Some(_) => Ok(()),
            None => unsealed(krets, envelope).map(|_| ()),
        }
    }

    /// The facts that an entry carries.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn facts(
        &self,
        krets: &Krets,
        hash: EntryHash,
        envelope: &Envelope<'_>,
    ) -> Result<Option<Facts>, SealError> {
        let facts = match self.0.get(&hash) {
            Some(unsealed) => unsealed.facts(),
            None => unsealed(krets, envelope)?.facts(),
        };
        Ok(facts.ok().flatten())
    }

    /// An entry, opened. It is not kept on.
    pub fn take(
        &mut self,
        krets: &Krets,
        hash: EntryHash,
        envelope: &Envelope<'_>,
    ) -> Result<Unsealed, SealError> {
        match self.0.remove(&hash) {
            Some(unsealed) => Ok(unsealed),
            None => unsealed(krets, envelope),
        }
    }
}

fn unsealed(krets: &Krets, envelope: &Envelope<'_>) -> Result<Unsealed, SealError> {
    unseal(envelope, krets.members.region(), &krets.epochs)
}
