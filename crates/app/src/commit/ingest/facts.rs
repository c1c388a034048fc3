//! Facts that entries carry, and which entry carried each.

use crate::Error;
use crate::krets::Krets;
use radrum_seal::unseal;
use radrum_store::{EntryRow, Tx};
use radrum_wire::{Envelope, Head};

/// What an entry waits for that stands after a cutoff: facts may put the cutoff elsewhere, or
/// suspend the revocation.
pub(super) const OTHER_FACTS: [u8; 32] = [0; 32];

/// Keeps the facts that a round of entries carries, and believes them. Gives what others may
/// have waited for: grants and epochs.
pub(super) fn collect_facts(
    tx: &Tx<'_>,
    krets: &mut Krets,
    rows: &[EntryRow],
) -> Result<Vec<[u8; 32]>, Error> {
    let region = krets.members.region();
    let mut new = false;
    for row in rows {
        let Ok(envelope) = Envelope::decode(&row.envelope) else {
            continue;
        };
        let facts = unseal(&envelope, region, &krets.epochs).and_then(|entry| entry.facts());
        let place = Head {
            log: envelope.place().log,
            seq: envelope.place().seq,
            hash: row.hash,
        };
        for fact in facts.ok().flatten().into_iter().flat_map(|facts| facts.0) {
            new |= tx.put_fact(&fact)?;
            new |= tx.put_fact_place(fact.hash(), &place)?;
            krets.learn(&fact, Some(place));
        }
    }
    if !new {
        return Ok(Vec::new());
    }
    krets.believe(&tx.read())?;
    let grants = krets.members.grants().map(|(hash, _)| *hash.as_bytes());
    let epochs = krets.epochs.iter().map(|key| *key.id().as_bytes());
    Ok(grants.chain(epochs).chain([OTHER_FACTS]).collect())
}
