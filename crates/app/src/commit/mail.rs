//! Notices by mail. The reader orders letters about labels and areas that she follows, under a key
//! drawn for it, so that a relay learns an address and never whose computer asked. Whoever
//! writes tells what it was about, in words that only the krets can read.

use super::WriteSide;
use super::delivery::sent_by;
use super::roads::encoded;
use crate::Error;
use crate::krets::Drawing;
use crate::mail::{Pending, State};
use crate::news::Ear;
use radrum_domain::{ItemKey, Kind};
use radrum_seal::{EpochKey, OnceKey, hint, order_mail};
use radrum_sync::Unnamed;
use radrum_wire::limits::{HINT_BYTES, HINTS_FOLLOWED, HINTS_TOLD};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{Hint, Hints, ItemId, LogId, MailWish, Seq, TokenIssuer};
use std::collections::BTreeSet;

/// Items that are told of at once.
const TOLD_MAX: usize = 64;

/// What was told last, until it is answered.
pub(super) type Telling = Vec<(ItemId, LogId, Seq)>;

impl WriteSide {
    /// The order that the relay has not taken yet.
    pub(super) fn mail_due(&mut self, issuer: &TokenIssuer) -> Result<Option<Unnamed>, Error> {
        let state = State::read(self.writer.read())?;
        if state.address.is_empty() && state.key.is_none() {
            return Ok(None);
        }
        let krets = self.in_krets()?;
        let epoch = krets.epoch()?;
        let hints = if state.address.is_empty() {
            BTreeSet::new()
        } else {
            let follows = self.writer.read().follows()?;
            followed(self.writer.read().label_aliases()?, follows, epoch)
        };
        let wanted = digest(&state.address, &hints);
        if state.taken == Some(wanted) || state.answer.is_final() {
            return Ok(None);
        }
        if let Some(pending) = state.pending.as_ref().filter(|of| of.digest == wanted) {
            return Ok(Some(Unnamed::Mail(pending.record.clone())));
        }
        self.order(state, issuer, (wanted, hints))
    }

    fn order(
        &mut self,
        mut state: State,
        issuer: &TokenIssuer,
        (digest, hints): ([u8; 32], BTreeSet<[u8; HINT_BYTES]>),
    ) -> Result<Option<Unnamed>, Error> {
        let region = self.profile.region;
        let mut drawing = Drawing(&self.world);
        let mut hints: Vec<Hint> = hints.into_iter().map(Hint::from).collect();
        fill(&mut hints, HINTS_FOLLOWED, &mut drawing)?;
        let tx = self.writer.begin()?;
        let key = if let Some(secret) = &state.key {
            OnceKey::from_secret(secret)
        } else {
            // One token, for ever: it stays until the order is taken.
            let Some((secret, issued)) = tx.take_token(issuer.number)? else {
                return Ok(None);
            };
            state.token = Some((secret, issued));
            let key = OnceKey::generate(&mut drawing)?;
            state.key = Some(*key.to_secret());
            key
        };
        state.number += 1;
        let wish = MailWish {
            number: state.number,
            address: state.address.clone(),
            hints,
        };
        let token = state.token.clone();
        let token = token.map(|(secret, issued)| (OnceKey::from_secret(&secret), issued));
        let order = order_mail(&key, region, encoded(&wish)?, token);
        let record = encoded(&order)?;
        state.pending = Some(Pending {
            digest,
            record: record.clone(),
        });
        state.write(&tx)?;
        tx.commit()?;
        Ok(Some(Unnamed::Mail(record)))
    }

    /// The relay has an order.
    pub fn mail_taken(&mut self, record: &[u8]) -> Result<(), Error> {
        self.change_mail(record, State::take)
    }

    /// The relay sends no letters, or not to this address.
    pub fn mail_refused(&mut self, record: &[u8], code: RefusalCode) -> Result<(), Error> {
        self.change_mail(record, |state| state.refuse(code))
    }

    fn change_mail(&mut self, record: &[u8], change: impl FnOnce(&mut State)) -> Result<(), Error> {
        let mut state = State::read(self.writer.read())?;
        if state.pending.as_ref().is_none_or(|of| of.record != record) {
            return Ok(());
        }
        change(&mut state);
        let tx = self.writer.begin()?;
        state.write(&tx)?;
        Ok(tx.commit()?)
    }

