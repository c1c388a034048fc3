//! Posts without a name. One that was written here lies in a table of its own until its time has
//! come, is then given to a relay by nobody, and is taken in when it comes back, as everybody
//! else's. So no log, head, heartbeat, snapshot, bundle or line in the house has it before.

mod said;

use super::WriteSide;
use super::roads::encoded;
use crate::krets::Drawing;
use crate::{Code, Error};
use radrum_domain::{Edit, ItemKey, Kind};
use radrum_seal::{
    Blinding, OnceKey, anonymous_place, blind, seal_anonymous, spend, step_forward, unblind,
};
use radrum_store::{TokenRow, UnnamedAct, UnnamedPost};
use radrum_sync::Unnamed;
use radrum_wire::limits::TOKENS_WEEKLY;
use radrum_wire::{
    AnonymousPost, Blinded, Body, EntryHash, Facts, Generation, Ground, ItemId, Record as _,
    SignedFact, TokenIssuer,
};
use said::{json, said};
use std::collections::BTreeSet;

/// Shortest and longest time between writing and sending, in milliseconds.
const DELAY_MS: (u64, u64) = (5 * 60_000, 6 * 3_600_000);

/// A week, by which tokens are fetched, in milliseconds.
const WEEK_MS: i64 = 7 * 24 * 3_600_000;

/// Signed tokens that are kept: those of a month.
const TOKENS_KEPT: u32 = 4 * TOKENS_WEEKLY as u32;

/// Another key of a relay is named this long after the one before, in milliseconds: one that
/// draws a new one for each device would otherwise know them by it.
const RENAME_MS: i64 = 30 * 24 * 3_600_000;

/// Setting: the week in which tokens were asked for last.
const WEEK: &str = "anonymous_week";

/// Setting: when this device named an issuer last, UTC ms.
const NAMED: &str = "anonymous_issuer_named";

/// What is written without a name.
pub(crate) struct Nameless {
    pub kind: Kind,
    /// The question that it answers; none for a question.
    pub question: Option<ItemId>,
    pub edits: Vec<Edit>,
}

/// What is done later, without a name either, with what was written so.
pub(crate) enum Later {
    Change(Vec<Edit>),
    /// Why it is erased.
    Erase(Ground, String),
}

/// When a post is sent that was written at a moment, UTC ms. Any time between the shortest and
/// the longest is as likely as any other, to a millisecond.
pub(crate) const fn release_at(written_at: i64, drawn: [u8; 8]) -> i64 {
    let (least, most) = DELAY_MS;
    let span = most - least + 1;
    // The scaled product has no remainder that would prefer early times.
    let scaled = ((u64::from_le_bytes(drawn) as u128) * (span as u128)) >> 64;
    written_at.saturating_add((least + scaled as u64).cast_signed())
}

/// Whether a post may be sent. One that would wait longer than any does was written while the
/// clock was ahead: nobody knows how long it has waited, and it has no better time to wait for.
const fn is_due(release_at: i64, now: i64) -> bool {
    release_at <= now || release_at > now.saturating_add(DELAY_MS.1.cast_signed())
}

impl WriteSide {
    /// Keeps a post until its time has come.
    pub fn write_nameless(&mut self, said: Nameless) -> Result<(), Error> {
        self.in_krets()?;
        let known = match said.question {
            Some(question) => self.writer.read().unnamed_thread(question)?,
            None => None,
        };
        let thread = match known {
            Some(secret) => OnceKey::from_secret(&secret),
            None => OnceKey::generate(&mut Drawing(&self.world))?,
        };
        let item = ItemId::of_log(thread.log(), self.world.random()?);
        let key = ItemKey::random(said.kind, item);
        let question = said.question.unwrap_or(item);
        let now = self.world.clock.now_ms();
        let post = UnnamedPost {
            n: 0,
            act: UnnamedAct::Write,
            item,
            question,
            key: key.to_string(),
            said: json(&said.edits)?,
            release_at: release_at(now, self.world.random()?),
            entry: None,
            post: None,
            is_back: false,
        };
        let tx = self.writer.begin()?;
        if known.is_none() {
            tx.put_unnamed_thread(question, &thread.to_secret())?;
        }
        tx.put_unnamed_post(&post)?;
        Ok(tx.commit()?)
    }

