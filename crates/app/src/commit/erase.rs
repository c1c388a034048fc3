//! Erasure: what a standing erasure takes away here, in one transaction with the entry that
//! says it, and what is done afterwards so that nothing of it is left in the file.
//!
//! What stands is a function of the entries that are held, whatever came first. An erasure that
//! was carried out in rows and was interrupted before the file was clean goes on at the next
//! start.

use super::batch::slug_edit;
use super::own::NOBODY;
use super::{Batch, WriteSide};
use crate::krets::Krets;
use crate::{Code, Error};
use radrum_domain::{Document, ItemKey, restate};
use radrum_seal::{Author, Entry, unseal};
use radrum_store::{ErasureRow, ErasureState, Tx, Unsaid};
use radrum_wire::limits::{ERASE_ENTRIES_MAX, RECEIPT_HEADS_MAX};
use radrum_wire::{
    Body, Dropped, EntryHash, Envelope, Erase, EraseReceipt, EraseTarget, FactHash, Generation,
    Ground, Head, ItemId, Kind, LogId, Record as _, Seq,
};
use std::collections::BTreeSet;

/// Whether the text that stands now is kept as a new beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing is kept.
    Nothing,
    /// What the item says now, without its history.
    AsItStands,
}

/// Who may erase an item.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    /// This device.
    pub may: bool,
    /// This device with two root keys.
    pub by_roots: bool,
    /// Members whose devices may besides its author.
    pub members: Vec<ItemId>,
}

/// What erasing needs to see of this device.
pub(super) struct Hands<'a> {
    pub tx: &'a Tx<'a>,
    /// None before a krets: the own log is all there is.
    pub krets: Option<&'a Krets>,
    /// Logs of this device.
    pub own: &'a [LogId],
}

/// What an erasure took away.
#[derive(Debug, Default)]
pub(super) struct Gone {
    pub items: Vec<ItemId>,
    pub keys: Vec<ItemKey>,
}