    /// What to tell of own entries that a relay has confirmed. What nobody can follow is forgotten.
    pub(super) fn hints_due(&mut self) -> Result<Option<Unnamed>, Error> {
        let untold = self.writer.read().untold(TOLD_MAX)?;
        if untold.is_empty() {
            return Ok(None);
        }
        let roads = self.writer.read().roads()?;
        let sent = sent_by(roads.into_iter().map(|(_, road)| road));
        let mut hints: BTreeSet<[u8; HINT_BYTES]> = BTreeSet::new();
        let mut telling = Telling::new();
        let epoch = self.in_krets()?.epoch()?.clone();
        let ear = Ear::of(self.writer.read(), None)?;
        for (key, log, seq) in untold {
            if sent.get(&log).is_none_or(|sent| *sent < seq) {
                continue;
            }
            let topics = ear.topics(&key)?;
            let all = topics.iter().filter(|key| is_told(key));
            let mut of_item: BTreeSet<_> = all.map(|key| of(&epoch, key)).collect();
            if !telling.is_empty() && hints.union(&of_item).count() > HINTS_TOLD {
                break;
            }
            hints.append(&mut of_item);
            telling.push((key.id(), log, seq));
        }
        self.telling = telling;
        if hints.is_empty() {
            self.hints_told()?;
            return Ok(None);
        }
        let mut hints: Vec<Hint> = hints.into_iter().map(Hint::from).collect();
        fill(&mut hints, HINTS_TOLD, &mut Drawing(&self.world))?;
        Ok(Some(Unnamed::Hints(encoded(&Hints(hints))?)))
    }

    /// The relay has heard what was told last.
    pub fn hints_told(&mut self) -> Result<(), Error> {
        let telling = std::mem::take(&mut self.telling);
        if telling.is_empty() {
            return Ok(());
        }
        let tx = self.writer.begin()?;
        for (item, log, seq) in telling {
            tx.drop_untold(item, log, seq)?;
        }
        Ok(tx.commit()?)
    }

    /// The relay sends no letters: nobody is told of what was written.
    pub fn hints_refused(&mut self) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.clear_untold()?;
        Ok(tx.commit()?)
    }

    /// Where letters are to go; empty for none. What was refused before is tried again.
    pub fn choose_mail(&mut self, address: &str) -> Result<(), Error> {
        let mut state = State::read(self.writer.read())?;
        state.choose(address);
        let tx = self.writer.begin()?;
        state.write(&tx)?;
        Ok(tx.commit()?)
    }
}

/// Threads are not told of: who follows her own question would be known by it.
fn is_told(key: &ItemKey) -> bool {
    matches!(key.kind(), Kind::Label | Kind::Area)
}

fn followed(
    aliases: radrum_domain::Aliases,
    mut follows: Vec<ItemKey>,
    epoch: &EpochKey,
) -> BTreeSet<[u8; HINT_BYTES]> {
    aliases.settle(&mut follows);
    let told = follows.iter().filter(|key| is_told(key));
    told.take(HINTS_FOLLOWED)
        .map(|key| of(epoch, key))
        .collect()
}

fn of(epoch: &EpochKey, key: &ItemKey) -> [u8; HINT_BYTES] {
    *hint(epoch, &key.to_string())
}

/// Random ones up to a number, in an order that tells nothing.
fn fill(hints: &mut Vec<Hint>, up_to: usize, drawing: &mut Drawing<'_>) -> Result<(), Error> {
    use radrum_seal::Random as _;
    hints.truncate(up_to);
    while hints.len() < up_to {
        let mut drawn = [0; HINT_BYTES];
        drawing.fill(&mut drawn)?;
        hints.push(drawn.into());
    }
    hints.sort_unstable_by_key(|hint| **hint);
    Ok(())
}

fn digest(address: &str, hints: &BTreeSet<[u8; HINT_BYTES]>) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    hash.update(address.as_bytes());
    hash.update(&[0]);
    hints.iter().for_each(|hint| {
        hash.update(hint);
    });
    *hash.finalize().as_bytes()
}
