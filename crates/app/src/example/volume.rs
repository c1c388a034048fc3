//! The region grown to plan and stress size: seeded, so that every machine measures the same.

use super::Size;
use super::region::owner_of;
use crate::commit::Batch;
use crate::content::{put, set, slug_key};
use crate::world::{Entropy, SeededEntropy};
use crate::{Error, Session};
use radrum_domain::{Edit, ItemKey, Kind, Scalar};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) const VOLUME: &str = include_str!("../../content/example/volume.toml");

/// Items of one transaction.
const BATCH: u32 = 200;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Days over which notes are spread.
const YEARS_DAYS: i64 = 5 * 365;

/// A question that is younger may still be open.
const OPEN_DAYS: i64 = 180;

/// How many of each kind are added to the small region.
#[derive(Debug, Clone, Copy)]
struct Counts {
    members: u32,
    cards: u32,
    variants: u32,
    contacts: u32,
    notes: u32,
    questions: u32,
}

impl Counts {
    /// Product.md section 5. Cards with variants are 60 and 620 cards with up to eight
    /// variants each; a question comes with two answers; meetings, which are a kind of a later
    /// version, stand in as notes of the same number.
    const fn of(size: Size) -> Self {
        match size {
            Size::Small => Self {
                members: 0,
                cards: 0,
                variants: 0,
                contacts: 0,
                notes: 0,
                questions: 0,
            },
            Size::Plan => Self {
                members: 190,
                cards: 43,
                variants: 375,
                contacts: 660,
                notes: 3_300,
                questions: 2_000,
            },
            Size::Stress => Self {
                members: 1_440,
                cards: 603,
                variants: 4_335,
                contacts: 10_000,
                notes: 35_000,
                questions: 33_334,
            },
        }
    }
}

#[derive(Deserialize)]
struct Raw {
    first_names: Vec<String>,
    last_names: Vec<String>,
    roles: Vec<String>,
    subjects: Vec<String>,
    processes: Vec<String>,
    when: Vec<String>,
    must: Vec<String>,
    step: Vec<String>,
    pitfall: Vec<String>,
    help: Vec<String>,
    note_titles: Vec<String>,
    note_sentences: Vec<String>,
    question_titles: Vec<String>,
    contact_titles: Vec<String>,
    contact_subjects: Vec<String>,
    variant_sentences: Vec<String>,
    places: Vec<String>,
}

const MUNICIPALITIES: [&str; 8] = [
    "dorotea",
    "lycksele",
    "mala",
    "norsjo",
    "sorsele",
    "storuman",
    "vilhelmina",
    "asele",
];

/// Choices from a seeded sequence.
struct Dice {
    entropy: SeededEntropy,
}

impl Dice {
    fn below(&self, n: usize) -> usize {
        let mut bytes = [0; 8];
        // A seeded sequence never ends.
        let _ = self.entropy.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % (n.max(1) as u64)).unwrap_or(0)
    }

    fn pick<'a>(&self, from: &'a [String]) -> &'a str {
        from.get(self.below(from.len())).map_or("", String::as_str)
    }
}

struct Generator {
    raw: Raw,
    dice: Dice,
    areas: Vec<ItemKey>,
    labels: Vec<ItemKey>,
    cards: Vec<ItemKey>,
    members: Vec<ItemKey>,
}

