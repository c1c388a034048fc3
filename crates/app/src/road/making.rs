//! Making a snapshot: everything that this device shows, in sealed parts.

use crate::krets::load_holdings;
use crate::{Code, Error, Session};
use radrum_store::{ORDER, Read, SnapshotState, reading};
use radrum_wire::limits::{
    INFLATED_BYTES_MAX, SNAPSHOT_HEADS_MAX, SNAPSHOT_ITEMS_MAX, SNAPSHOT_PARTS_MAX,
};
use radrum_wire::{
    EntryHash, Heads, Kind, Record as _, Seq, SnapshotHead, SnapshotItem, SnapshotPart,
};

/// Items that are read at a time.
const ROWS: u32 = 256;

/// What an item takes in a part beside its texts and heads.
const ITEM_BYTES: usize = 96;

/// A snapshot that lacks more entries than this is old.
const BEHIND_MAX: u64 = 2_000;

/// So is one that lacks more than one in so many.
const BEHIND_SHARE: u64 = 5;

/// Whether this device makes snapshots: what it shows must be its own, and fit.
pub(super) fn may_make(session: &Session, heads: &Heads) -> Result<bool, Error> {
    let row = session.read(|read| Ok(read.snapshot()?))?;
    let provisional = row
        .is_some_and(|row| matches!(row.state, SnapshotState::Reading | SnapshotState::Checking));
    Ok(!session.example && !provisional && heads.as_slice().len() <= SNAPSHOT_HEADS_MAX)
}

/// Whether a snapshot up to `theirs` lacks so much that a new one is worth its bytes.
pub(super) fn is_old(theirs: &Heads, ours: &Heads) -> bool {
    let held = |of: &radrum_wire::Head| {
        let mut same = theirs.as_slice().iter();
        same.rfind(|head| head.log == of.log)
            .map_or(0, |head| head.seq.0)
    };
    let (mut all, mut behind) = (0_u64, 0_u64);
    for head in ours.as_slice() {
        all = all.saturating_add(head.seq.0);
        behind = behind.saturating_add(head.seq.0.saturating_sub(held(head)));
    }
    behind > BEHIND_MAX || behind.saturating_mul(BEHIND_SHARE) > all
}

/// Seals all parts, of one commit, from part 1 on. None when they do not fit.
pub(super) fn make(session: &Session) -> Result<Vec<Vec<u8>>, Error> {
    let mut making = Making {
        session,
        id: EntryHash::from_bytes(session.world.random()?),
        sealed: vec![Vec::new()],
        items: 0,
        erased: 0,
    };
    session.read(|read| {
        making.erased = read.erased()?;
        let heads = load_holdings(&read, session.profile().region)?.heads();
        making.items_of(&read)?;
        making.end(heads)
    })
}

struct Making<'a> {
    session: &'a Session,
    id: EntryHash,
    /// Part 1 stands first and is sealed last: it says how many there are.
    sealed: Vec<Vec<u8>>,
    items: u64,
    /// Erasures that are done here.
    erased: u64,
}

impl Making<'_> {
    /// People and cards first, as a rebuild does.
    fn items_of(&mut self, read: &Read<'_>) -> Result<(), Error> {
        let (mut part, mut bytes) = (Vec::new(), 0);
        for kind in ORDER {
            let mut after = 0;
            loop {
                let rows = read.shown_after(kind, after, ROWS)?;
                let Some((last, _)) = rows.last() else {
                    break;
                };
                after = *last;
                for (_, item) in rows {
                    let size = size_of(&item);
                    if bytes + size > INFLATED_BYTES_MAX - ITEM_BYTES
                        || part.len() == SNAPSHOT_ITEMS_MAX
                    {
                        self.seal(std::mem::take(&mut part))?;
                        bytes = 0;
                    }
                    bytes += size;
                    part.push(item);
                }
            }
        }
        self.seal(part)
    }

    /// Seals a part, or halves of it when it cannot be made small enough. An item that fills
    /// more than a part comes with the logs.
    fn seal(&mut self, items: Vec<SnapshotItem>) -> Result<(), Error> {
        if items.is_empty() {
            return Ok(());
        }
        let count = items.len();
        let part = SnapshotPart(items);
        let sealed = match part.encode_record() {
            Ok(body) => self.seal_body(Kind::SNAPSHOT_PART, self.sealed.len() + 1, body)?,
            Err(_) => None,
        };
        match sealed {
            Some(sealed) => {
                self.sealed.push(sealed);
                self.items += count as u64;
                Ok(())
            }
            None if count == 1 => Ok(()),
            None => {
                let mut first = part.0;
                let second = first.split_off(count / 2);
                self.seal(first)?;
                self.seal(second)
            }
        }
    }

    fn end(mut self, heads: Heads) -> Result<Vec<Vec<u8>>, Error> {
        if self.sealed.len() > SNAPSHOT_PARTS_MAX || heads.as_slice().len() > SNAPSHOT_HEADS_MAX {
            return Ok(Vec::new());
        }
        let head = SnapshotHead {
            parts: u32::try_from(self.sealed.len()).unwrap_or(u32::MAX),
            items: self.items,
            heads,
            erased: self.erased,
            reading: reading(),
        };
        let body = head
            .encode_record()
            .map_err(|error| Error::bug(error.code()))?;
        let Some(sealed) = self.seal_body(Kind::SNAPSHOT_HEAD, 1, body)? else {
            return Ok(Vec::new());
        };
        if let Some(first) = self.sealed.first_mut() {
            *first = sealed;
        }
        tracing::info!(parts = head.parts, items = head.items, "snapshot made");
        Ok(self.sealed)
    }

    /// A save waits at most for one of these. None when it does not fit in an envelope.
    fn seal_body(
        &self,
        kind: Kind,
        number: usize,
        body: Vec<u8>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let (id, number) = (self.id, Seq(number as u64));
        let sealed = self
            .session
            .on_writer(move |side| side.seal_snapshot((id, number), kind, body));
        match sealed {
            Ok(sealed) => Ok(Some(sealed)),
            Err(error) if error.code == Code::TooLarge => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn size_of(item: &SnapshotItem) -> usize {
    let texts = [&item.key, &item.kind, &item.created_by, &item.updated_by];
    let texts: usize = texts.iter().map(|text| text.len()).sum();
    ITEM_BYTES + texts + item.value.len() + item.heads.len() * 34
}

#[cfg(test)]
mod tests {
    use super::is_old;
    use radrum_wire::{EntryHash, Head, Heads, LogId, Seq};

    fn heads(ends: &[(u8, u64)]) -> Heads {
        let head = |&(log, seq): &(u8, u64)| Head {
            log: LogId::from_bytes([log; 16]),
            seq: Seq(seq),
            hash: EntryHash::from_bytes([log; 32]),
        };
        Heads::new(ends.iter().map(head).collect())
    }

    #[test]
    fn a_snapshot_is_old_when_it_lacks_a_fifth_or_two_thousand_entries() {
        let ours = heads(&[(1, 90), (2, 10)]);
        assert!(!is_old(&ours, &ours));
        assert!(!is_old(&heads(&[(1, 80), (2, 10)]), &ours));
        assert!(!is_old(&heads(&[(1, 70), (2, 10), (3, 900)]), &ours));
        assert!(is_old(&heads(&[(1, 79)]), &ours));
        assert!(is_old(&Heads::default(), &ours));
        let many = heads(&[(1, 90_000)]);
        assert!(!is_old(&heads(&[(1, 88_000)]), &many));
        assert!(is_old(&heads(&[(1, 87_999)]), &many));
    }
}
