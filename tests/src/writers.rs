//! Computers without a program: they are let into a krets like any other and write thousands
//! of entries in the time in which an office writes a hundred. For measurements, and for
//! members who lie.

use crate::krets::text;
use crate::office::Office;
use anyhow::{Context as _, Result};
use radrum_domain::{Actor, Actors, Document, Edit, Kind as ItemKind, Scalar};
use radrum_seal::{Asking, Chain, Device, DeviceKeys, Draft, EpochKey, Joined, Random, SealError};
use radrum_wire::{
    Body, DeviceId, FactHash, Generation, Invitation, ItemChange, ItemId, JoinRequest, Kind,
    Letter as _, LogId, SealedWelcome,
};
use serde_json::json;

/// Numbers that are the same in every run (SplitMix64; Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill_bytes(&mut bytes);
        bytes
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Random for Numbers {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// One such computer.
pub struct Writer {
    numbers: Numbers,
    keys: DeviceKeys,
    joined: Joined,
    log: LogId,
    chain: Chain,
    actor: Actor,
}

impl Writer {
    /// Goes the way in with an office that may invite.
    ///
    /// # Errors
    /// When a step fails.
    pub fn join(admin: &Office, seed: u64, municipality: &str) -> Result<Self> {
        let mut numbers = Numbers(seed);
        let keys = DeviceKeys::generate(&mut numbers)?;
        let invite = json!({ "municipality": municipality });
        let invitation = text(&admin.call("invite", invite)?, "text")?;
        let invitation = Invitation::from_text(&invitation)?;
        let log = LogId::from_bytes(numbers.bytes());
        let asking = Asking {
            device: DeviceId::from_bytes(numbers.bytes()),
            log,
            name: format!("Dator {seed}"),
            members: Vec::new(),
        };
        let (request, sealed) = radrum_seal::ask(&invitation, asking, &keys, &mut numbers)?;
        let joined = enter(admin, (&invitation, &request), &sealed.to_text()?, &keys)?;
        Ok(Self {
            chain: Chain::new(invitation.region, log),
            actor: Actor::new(log, numbers.bytes()),
            numbers,
            keys,
            joined,
            log,
        })
    }

    /// What it knows of the krets: as it was when it was let in.
    #[must_use]
    pub const fn facts(&self) -> (&radrum_seal::Membership, &radrum_seal::EpochKeys) {
        (&self.joined.members, &self.joined.epochs)
    }

    /// Its log.
    #[must_use]
    pub const fn log(&self) -> LogId {
        self.log
    }

    /// What lets it in.
    #[must_use]
    pub const fn grant(&self) -> FactHash {
        self.joined.grant
    }

    /// Forgets what it wrote, and begins its log again beside that.
    pub fn fork(&mut self) {
        self.chain = Chain::new(self.joined.region, self.log);
    }

    /// Seals an entry with these changes at the end of its log.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal(&mut self, changes: Vec<ItemChange>, written_at: i64) -> Result<Vec<u8>> {
        let body = Body { changes }.encode()?;
        let draft = Draft::of_log_row(ItemId::from_bytes([0; 16]), written_at, body);
        self.seal_draft(&draft)
    }

    /// Seals anything at the end of its log.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal_draft(&mut self, draft: &Draft) -> Result<Vec<u8>> {
        let device = Device {
            keys: &self.keys,
            grant: self.joined.grant,
        };
        let epochs = &self.joined.epochs;
        let epoch: &EpochKey = self.joined.members.writing_epoch(epochs).context("epoch")?;
        let sealed = self.chain.seal(draft, device, epoch, &mut self.numbers)?;
        Ok(sealed.bytes)
    }

    /// A draft of another kind than changes.
    #[must_use]
    pub const fn draft(kind: Kind, body: Vec<u8>) -> Draft {
        Draft {
            kind,
            schema: 1,
            written_at: 0,
            author: ItemId::from_bytes([0; 16]),
            refs: Vec::new(),
            seen: None,
            body,
        }
    }

    /// Edits a document on its newest heads, and gives the changes.
    ///
    /// # Errors
    /// When the edit breaks a rule.
    pub fn edit(
        &mut self,
        item: ItemId,
        doc: &mut Document,
        edits: &[Edit],
    ) -> Result<Vec<ItemChange>> {
        let actors = Actors {
            running: self.actor,
            fresh: Actor::new(self.log, self.numbers.bytes()),
        };
        let heads = doc.heads();
        let made = doc.edit(&heads, actors, edits)?;
        let change = |made: radrum_domain::Made| ItemChange {
            item,
            generation: Generation::FIRST,
            change: made.bytes,
        };
        Ok(made.into_iter().map(change).collect())
    }
}

