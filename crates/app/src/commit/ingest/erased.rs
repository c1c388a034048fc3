//! Erasures, drops and receipts of others, and entries that an erasure reaches, whatever came
//! first.

use super::documents::Documents;
use super::ended::{self, more_of, receipt_of};
use super::{Batch, Opened, author_of, seq_of};
use crate::Error;
use crate::commit::erase::Hands;
use crate::krets::Krets;
use radrum_seal::{Author, Entry, SealError, unseal};
use radrum_store::{EntryRow, ErasureRow, ErasureState, LATER_GENERATION, Tx, Unsaid, Untaken};
use radrum_sync::Inserted;
use radrum_wire::{
    Body, Dropped, Envelope, Erase, EraseReceipt, Head, ItemId, Kind, Place, Record as _,
};
use std::collections::BTreeSet;

/// Most stubs that are kept until something names them.
const MET_STUBS_MAX: u32 = 65_536;

/// Whether an entry is about erasure, in a form that this program reads.
pub(super) fn reads(entry: &Entry) -> bool {
    entry.schema == 1
        && match entry.kind {
            Kind::ERASE => Erase::decode_record(&entry.body).is_ok(),
            Kind::ANONYMOUS_ERASE => is_of_thread(entry),
            Kind::DROP => Dropped::decode_record(&entry.body).is_ok(),
            Kind::ERASE_RECEIPT => EraseReceipt::decode_record(&entry.body).is_ok(),
            _ => false,
        }
}

/// Whether an erasure of a nameless thread names nothing but what was begun there.
pub(super) fn is_of_thread(entry: &Entry) -> bool {
    Erase::decode_record(&entry.body).is_ok_and(|erase| {
        let mut targets = erase.targets.iter();
        targets.all(|target| target.item.is_of_log(entry.place.log))
    })
}

/// Opens an entry that waits for others, if it is about erasure: what stands before it in its
/// log may be the very stub that it names. Of a log that was cut, only what is shown to lead to
/// the cutoff: whoever was taken out could fork it below.
pub(super) fn open_early(
    tx: &Tx<'_>,
    krets: &Krets,
    row: &EntryRow,
) -> Result<Option<Opened>, Error> {
    let Ok(envelope) = Envelope::decode(&row.envelope) else {
        return Ok(None);
    };
    let entry = unseal(&envelope, krets.members.region(), &krets.epochs)
        .and_then(|unsealed| unsealed.verify(&krets.members));
    if matches!(entry, Err(SealError::AfterCutoff)) {
        return ended::carried_out(tx, krets, row);
    }
    let Some(entry) = entry.ok().filter(reads) else {
        return Ok(None);
    };
    let place = envelope.place();
    if let Some(last) = krets.members.cutoff(place.log)
        && tx.read().on_way_to(&last, place.seq)? != Some(row.hash)
    {
        let needs = [*place.prev.as_bytes(), more_of(place.log)];
        tx.put_untaken(row.n, Untaken::Waits, "before", &needs)?;
        return Ok(None);
    }
    Ok(Some(Opened {
        n: row.n,
        entry,
        body: Body::default(),
    }))
}