    /// Whether the reader wrote an item without a name, and it stands where all others do.
    pub fn is_own_nameless(&self, item: ItemId) -> Result<bool, Error> {
        let post = self.writer.read().unnamed_post(item)?;
        Ok(post.is_some_and(|post| post.is_back))
    }

    /// Keeps what is to be done with an own post that has come back, until its time has come. It
    /// is told from nothing else that is written in the thread.
    pub fn do_nameless(&mut self, item: ItemId, later: &Later) -> Result<(), Error> {
        let gone = || Error::new(Code::NotFound, "not written here");
        let post = self.writer.read().unnamed_post(item)?;
        let post = post.filter(|post| post.is_back).ok_or_else(gone)?;
        let (act, said) = match later {
            Later::Change(edits) => (UnnamedAct::Change, json(edits)?),
            Later::Erase(ground, decision) => (UnnamedAct::Erase, json(&(ground.0, decision))?),
        };
        let now = self.world.clock.now_ms();
        let release_at = release_at(now, self.world.random()?);
        let tx = self.writer.begin()?;
        tx.put_unnamed_post(&UnnamedPost {
            act,
            said,
            release_at,
            ..post
        })?;
        Ok(tx.commit()?)
    }

    /// How many devices and municipalities belong, and the number of the issuer; none outside of
    /// a krets.
    pub fn crowd(&self) -> Option<((usize, usize), Option<u32>)> {
        let krets = self.krets.as_ref().filter(|krets| krets.belongs())?;
        let issuer = krets.members.token_issuer();
        Some((krets.members.crowd(), issuer.map(|issuer| issuer.number)))
    }

