//! Facts that entries carry, and which entry carried each.

use super::ahead::Ahead;
use crate::Error;
use crate::krets::Krets;
use radrum_store::{EntryRow, Tx};
use radrum_wire::{Envelope, Head};

/// What an entry waits for that stands after a cutoff: facts may put the cutoff elsewhere, or
/// suspend the revocation.
pub(super) const OTHER_FACTS: [u8; 32] = [0; 32];

/// Keeps the facts that a round of entries carries, and believes them. Gives what others may
/// have waited for: grants and epochs. The facts of one entry may bring the epoch of another,
/// so those that could not be opened are looked at again as long as something new is learned.
pub(super) fn collect_facts(
    tx: &Tx<'_>,
    krets: &mut Krets,
    (rows, ahead): (&[EntryRow], &Ahead),
) -> Result<Vec<[u8; 32]>, Error> {
    let mut unopened: Vec<&EntryRow> = rows.iter().collect();
    let mut needs = Vec::new();
    loop {
        let mut new = false;
        let mut closed = Vec::new();
        for row in unopened {
            match keep_facts(tx, krets, (row, ahead))? {
                Some(learned) => new |= learned,
                None => closed.push(row),
            }
        }
        if !new {
            return Ok(needs);
        }
        krets.believe(&tx.read())?;
        needs = believed(krets);
        unopened = closed;
    }
}

/// What entries may have waited for that facts give: grants and epochs.
pub(super) fn believed(krets: &Krets) -> Vec<[u8; 32]> {
    let grants = krets.members.grants().map(|(hash, _)| *hash.as_bytes());
    let epochs = krets.epochs.iter().map(|key| *key.id().as_bytes());
    grants.chain(epochs).chain([OTHER_FACTS]).collect()
}

/// Keeps the facts of one entry. Gives whether any was new, or none if it cannot be opened yet.
fn keep_facts(
    tx: &Tx<'_>,
    krets: &mut Krets,
    (row, ahead): (&EntryRow, &Ahead),
) -> Result<Option<bool>, Error> {
    let Ok(envelope) = Envelope::decode(&row.envelope) else {
        return Ok(Some(false));
    };
    let Ok(facts) = ahead.facts(krets, row.hash, &envelope) else {
        return Ok(None);
    };
    let place = Head {
        log: envelope.place().log,
        seq: envelope.place().seq,
        hash: row.hash,
    };
    let mut new = false;
    for fact in facts.into_iter().flat_map(|of| of.0) {
        new |= tx.put_fact(&fact)?;
        new |= tx.put_fact_place(fact.hash(), &place)?;
        krets.learn(&fact, Some(place));
    }
    Ok(Some(new))
}