pub(super) fn write(session: &Session, size: Size) -> Result<(), Error> {
    let raw: Raw =
        toml::from_str(VOLUME).map_err(|error| Error::bug(format!("example volume: {error}")))?;
    let dice = Dice {
        entropy: SeededEntropy::new(size as u64),
    };
    let keys = |kind: Kind| {
        session.read(|read| {
            let filter = radrum_store::ItemFilter {
                kind: Some(kind),
                ..Default::default()
            };
            Ok(read
                .items(&filter)?
                .into_iter()
                .map(|item| item.key)
                .collect::<Vec<_>>())
        })
    };
    let mut generator = Generator {
        raw,
        dice,
        areas: keys(Kind::Area)?,
        labels: keys(Kind::Label)?,
        cards: keys(Kind::Playbook)?,
        members: keys(Kind::Member)?,
    };
    let counts = Counts::of(size);
    type Make = fn(&mut Generator, &mut Batch<'_>, u32, u32) -> Result<(), Error>;
    let makes: [(u32, Make); 6] = [
        (counts.members, Generator::member),
        (counts.cards, Generator::card),
        (counts.variants, Generator::variant),
        (counts.contacts, Generator::contact),
        (counts.notes, Generator::note),
        (counts.questions, Generator::question),
    ];
    for (total, make) in makes {
        let mut from = 0;
        while from < total {
            let to = total.min(from + BATCH);
            generator = session.write("", move |batch| {
                for n in from..to {
                    make(&mut generator, batch, n, total)?;
                }
                Ok(generator)
            })?;
            from = to;
        }
    }
    session.on_writer(|side| side.optimize())
}

impl Generator {
    fn municipality(&self) -> &'static str {
        MUNICIPALITIES
            .get(self.dice.below(MUNICIPALITIES.len()))
            .copied()
            .unwrap_or("lycksele")
    }

    fn sign(&self, batch: &mut Batch<'_>, now: i64) {
        let author = self
            .members
            .get(self.dice.below(self.members.len()))
            .cloned();
        batch.write_as(author.as_ref(), now);
    }

    fn member(&mut self, batch: &mut Batch<'_>, n: u32, _: u32) -> Result<(), Error> {
        let key = slug_key(Kind::Member, &format!("volym-{n}"))?;
        let name = format!(
            "{} {}",
            self.dice.pick(&self.raw.first_names),
            self.dice.pick(&self.raw.last_names)
        );
        let place = self.municipality();
        let mut edits = vec![
            set("title", &name),
            set("role", self.dice.pick(&self.raw.roles)),
            owner_of(place)?,
            set("office", &slug_key(Kind::Office, place)?.to_string()),
            set("phone", &format!("0980-319 {}", 200 + n % 100)),
        ];
        for _ in 0..self.dice.below(4) {
            let area = self.areas.get(self.dice.below(self.areas.len()));
            let level = ["met", "trained", "willing_to_consult"][self.dice.below(3)];
            let year = 2018 + u32::try_from(self.dice.below(8)).unwrap_or(0);
            if let Some(area) = area {
                let fields = BTreeMap::from([
                    ("area".to_string(), Scalar::Text(area.to_string())),
                    ("level".to_string(), Scalar::Text(level.to_string())),
                    ("year".to_string(), Scalar::Number(year)),
                ]);
                let id = batch.entry_id()?;
                edits.push(Edit::Add {
                    list: "experience".into(),
                    id,
                    fields,
                    after: None,
                });
            }
        }
        batch.write_as(Some(&key), batch.now());
        batch.create(&key, &edits)?;
        self.members.push(key);
        Ok(())
    }

    /// Another card about another matter, in the same office Swedish.
    fn card(&mut self, batch: &mut Batch<'_>, n: u32, _: u32) -> Result<(), Error> {
        let key = slug_key(Kind::Playbook, &format!("volym-{n}"))?;
        let at = n as usize;
        let subject = self.raw.subjects[at % self.raw.subjects.len()].clone();
        let process = self.raw.processes
            [(at / self.raw.subjects.len() + at) % self.raw.processes.len()]
        .clone();
        let mut edits = vec![
            set("title", &format!("{subject} – {process}")),
            set("playbook", "general"),
        ];
        edits.extend(self.label());
        for (part, lines, count) in [
            ("when", self.raw.when.clone(), 2),
            ("must", self.raw.must.clone(), 4),
            ("pitfall", self.raw.pitfall.clone(), 4),
            ("help", self.raw.help.clone(), 3),
        ] {
            for _ in 0..count {
                let text = self.filled(&lines, &subject);
                edits.push(entry(
                    batch,
                    "statements",
                    [("part", part), ("text", &text)],
                )?);
            }
        }
        let steps = self.raw.step.clone();
        for _ in 0..12 {
            let text = self.filled(&steps, &subject);
            edits.push(entry(
                batch,
                "steps",
                [("text", &text), ("force", "usual")],
            )?);
        }
        self.sign(batch, batch.now());
        batch.create(&key, &edits)?;
        self.cards.push(key);
        batch.next_entry()
    }

    fn filled(&self, lines: &[String], subject: &str) -> String {
        self.dice
            .pick(lines)
            .replace("{s}", &subject.to_lowercase())
    }

    fn label(&self) -> Option<Edit> {
        self.labels
            .get(self.dice.below(self.labels.len()))
            .map(|l| put("labels", l.clone()))
    }

    /// Every card gets as many variants as every other, so that the real ones have them too.
    fn variant(&mut self, batch: &mut Batch<'_>, n: u32, _: u32) -> Result<(), Error> {
        let card = self.cards[n as usize % self.cards.len()].clone();
        let place = MUNICIPALITIES[(n as usize / self.cards.len()) % MUNICIPALITIES.len()];
        let text = format!(
            "{} {}",
            self.dice.pick(&self.raw.variant_sentences),
            self.dice.pick(&self.raw.variant_sentences)
        );
        let edits = [
            set("playbook", &card.to_string()),
            set("text", &text),
            owner_of(place)?,
        ];
        self.sign(batch, batch.now());
        let key = batch.fresh_key(Kind::Variant)?;
        batch.create(&key, &edits)?;
        batch.next_entry()
    }

    fn contact(&mut self, batch: &mut Batch<'_>, n: u32, _: u32) -> Result<(), Error> {
        let key = slug_key(Kind::ExternalContact, &format!("volym-{n}"))?;
        let title = format!(
            "{} {}",
            self.dice.pick(&self.raw.contact_titles),
            self.dice.pick(&self.raw.places)
        );
        let edits = [
            set("title", &title),
            set("contact", "other"),
            set("subject", self.dice.pick(&self.raw.contact_subjects)),
            set("phone", &format!("0980-319 {}", 200 + n % 100)),
        ];
        batch.write_as(None, batch.now());
        batch.create(&key, &edits)
    }

    /// Rows of the search table grow with writing time, so the oldest note comes first.
    fn note(&mut self, batch: &mut Batch<'_>, n: u32, total: u32) -> Result<(), Error> {
        let sentences = 2 + self.dice.below(5);
        let body: Vec<&str> = (0..sentences)
            .map(|_| self.dice.pick(&self.raw.note_sentences))
            .collect();
        let mut edits = vec![
            set("title", self.dice.pick(&self.raw.note_titles)),
            Edit::Write {
                field: "body".into(),
                text: body.join(" "),
            },
            owner_of(self.municipality())?,
        ];
        edits.extend(self.label());
        let left = i64::from(total - n);
        let ago = left * YEARS_DAYS * DAY_MS / i64::from(total.max(1));
        // The time of the transaction, whatever its author claims.
        let now = batch.began() - ago;
        self.sign(batch, now);
        let key = batch.fresh_key(Kind::Note)?;
        batch.create(&key, &edits)?;
        batch.next_entry()
    }
}