    /// Takes back what has not been sealed yet.
    pub fn withdraw_nameless(&mut self, n: i64) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        if !tx.withdraw_unnamed_post(n)? {
            return Err(Error::new(Code::NotFound, "sent already"));
        }
        Ok(tx.commit()?)
    }

    /// The thread's own word that the member of this device wrote an item, in hexadecimal.
    pub fn stepping_forward(&self, item: ItemId) -> Result<String, Error> {
        let gone = || Error::new(Code::NotFound, "not written here");
        let read = self.writer.read();
        let post = read.unnamed_post(item)?.filter(|post| post.is_back);
        let question = post.ok_or_else(gone)?.question;
        let secret = read.unnamed_thread(question)?.ok_or_else(gone)?;
        let me = self.profile.me.as_ref().ok_or_else(gone)?;
        let thread = OnceKey::from_secret(&secret);
        let (key, signature) = step_forward(&thread, self.profile.region, item, me.id());
        Ok(hex::encode(key.as_bytes()) + &hex::encode(signature.as_bytes()))
    }

    /// What is to be asked of a relay that signs with this key. `given` is what it has taken
    /// already and has not come back; `letters` is false when it is known to send none.
    pub fn unnamed(
        &mut self,
        relay: &[u8],
        given: &BTreeSet<EntryHash>,
        letters: bool,
    ) -> Result<Option<Unnamed>, Error> {
        let krets = self.in_krets()?;
        if !krets.is_crowd() {
            return Ok(None);
        }
        let Some(issuer) = self.issuer_here(relay)? else {
            return Ok(None);
        };
        if let Some(record) = self.tokens_due(&issuer)? {
            return Ok(Some(Unnamed::Tokens(record)));
        }
        if let Some(post) = self.post_due(&issuer, given)? {
            return Ok(Some(post));
        }
        if !letters {
            return Ok(None);
        }
        let order = self.mail_due(&issuer)?;
        order.map_or_else(|| self.hints_due(), |order| Ok(Some(order)))
    }

    /// The issuer that the facts name, if this relay is it. An admin's program names the key of
    /// the first relay, and that of another one when the old is gone, a month later at least.
    fn issuer_here(&mut self, relay: &[u8]) -> Result<Option<TokenIssuer>, Error> {
        let krets = self.in_krets()?;
        let newest = krets.members.token_issuer().cloned();
        if newest.as_ref().is_some_and(|newest| newest.key == relay) {
            return Ok(newest);
        }
        let now = self.world.clock.now_ms();
        let named = self.writer.read().setting(NAMED)?;
        let named: Option<i64> = named.and_then(|text| text.parse().ok());
        // One that was named at a time to come was named by a clock that was ahead.
        let too_soon = named.is_some_and(|at| (at..at.saturating_add(RENAME_MS)).contains(&now));
        if too_soon || !krets.members.is_any_admin(&krets.keys.sign_key()) {
            return Ok(None);
        }
        let next = TokenIssuer {
            region: self.profile.region,
            number: newest.map_or(1, |newest| newest.number.saturating_add(1)),
            key: relay.to_vec(),
        };
        let mut fact = SignedFact::new(&next).map_err(|error| Error::bug(error.code()))?;
        krets.keys.sign_fact(&mut fact);
        let tx = self.writer.begin()?;
        tx.put_setting(NAMED, &now.to_string())?;
        tx.commit()?;
        self.say_facts(&Facts(vec![fact]), None)?;
        Ok(self.in_krets()?.members.token_issuer().cloned())
    }

    /// The week's request, the same bytes until it is answered. Every device makes one each week.
    fn tokens_due(&mut self, issuer: &TokenIssuer) -> Result<Option<Vec<u8>>, Error> {
        let read = self.writer.read();
        let mut asked = read.asked_tokens()?;
        asked.retain(|token| token.issuer == issuer.number);
        if asked.is_empty() {
            let week = self.world.clock.now_ms().div_euclid(WEEK_MS).to_string();
            if read.setting(WEEK)?.as_ref() == Some(&week) {
                return Ok(None);
            }
            for _ in 0..TOKENS_WEEKLY {
                let mut drawing = Drawing(&self.world);
                let key = OnceKey::generate(&mut drawing)?;
                let blinding = blind(&issuer.key, issuer.region, &key, &mut drawing)?;
                asked.push(TokenRow {
                    n: 0,
                    secret: *key.to_secret(),
                    issuer: issuer.number,
                    message: blinding.message,
                    blinding: blinding.secret,
                });
            }
            let tx = self.writer.begin()?;
            tx.trim_tokens(TOKENS_KEPT)?;
            for token in &asked {
                tx.put_token(token)?;
            }
            tx.put_setting(WEEK, &week)?;
            tx.commit()?;
        }
        let messages = asked.into_iter().map(|token| token.message.into());
        Ok(Some(encoded(&Blinded(messages.collect()))?))
    }

    /// Takes what a relay signed without seeing it. Tokens that it did not sign are dropped.
    pub fn take_tokens(&mut self, record: &[u8]) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let issuer = krets.members.token_issuer().cloned();
        let asked = self.writer.read().asked_tokens()?;
        let signed = Blinded::decode_record(record).map_or_else(|_| Vec::new(), |of| of.0);
        let tx = self.writer.begin()?;
        for (token, signature) in asked.into_iter().zip(signed) {
            let Some(issuer) = issuer.as_ref().filter(|of| of.number == token.issuer) else {
                continue;
            };
            let key = OnceKey::from_secret(&token.secret);
            let blinding = Blinding {
                message: token.message,
                secret: token.blinding,
            };
            match unblind(&issuer.key, issuer.region, &key, &blinding, &signature) {
                Ok(issued) => tx.sign_token(token.n, &issued)?,
                Err(error) => tracing::warn!(code = error.code(), "token of a relay"),
            }
        }
        tx.trim_tokens(TOKENS_KEPT)?;
        Ok(tx.commit()?)
    }

    /// The first post whose time has come and that does not stand on one that is on its way.
    fn post_due(
        &mut self,
        issuer: &TokenIssuer,
        given: &BTreeSet<EntryHash>,
    ) -> Result<Option<Unnamed>, Error> {
        let now = self.world.clock.now_ms();
        let mut on_way = BTreeSet::new();
        let posts = self.writer.read().unnamed_posts()?;
        if posts.iter().any(|post| post.is_back && post.post.is_some()) {
            let tx = self.writer.begin()?;
            tx.end_unnamed_posts()?;
            tx.commit()?;
        }
        for post in posts {
            if post.is_back || !on_way.insert(post.question) {
                continue;
            }
            if let (Some(entry), Some(record)) = (post.entry, &post.post) {
                if !given.contains(&entry) {
                    return Ok(Some(Unnamed::Post(record.clone())));
                }
            } else if is_due(post.release_at, now)
                && let Some(record) = self.seal_post(&post, issuer)?
            {
                return Ok(Some(Unnamed::Post(record)));
            }
        }
        Ok(None)
    }

    /// Seals a post under the key of its thread. None without a token: it waits for one. One
    /// whose item was erased meanwhile is dropped.
    fn seal_post(
        &mut self,
        post: &UnnamedPost,
        issuer: &TokenIssuer,
    ) -> Result<Option<Vec<u8>>, Error> {
        let gone = || Error::bug("a post without its thread");
        let secret = self.writer.read().unnamed_thread(post.question)?;
        let thread = OnceKey::from_secret(&secret.ok_or_else(gone)?);
        let last = self.writer.read().last_entry(thread.log())?;
        let place = anonymous_place(self.profile.region, &thread, last.as_ref());
        let krets = self.krets.as_ref().ok_or_else(super::roads::outside)?;
        let tx = self.writer.begin()?;
        let Some((kind, said)) = said(&tx, krets, &self.world, (post, &thread))? else {
            tx.withdraw_unnamed_post(post.n)?;
            tx.commit()?;
            return Ok(None);
        };
        let Some((secret, issued)) = tx.take_token(issuer.number)? else {
            return Ok(None);
        };
        let token = spend(&OnceKey::from_secret(&secret), issued, &place);
        let sealed = seal_anonymous(
            place,
            &thread,
            (token.clone(), kind, said),
            krets.epoch()?,
            &mut Drawing(&self.world),
        )?;
        let record = encoded(&AnonymousPost {
            token,
            envelope: sealed.bytes,
        })?;
        tx.seal_unnamed_post(post.n, Some((sealed.hash, &record)))?;
        tx.commit()?;
        Ok(Some(record))
    }

    /// The relay does not take a post as it is: it is sealed anew with another token.
    pub fn post_refused(&mut self, record: &[u8]) -> Result<(), Error> {
        let posts = self.writer.read().unnamed_posts()?;
        let same = posts
            .iter()
            .find(|post| post.post.as_deref() == Some(record));
        let tx = self.writer.begin()?;
        if let Some(post) = same {
            tx.seal_unnamed_post(post.n, None)?;
        }
        Ok(tx.commit()?)
    }
}