impl Batch<'_> {
    /// Takes the stub of an entry, once an erasure or a device of the krets names it. One that
    /// nothing names is kept aside and stays a gap.
    pub(super) fn take_stub(&mut self, envelope: &Envelope<'_>) -> Result<(), Error> {
        let (stub, hash) = (envelope.stub(), envelope.hash());
        if !self.tx.read().is_named(hash)? && !self.is_after_end(envelope.place()) {
            // News once: a road that brings nothing new is not asked on.
            let met = self.tx.meet_stub(hash, envelope.bytes(), MET_STUBS_MAX)?;
            self.ingested.new += u32::from(met);
            self.ingested.known += u32::from(!met);
            return Ok(());
        }
        let place: Place = stub.place;
        let read = self.tx.read();
        let holds = |head: &Head| head.hash != hash && read.holds_entry(head.hash).unwrap_or(false);
        match self.holdings.insert(&place, hash, &holds) {
            Inserted::Known => self.ingested.known += 1,
            Inserted::Broken | Inserted::Full => self.ingested.refused += 1,
            Inserted::Extended | Inserted::Branched | Inserted::Pending => {
                self.keep(&place, hash, envelope.bytes())?;
                let head = Head {
                    log: place.log,
                    seq: place.seq,
                    hash,
                };
                self.tx.note_stub(&head, Unsaid::Said)?;
            }
        }
        Ok(())
    }

    /// Whether a place is after the end of whoever wrote there: nothing counts there, and who
    /// could have named a stub may be gone.
    fn is_after_end(&self, place: &Place) -> bool {
        let members = &self.krets.members;
        let last = members.cutoff(place.log).map(|last| last.seq);
        members.cut_logs().any(|log| log == place.log) && last.is_none_or(|last| place.seq > last)
    }

    /// Takes an envelope that is held. The bytes of a stub are erased once more by all who have
    /// them; those of which nothing was erased take its place.
    pub(super) fn take_known(&mut self, envelope: &Envelope<'_>) -> Result<(), Error> {
        let hash = envelope.hash();
        if envelope.is_stub() || !self.tx.read().is_stub(hash)? {
            self.ingested.known += 1;
            return Ok(());
        }
        let hands = Hands {
            tx: &self.tx,
            krets: Some(&*self.krets),
            own: &self.own,
        };
        if hands.lives(envelope)? {
            let n = self.tx.take_stub_back(hash, envelope.bytes())?;
            let envelope = envelope.bytes().to_vec();
            self.queue.push_back(EntryRow { n, hash, envelope });
            self.ingested.new += 1;
        } else {
            self.tx.drop_again(hash)?;
            self.ingested.known += 1;
        }
        Ok(())
    }

    /// Facts have come: erasures that did not stand may stand now, and stubs may be after an end.
    pub(super) fn reconsider(&mut self, documents: &mut Documents) -> Result<(), Error> {
        for stub in self.tx.read().met_stubs()? {
            if let Ok(envelope) = Envelope::decode(&stub)
                && self.is_after_end(envelope.place())
            {
                self.tx.end_met_stub(envelope.hash())?;
                self.take_stub(&envelope)?;
            }
        }
        for row in self.tx.read().erasures()? {
            if row.state == ErasureState::Asked {
                self.apply(row.n, &row, documents)?;
            }
        }
        Ok(())
    }

    /// Takes an entry that is about erasure.
    pub(super) fn take_erasing(
        &mut self,
        opened: &Opened,
        documents: &mut Documents,
    ) -> Result<(), Error> {
        let entry = &opened.entry;
        match entry.kind {
            Kind::ERASE | Kind::ANONYMOUS_ERASE => {
                let row = ErasureRow {
                    n: 0,
                    log: entry.place.log,
                    seq: seq_of(entry),
                    body: entry.body.clone(),
                    author: author_of(entry),
                    vouched: !matches!(entry.author, Author::Unvouched(_)),
                    written_at: entry.written_at,
                    device: entry.grant,
                    state: ErasureState::Asked,
                    done_at: 0,
                    kinds: Vec::new(),
                    unseen: 0,
                };
                match self.tx.put_erasure(&row)? {
                    Some(n) => self.apply(n, &row, documents),
                    None => Ok(()),
                }
            }
            Kind::DROP => self.take_drop(entry),
            Kind::ERASE_RECEIPT => {
                let receipt = EraseReceipt::decode_record(&entry.body);
                let receipt = receipt.map_err(|error| Error::bug(error.code()))?;
                if let Some(device) = entry.grant {
                    self.tx.put_receipt(device, &receipt.heads)?;
                }
                for head in &receipt.heads {
                    let vouched = self.tx.take_waiting(&receipt_of(head.log))?;
                    self.queue.extend(vouched);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn apply(&mut self, n: i64, row: &ErasureRow, documents: &mut Documents) -> Result<(), Error> {
        let erase = Erase::decode_record(&row.body).map_err(|error| Error::bug(error.code()))?;
        let hands = Hands {
            tx: &self.tx,
            krets: Some(&*self.krets),
            own: &self.own,
        };
        if !hands.stands(row, &erase) {
            tracing::warn!(log = %row.log, seq = row.seq.0, "an erasure that does not stand");
            return Ok(());
        }
        let gone = hands.carry_out(n, &erase, |item| documents.forget(item))?;
        self.erased.extend(gone.keys);
        self.queue.extend(self.tx.read().reached_by_erasure()?);
        self.take_named()
    }

    fn take_drop(&mut self, entry: &Entry) -> Result<(), Error> {
        let dropped = Dropped::decode_record(&entry.body);
        let dropped = dropped.map_err(|error| Error::bug(error.code()))?;
        for head in &dropped.entries {
            self.tx.name_stub(head.hash, 0)?;
        }
        self.take_named()
    }

    fn take_named(&mut self) -> Result<(), Error> {
        for stub in self.tx.take_met_stubs()? {
            if let Ok(envelope) = Envelope::decode(&stub)
                && !self.tx.read().holds_entry(envelope.hash())?
            {
                self.take_stub(&envelope)?;
            }
        }
        Ok(())
    }

    /// Leaves out what is erased, and keeps its entries as stubs; sets entries aside whose
    /// generation no erasure that stands has begun. Gives what is to be taken in.
    pub(super) fn sift(&mut self, opened: Vec<Opened>) -> Result<Vec<Opened>, Error> {
        let mut living = Vec::new();
        for mut one in opened {
            let (mut erased, mut later) = (BTreeSet::new(), false);
            for change in &one.body.changes {
                let standing = self.tx.read().standing(change.item)?;
                if change.generation < standing {
                    erased.insert(change.item);
                } else if change.generation > standing {
                    later = true;
                }
            }
            if later {
                self.tx
                    .put_untaken(one.n, Untaken::SetAside, LATER_GENERATION, &[])?;
                let after = self.tx.take_waiting(one.entry.hash.as_bytes())?;
                self.queue.extend(after);
                continue;
            }
            if !erased.is_empty() {
                self.reach(&mut one, &erased)?;
            }
            living.push(one);
        }
        Ok(living)
    }

    fn reach(&mut self, one: &mut Opened, erased: &BTreeSet<ItemId>) -> Result<(), Error> {
        one.body
            .changes
            .retain(|change| !erased.contains(&change.item));
        let read = self.tx.read();
        let Some(bytes) = read.envelope(one.entry.hash)? else {
            return Ok(());
        };
        let hands = Hands {
            tx: &self.tx,
            krets: Some(&*self.krets),
            own: &self.own,
        };
        if hands.clean_envelope(one.n, &bytes)? {
            for item in erased {
                self.tx.erasure_reaches(*item)?;
            }
        }
        Ok(())
    }
}