impl Hands<'_> {
    /// Whether the facts let whoever said an erasure erase all that it names.
    pub fn stands(&self, row: &ErasureRow, erase: &Erase) -> bool {
        let author = if row.author == NOBODY {
            Author::Program
        } else if row.vouched {
            Author::Member(row.author)
        } else {
            Author::Unvouched(row.author)
        };
        let mut targets = erase.targets.iter();
        let device = match (self.krets, row.device) {
            (Some(krets), device) => device.or_else(|| self.is_own(row).then_some(krets.grant)),
            (None, _) => None,
        };
        targets.all(|target| match (self.krets, device) {
            (Some(krets), Some(device)) => krets.members.may_erase(device, author, target.item),
            // Before a krets the own log is all there is.
            (None, _) => self.own.iter().any(|log| target.item.is_of_log(*log)),
            // Whoever has the key of a nameless thread.
            (Some(_), None) => target.item.is_of_log(row.log),
        })
    }

    /// Whether this device said an erasure.
    fn is_own(&self, row: &ErasureRow) -> bool {
        match row.device {
            Some(device) => self.krets.is_some_and(|krets| krets.grant == device),
            None => self.own.contains(&row.log),
        }
    }

    /// Carries out an erasure that stands. `pending` are places of changes that this
    /// transaction has taken and not written yet.
    pub fn carry_out(
        &self,
        n: i64,
        erase: &Erase,
        mut pending: impl FnMut(ItemId) -> Vec<(LogId, Seq)>,
    ) -> Result<Gone, Error> {
        let mut gone = Gone::default();
        let (mut kinds, mut unseen) = (Vec::new(), 0);
        for target in &erase.targets {
            for hash in &target.entries {
                self.tx.name_stub(*hash, n)?;
            }
        }
        self.tx.erasure_stands(n, &[], 0)?;
        for target in &erase.targets {
            let Some(taken) = self.tx.erase_item(target.item, target.generation)? else {
                continue;
            };
            let mut places = taken.places;
            places.extend(pending(target.item));
            for place in places {
                unseen += self.clean_place(place, target)?;
            }
            kinds.extend(taken.key.as_ref().map(|key| key.kind().name().to_string()));
            gone.items.push(target.item);
            gone.keys.extend(taken.key);
        }
        if !gone.items.is_empty() {
            for (entry, bytes) in self.tx.read().untaken_envelopes()? {
                self.clean_envelope(entry, &bytes)?;
            }
        }
        self.tx.erasure_stands(n, &kinds, unseen)?;
        Ok(gone)
    }

    /// Cleans the row of the own log and the envelopes at a place. Gives how many of this
    /// device's entries are among them that whoever erased had not seen.
    fn clean_place(&self, (log, seq): (LogId, Seq), target: &EraseTarget) -> Result<u32, Error> {
        if let Some((_, body)) = self.tx.read().clear_at(log, seq)?
            && let Ok(mut body) = Body::decode(&body)
        {
            body.changes.retain(|change| {
                change.item != target.item || change.generation >= target.generation
            });
            let rest = body
                .encode()
                .map_err(|error| Error::new(Code::TooLarge, error.to_string()))?;
            self.tx.clean_log(log, seq, &rest)?;
        }
        let mut unseen = 0;
        for (n, bytes) in self.tx.read().envelopes_at(log, seq)? {
            let is_unseen = Envelope::decode(&bytes)
                .is_ok_and(|envelope| !target.entries.contains(&envelope.hash()));
            if self.clean_envelope(n, &bytes)? && is_unseen && self.own.contains(&log) {
                unseen += 1;
            }
        }
        Ok(unseen)
    }

    /// Leaves the stub of an entry that carries something erased. Content that came with the
    /// program stays as long as something in it lives. Gives whether it is a stub now.
    pub fn clean_envelope(&self, n: i64, bytes: &[u8]) -> Result<bool, Error> {
        let Ok(envelope) = Envelope::decode(bytes) else {
            return Ok(false);
        };
        let Some((entry, body)) = self.read_changes(&envelope) else {
            return Ok(false);
        };
        let (mut erased, mut living) = (Vec::new(), false);
        for change in &body.changes {
            if change.generation < self.tx.read().standing(change.item)? {
                erased.push(change.item);
            } else {
                living = true;
            }
        }
        if erased.is_empty() || (living && entry.author == Author::Program) {
            return Ok(false);
        }
        let place = envelope.place();
        let head = Head {
            log: place.log,
            seq: place.seq,
            hash: entry.hash,
        };
        let unsaid = if self.tx.read().is_named(head.hash)? {
            Unsaid::Said
        } else if self.is_to_say(place.log, &erased)? {
            Unsaid::Mine
        } else {
            Unsaid::Others
        };
        self.tx
            .keep_stub(n, &envelope.stub().envelope(), &head, unsaid)?;
        Ok(true)
    }

    /// Whether an entry can be read and nothing in it was erased.
    pub fn lives(&self, envelope: &Envelope<'_>) -> Result<bool, Error> {
        let Some((_, body)) = self.read_changes(envelope) else {
            return Ok(false);
        };
        for change in &body.changes {
            if change.generation < self.tx.read().standing(change.item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn read_changes(&self, envelope: &Envelope<'_>) -> Option<(Entry, Body)> {
        let krets = self.krets?;
        let entry = unseal(envelope, krets.members.region(), &krets.epochs)
            .and_then(|unsealed| unsealed.verify_despite_end(&krets.members));
        let entry = entry.ok()?;
        let is_read = matches!(entry.kind, Kind::CHANGES | Kind::ANONYMOUS) && entry.schema == 1;
        let body = Body::decode(&entry.body).ok().filter(|_| is_read)?;
        Some((entry, body))
    }

    /// The entries that carry what an item was before a generation.
    pub fn entries_of(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<EntryHash>, Error> {
        let mut entries = BTreeSet::new();
        let read = self.tx.read();
        for (log, seq) in read.places_before(item, generation)? {
            for (_, bytes) in read.envelopes_at(log, seq)? {
                // Another branch of a forked log may stand at the same place.
                let opened = Envelope::decode(&bytes).ok();
                if let Some((entry, body)) = opened.and_then(|one| self.read_changes(&one))
                    && body.changes.iter().any(|change| change.item == item)
                {
                    entries.insert(entry.hash);
                }
            }
        }
        Ok(entries.into_iter().take(ERASE_ENTRIES_MAX).collect())
    }

    /// Whether others learn from this device at once that an entry is a stub: it is of its own
    /// log, or it wrote the erasure.
    fn is_to_say(&self, log: LogId, erased: &[ItemId]) -> Result<bool, Error> {
        if self.own.contains(&log) {
            return Ok(true);
        }
        for row in self.tx.read().erasures()? {
            if row.state != ErasureState::Asked && self.is_own(&row) {
                let erase = Erase::decode_record(&row.body);
                let targets = erase.map(|erase| erase.targets).unwrap_or_default();
                if targets.iter().any(|target| erased.contains(&target.item)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

impl Batch<'_> {
    /// Erases an item, or all but what it says now.
    pub fn erase(
        &mut self,
        key: &ItemKey,
        (ground, decision): (Ground, &str),
        rest: Rest,
    ) -> Result<(), Error> {
        self.check_here(key)?;
        if key.to_string() == self.by {
            // The program would not know any more who uses this computer.
            return Err(Error::new(Code::MayNotErase, "oneself"));
        }
        self.next_entry()?;
        let stored = self.read().doc_meta(key)?;
        let stored = stored.ok_or_else(|| Error::not_found(key))?;
        let item = key.id();
        let generation = Generation(self.read().standing(item)?.0 + 1);
        let mut row = self.erasure(&Erase {
            ground,
            decision: decision.to_string(),
            targets: vec![EraseTarget {
                item,
                generation,
                entries: self.hands(&self.own_logs()).entries_of(item, generation)?,
            }],
        })?;
        let own = self.own_logs();
        let erase = Erase::decode_record(&row.body).map_err(|error| Error::bug(error.code()))?;
        if !self.hands(&own).stands(&row, &erase) {
            return Err(Error::new(Code::MayNotErase, key.to_string()));
        }
        row.seq = self.append_sealed(Kind::ERASE, row.body.clone())?;
        let known = || Error::bug("an erasure at a place that is taken");
        let n = self.tx.put_erasure(&row)?.ok_or_else(known)?;
        self.hands(&own).carry_out(n, &erase, |_| Vec::new())?;
        self.touched.push(key.clone());
        if rest == Rest::AsItStands {
            let mut doc = Document::begin(key.kind())?;
            let mut edits = restate(key.kind(), &stored.plain);
            edits.extend(slug_edit(key));
            let heads = doc.heads();
            let made = doc.edit(&heads, self.actors()?, &edits)?;
            self.keep(key, None, &doc, made)?;
        }
        Ok(())
    }

    fn erasure(&self, erase: &Erase) -> Result<ErasureRow, Error> {
        let body = erase
            .encode_record()
            .map_err(|_| Error::new(Code::TooLarge, "erasure"))?;
        Ok(ErasureRow {
            n: 0,
            log: self.log,
            seq: Seq(0),
            body,
            author: self.author,
            vouched: true,
            written_at: self.now,
            device: self.sealing.as_ref().map(|(krets, _)| krets.grant),
            state: ErasureState::Standing,
            done_at: 0,
            kinds: Vec::new(),
            unseen: 0,
        })
    }

    fn hands<'b>(&'b self, own: &'b [LogId]) -> Hands<'b> {
        Hands {
            tx: &self.tx,
            krets: self.sealing.as_ref().map(|(krets, _)| *krets),
            own,
        }
    }

    fn own_logs(&self) -> Vec<LogId> {
        match &self.sealing {
            Some((krets, _)) => krets.members.logs_of(krets.grant).collect(),
            None => vec![self.log],
        }
    }
}

impl WriteSide {
    /// The computers of the krets with their municipalities, and this one's grant.
    pub fn devices(&self) -> (Vec<(FactHash, ItemId)>, Option<FactHash>) {
        let Some(krets) = &self.krets else {
            return (Vec::new(), None);
        };
        let active = krets.members.active();
        let all = active.map(|(hash, grant)| (hash, grant.municipality));
        (all.collect(), Some(krets.grant))
    }

    /// Who may erase an item.
    pub fn erase_rights(&self, item: ItemId) -> Rights {
        let me = self.profile.me.as_ref().map(ItemKey::id);
        let Some(krets) = &self.krets else {
            return Rights {
                may: item.is_of_log(self.profile.log),
                ..Rights::default()
            };
        };
        let author = me.map_or(Author::Program, Author::Member);
        let grants = krets.members.erasers_of(item).into_iter();
        Rights {
            may: krets.members.may_erase(krets.grant, author, item),
            by_roots: krets.belongs() && me != Some(item),
            members: grants.flat_map(|grant| grant.members.clone()).collect(),
        }
    }

    /// Goes on with what an erasure of this device, or one that was interrupted, has left to do.
    pub fn finish_erasures(&mut self) -> Result<(), Error> {
        if self.krets.is_none() || !self.writer.read().is_erasing()? {
            return self.clean_file();
        }
        self.ingest(&[], None).map(|_| ())
    }

    /// Makes the file forget what was erased, and then says so: merges both search tables, so
    /// that no deleted word stays in them, empties the WAL, and writes a receipt. What cannot
    /// be done now is done later, at the latest at the next start.
    pub(super) fn clean_file(&mut self) -> Result<(), Error> {
        let read = self.writer.read();
        let rebuilding = read.setting("search_stale")?.as_deref() == Some("1")
            || read.setting("projection_done")?.as_deref() == Some("0");
        if !read.is_erasing()? || rebuilding {
            return Ok(());
        }
        let tx = self.writer.begin()?;
        tx.optimize_search()?;
        tx.commit()?;
        if !self.writer.empty_wal()? {
            tracing::warn!("the WAL is in use: an erasure is finished later");
            return Ok(());
        }
        let now = self.world.clock.now_ms();
        let tx = self.writer.begin()?;
        tx.erasures_done(now)?;
        tx.commit()?;
        // Words of the index are read anew: what was erased is in no memory either.
        let _ = self.saved.send(());
        self.say_stubs(Unsaid::Mine)?;
        self.say_receipt()?;
        Ok(())
    }

    /// Says how far this device has erased, unless it has said so.
    pub(super) fn say_receipt(&mut self) -> Result<(), Error> {
        let Some(device) = self.krets.as_ref().map(|krets| krets.grant) else {
            return Ok(());
        };
        let read = self.writer.read();
        let limit = u32::try_from(RECEIPT_HEADS_MAX).unwrap_or(u32::MAX);
        let heads = read.erased_heads(limit)?;
        let mut said = true;
        for head in &heads {
            said &= read.receipts_for(head.log, head.seq)?.contains(&device);
        }
        if said {
            return Ok(());
        }
        let number = read.erased()?;
        let receipt = EraseReceipt { number, heads };
        let body = super::roads::encoded(&receipt)?;
        self.commit("", |batch| {
            batch.private().put_receipt(device, &receipt.heads)?;
            batch.append_sealed(Kind::ERASE_RECEIPT, body).map(|_| ())
        })
    }

    /// Says which entries became stubs here that nothing names, up to that kind.
    pub fn say_stubs(&mut self, up_to: Unsaid) -> Result<(), Error> {
        if self.krets.is_none() {
            return Ok(());
        }
        let limit = u32::try_from(ERASE_ENTRIES_MAX).unwrap_or(u32::MAX);
        loop {
            let rows = self.writer.read().unsaid_stubs(up_to, limit)?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut entries: Vec<Head> = rows.iter().map(|row| row.head).collect();
            entries.sort_unstable();
            let dropped = Dropped { entries };
            let body = super::roads::encoded(&dropped)?;
            self.commit("", |batch| {
                for head in &dropped.entries {
                    batch.private().name_stub(head.hash, 0)?;
                }
                batch.append_sealed(Kind::DROP, body).map(|_| ())
            })?;
        }
    }
}
