//! The handlingskort: what to know and do in a rare case, read in five minutes.

mod schema;

use super::{ORIGIN, View};
use crate::choice::{Force, Part, PlaybookKind, Source};
use crate::deadline::Length;
use crate::key::ItemKey;
use crate::project::{Index, Projection, SearchLine, Weight};
use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Playbook {
    /// Name.
    pub title: String,
    /// What sort.
    pub playbook: PlaybookKind,
    /// Area.
    pub area: Option<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
    /// What else it is called, comma separated.
    pub also_called: Option<String>,
    /// The law is about to change.
    pub notice: Option<String>,
    /// Which bill or report.
    pub notice_law: Option<String>,
    /// From this day the notice is urgent.
    pub notice_from: Option<String>,
    /// Role that owns the card; none is a visible state.
    pub owner_role: Option<String>,
    /// Role that steps in.
    pub deputy_role: Option<String>,
    /// Who has the role that owns the card today: roles own, persons hold them (need N48).
    pub owner_member: Option<ItemKey>,
    /// Who has the role that steps in.
    pub deputy_member: Option<ItemKey>,
    /// Day to look it through.
    pub review_on: Option<String>,
    /// Day it was last looked through.
    pub reviewed_on: Option<String>,
    /// "Utkast, granskas av er".
    pub draft: bool,
    /// Version of the starter pack that it came from.
    pub pack: Option<String>,
    /// The question that it grew out of.
    pub origin: Option<ItemKey>,
    /// All statements, ordered; `part` says under which heading.
    pub statements: Vec<Statement>,
    /// Steps, ordered.
    pub steps: Vec<Step>,
    /// Deadlines, ordered.
    pub deadlines: Vec<Deadline>,
    /// Sources, at most seven (need N26).
    pub sources: Vec<SourceLink>,
    /// Where and in which year it was last done, written by hand.
    pub done: Vec<Done>,
}

/// One statement under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Statement {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// Heading.
    pub part: Part,
    /// What it says.
    pub text: String,
    /// The word that a term explains.
    pub word: Option<String>,
    /// Who says so.
    pub source: Source,
    /// Statute references, parted by `; `.
    pub statute: Option<String>,
    /// When they were checked.
    pub checked: Option<String>,
    /// In force from, where known.
    pub valid_from: Option<String>,
    /// In force until, where known.
    pub valid_to: Option<String>,
    /// Could not be checked.
    pub unverified: bool,
    /// External contact or resource that it points to.
    pub contact: Option<ItemKey>,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Step {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// What to do.
    pub text: String,
    /// How far it binds.
    pub force: Force,
    /// Belongs to the first day.
    pub first_day: bool,
    /// Who says so.
    pub source: Source,
    /// Statute references, parted by `; `.
    pub statute: Option<String>,
    /// When they were checked.
    pub checked: Option<String>,
    /// In force from, where known.
    pub valid_from: Option<String>,
    /// In force until, where known.
    pub valid_to: Option<String>,
    /// Could not be checked.
    pub unverified: bool,
    /// Om resursen saknas hos oss.
    pub if_missing: Option<String>,
}

/// One deadline, as data, so that it can be counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Deadline {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// What must be done.
    pub name: String,
    /// From what it is counted.
    pub start: Option<String>,
    /// How long.
    pub length: String,
    /// Who says so.
    pub source: Source,
    /// Statute references, parted by `; `.
    pub statute: Option<String>,
    /// When they were checked.
    pub checked: Option<String>,
    /// In force from, where known.
    pub valid_from: Option<String>,
    /// In force until, where known.
    pub valid_to: Option<String>,
    /// Could not be checked.
    pub unverified: bool,
    /// What happens if it is missed.
    pub missed: Option<String>,
}

/// One source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SourceLink {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// Name.
    pub title: String,
    /// One line of why to read it.
    pub why: Option<String>,
    /// Web page.
    pub web: Option<String>,
    /// Title or content could not be checked.
    pub unverified: bool,
}

/// When it was last done, and where.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Done {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// Where; never closer.
    pub municipality: Option<ItemKey>,
    /// When; never closer.
    pub year: Option<u32>,
}

impl View for Playbook {
    const SCHEMA: Schema = schema::PLAYBOOK;

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.area.clone_from(&self.area);
        out.labels.clone_from(&self.labels);
        out.review_on.clone_from(&self.review_on);
        out.index = Index::Core;
        out.link_optional(ORIGIN, self.origin.as_ref());
        out.line("", None, Weight::Title, &self.title);
        out.optional_line("also_called", Weight::Area, self.also_called.as_deref());
        out.optional_line("notice", Weight::Minor, self.notice.as_deref());
        for statement in self.statements.iter().filter(|line| !line.removed) {
            out.search.push(statement.search_line());
            out.link_optional("contact", statement.contact.as_ref());
        }
        let steps = self.steps.iter().filter(|step| !step.removed);
        for (step, number) in steps.zip(1..) {
            let more = joined(&[step.statute.as_deref(), step.if_missing.as_deref()]);
            out.search.push(SearchLine {
                part: "step".into(),
                number: Some(number),
                anchor: step.id.clone(),
                weight: Weight::Body,
                text: step.text.clone(),
                more,
            });
        }
        for deadline in self.deadlines.iter().filter(|deadline| !deadline.removed) {
            out.search.push(deadline.search_line());
        }
        for source in self.sources.iter().filter(|source| !source.removed) {
            out.search.push(SearchLine {
                part: "source".into(),
                anchor: source.id.clone(),
                weight: Weight::Minor,
                text: source.title.clone(),
                more: source.why.clone().unwrap_or_default(),
                ..SearchLine::default()
            });
        }
    }
}

impl Statement {
    fn search_line(&self) -> SearchLine {
        let weight = match self.part {
            Part::When => Weight::Lead,
            Part::Must => Weight::Body,
            _ => Weight::Minor,
        };
        let text = match &self.word {
            Some(word) => format!("{word}: {}", self.text),
            None => self.text.clone(),
        };
        SearchLine {
            part: part_word(self.part).into(),
            number: None,
            anchor: self.id.clone(),
            weight,
            text,
            more: self.statute.clone().unwrap_or_default(),
        }
    }
}

impl Deadline {
    /// The length in Swedish, or as it stands if it cannot be read.
    #[must_use]
    pub fn length_words(&self) -> String {
        self.length
            .parse::<Length>()
            .map_or_else(|_| self.length.clone(), |l| l.to_string())
    }

    fn search_line(&self) -> SearchLine {
        SearchLine {
            part: "deadline".into(),
            number: None,
            anchor: self.id.clone(),
            weight: Weight::Body,
            text: format!("{}: {}", self.name, self.length_words()),
            more: joined(&[self.statute.as_deref(), self.start.as_deref()]),
        }
    }
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::When => "when",
        Part::Must => "must",
        Part::Help => "help",
        Part::Form => "form",
        Part::Pitfall => "pitfall",
        Part::Child => "child",
        Part::Question => "question",
        Part::Term => "term",
        Part::Unknown => "",
    }
}

fn joined(texts: &[Option<&str>]) -> String {
    texts
        .iter()
        .flatten()
        .copied()
        .collect::<Vec<_>>()
        .join("; ")
}