fn enter(
    admin: &Office,
    (invitation, request): (&Invitation, &JoinRequest),
    sealed: &str,
    keys: &DeviceKeys,
) -> Result<Joined> {
    let seen = admin.call("open_request", json!({ "text": sealed }))?;
    let (id, question) = (text(&seen, "invitation")?, text(&seen, "question")?);
    let answer = radrum_seal::answer(question.parse()?, invitation, request)?;
    let approve = json!({ "invitation": id, "answer": answer.to_string() });
    let welcome = text(&admin.call("approve", approve)?, "text")?;
    let welcome = SealedWelcome::from_text(&welcome)?;
    Ok(radrum_seal::accept((invitation, request), &welcome, keys)?)
}

/// A region that was written by several computers.
#[derive(Debug, Clone, Copy)]
pub struct Volume {
    /// Items: notes.
    pub items: u32,
    /// Changes of each item.
    pub changes: u32,
}

/// Entries of many computers, each with one change, in the order in which they were written.
///
/// # Errors
/// When one cannot be made.
pub fn write_volume(writers: &mut [Writer], volume: Volume) -> Result<Vec<Vec<u8>>> {
    let words = words();
    let mut numbers = Numbers(7);
    let mut all = Vec::new();
    for _ in 0..volume.items {
        let item = ItemId::from_bytes(numbers.bytes());
        let mut doc = Document::begin(ItemKind::Note)?;
        let mut body = String::new();
        for change in 0..volume.changes {
            let at = numbers.next() as usize % writers.len();
            let edits = edits(change, &mut body, &mut numbers, &words);
            let writer = &mut writers[at];
            let changes = writer.edit(item, &mut doc, &edits)?;
            let written_at = 1_760_000_000_000 + all.len() as i64 * 60_000;
            all.push(writer.seal(changes, written_at)?);
        }
    }
    Ok(all)
}

/// First a title and a body of some sentences; then a sentence more, now and then another title.
fn edits(change: u32, body: &mut String, numbers: &mut Numbers, words: &[&str]) -> Vec<Edit> {
    let mut sentence = |length: u64| {
        let drawn = (0..length).map(|_| words[numbers.next() as usize % words.len()]);
        drawn.collect::<Vec<_>>().join(" ")
    };
    let title = |text: String| Edit::Set {
        field: "title".into(),
        value: Some(Scalar::Text(text)),
    };
    if change > 0 && change.is_multiple_of(4) {
        return vec![title(sentence(6))];
    }
    let more = sentence(if change == 0 { 25 } else { 5 });
    body.push_str(&more);
    body.push_str(". ");
    let written = Edit::Write {
        field: "body".into(),
        text: body.clone(),
    };
    match change {
        0 => vec![title(sentence(5)), written],
        _ => vec![written],
    }
}

/// Words that people of the field search for.
fn words() -> Vec<&'static str> {
    const GOLDEN: &str = include_str!("../fixtures/search/golden.tsv");
    let mut words: Vec<&str> = GOLDEN
        .lines()
        .flat_map(|line| line.split(['\t', ' ']))
        .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