/// Whether the changes of an anonymous entry begin or go on with what this thread has begun,
/// and nothing else.
pub(super) fn is_of_thread(place: &radrum_wire::Place, body: &Body) -> bool {
    body.changes.iter().all(|change| {
        let begun = radrum_domain::begins(&change.change);
        change.item.is_of_log(place.log)
            && change.generation == Generation::FIRST
            && begun.is_none_or(|kind| matches!(kind, Kind::Question | Kind::Answer))
    })
}

#[cfg(test)]
mod tests {
    use super::{DELAY_MS, is_due, release_at};

    #[test]
    fn a_post_leaves_between_five_minutes_and_six_hours_after_it_was_written() {
        let delay = |drawn: u64| release_at(1_000, drawn.to_le_bytes()) - 1_000;
        assert_eq!(delay(0), DELAY_MS.0.cast_signed());
        assert_eq!(delay(u64::MAX), DELAY_MS.1.cast_signed());
    }

    #[test]
    fn every_part_of_that_time_is_as_likely() {
        let mut random = blake3::Hasher::new().update(b"delays").finalize_xof();
        let mut parts = [0_u32; 20];
        let width = (DELAY_MS.1 - DELAY_MS.0 + 1).div_ceil(20);
        for _ in 0..40_000 {
            let mut drawn = [0; 8];
            random.fill(&mut drawn);
            let delay = release_at(0, drawn).unsigned_abs() - DELAY_MS.0;
            parts[usize::try_from(delay / width).expect("part")] += 1;
        }
        // Chi-square with 19 degrees of freedom: 43.8 is passed once in a thousand.
        let expected = 2_000.0;
        let chi: f64 = parts
            .iter()
            .map(|n| (f64::from(*n) - expected).powi(2) / expected)
            .sum();
        assert!(chi < 43.8, "{chi}");
    }

    #[test]
    fn a_post_waits_for_its_time_and_not_for_that_of_a_clock_that_was_ahead() {
        let now = 1_795_392_000_000;
        for drawn in [[0; 8], [255; 8]] {
            let at = release_at(now, drawn);
            assert!(!is_due(at, now) && !is_due(at, at - 1) && is_due(at, at));
        }
        let ahead = now + 365 * 24 * 3_600_000;
        assert!(is_due(release_at(ahead, [0; 8]), now));
        assert!(!is_due(now + DELAY_MS.1.cast_signed(), now));
    }
}