impl Generator {
    /// A question with two answers. Of those older than half a year nearly all are done.
    fn question(&mut self, batch: &mut Batch<'_>, n: u32, total: u32) -> Result<(), Error> {
        let ago = i64::from(total - n) * YEARS_DAYS * DAY_MS / i64::from(total.max(1));
        let now = batch.began() - ago;
        let subject = self.dice.pick(&self.raw.subjects).to_lowercase();
        let text = self
            .dice
            .pick(&self.raw.question_titles)
            .replace("{s}", &subject);
        let mut edits = vec![
            set("text", &text),
            set("more", self.dice.pick(&self.raw.note_sentences)),
            owner_of(self.municipality())?,
        ];
        edits.extend(self.label());
        let is_old = ago > OPEN_DAYS * DAY_MS;
        if is_old && self.dice.below(50) > 0 {
            edits.push(set("state", "clear"));
        }
        self.sign(batch, now);
        let question = batch.fresh_key(Kind::Question)?;
        batch.create(&question, &edits)?;
        batch.next_entry()?;
        for _ in 0..2 {
            let text = format!(
                "{} {}",
                self.dice.pick(&self.raw.variant_sentences),
                self.dice.pick(&self.raw.note_sentences)
            );
            let edits = [
                set("question", &question.to_string()),
                set("text", &text),
                owner_of(self.municipality())?,
            ];
            self.sign(batch, now + DAY_MS);
            let key = batch.fresh_key(Kind::Answer)?;
            batch.create(&key, &edits)?;
            batch.next_entry()?;
        }
        Ok(())
    }
}

fn entry(batch: &Batch<'_>, list: &str, fields: [(&str, &str); 2]) -> Result<Edit, Error> {
    let fields: BTreeMap<String, Scalar> = fields
        .into_iter()
        .map(|(name, text)| (name.to_string(), Scalar::Text(text.to_string())))
        .collect();
    Ok(Edit::Add {
        list: list.into(),
        id: batch.entry_id()?,
        fields,
        after: None,
    })
}
