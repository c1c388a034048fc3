//! From a plain value to rows and search lines. Pure: the same value gives the same rows, so
//! that a new table layout rebuilds itself from values without any document.

use crate::choice::{ExperienceLevel, Parked, QuestionForm, ResponsibilityKind};
use crate::key::ItemKey;
use crate::plain::Common;

/// Which search table an item stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Index {
    /// Not searched for.
    #[default]
    None,
    /// People, cards, contacts, resources: always ranked.
    Core,
    /// Notes: newest first.
    Posts,
    /// Questions and answers: newest first, and an answer leads to its question.
    Questions,
}

/// How much a line says about what the item is about. The store gives each a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The name.
    Title,
    /// Other names.
    Area,
    /// When it applies.
    Lead,
    /// Law, deadlines, steps.
    #[default]
    Body,
    /// Contacts, forms, pitfalls, sources.
    Minor,
}

/// One line that can be found and shown as where the answer stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchLine {
    /// Word of the heading that it stands under.
    pub part: String,
    /// Number of a step.
    pub number: Option<u32>,
    /// Entry to scroll to.
    pub anchor: String,
    /// Weight.
    pub weight: Weight,
    /// Shown and searched.
    pub text: String,
    /// Searched only.
    pub more: String,
}

/// A link to another item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it means.
    pub relation: &'static str,
    /// To what.
    pub to: ItemKey,
}

/// One line of a colleague's experience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperienceRow {
    /// Entry in the member.
    pub entry: String,
    /// Of what.
    pub area: ItemKey,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year of it.
    pub year: Option<u32>,
}

/// An area held by a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsibilityRow {
    /// Which area.
    pub area: ItemKey,
    /// Which municipality.
    pub municipality: ItemKey,
    /// Lead or support.
    pub kind: ResponsibilityKind,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Whom to ask for.
    pub member: Option<ItemKey>,
}

/// What lists know of a question besides its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// What sort.
    pub form: QuestionForm,
    /// Whoever asked has what she needs.
    pub clear: bool,
    /// Kept for a meeting.
    pub parked: Parked,
    /// The one colleague who is asked.
    pub asked: Option<ItemKey>,
}

/// Everything that is derived from one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Projection {
    /// Name in lists.
    pub title: String,
    /// Fields of every kind.
    pub common: Common,
    /// Area.
    pub area: Option<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
    /// Day to look it through.
    pub review_on: Option<String>,
    /// The item that it hangs on.
    pub parent: Option<ItemKey>,
    /// Links.
    pub links: Vec<Link>,
    /// Experience of a member.
    pub experience: Vec<ExperienceRow>,
    /// A holding.
    pub responsibility: Option<ResponsibilityRow>,
    /// A question.
    pub question: Option<QuestionRow>,
    /// Search table.
    pub index: Index,
    /// Search lines, in reading order.
    pub search: Vec<SearchLine>,
}

impl Projection {
    pub(crate) fn line(&mut self, part: &str, number: Option<u32>, weight: Weight, text: &str) {
        self.search.push(SearchLine {
            part: part.to_string(),
            number,
            weight,
            text: text.to_string(),
            ..SearchLine::default()
        });
    }

    pub(crate) fn optional_line(&mut self, part: &str, weight: Weight, text: Option<&str>) {
        if let Some(text) = text {
            self.line(part, None, weight, text);
        }
    }

    pub(crate) fn link_optional(&mut self, relation: &'static str, to: Option<&ItemKey>) {
        self.links.extend(to.map(|to| Link {
            relation,
            to: to.clone(),
        }));
    }

    pub(crate) fn link_all(&mut self, relation: &'static str, to: &[ItemKey]) {
        self.links.extend(to.iter().map(|to| Link {
            relation,
            to: to.clone(),
        }));
    }
}

/// The Swedish heading of a part, as the page, the printed card and the export show it.
#[must_use]
pub fn heading(part: &str) -> &'static str {
    match part {
        "when" => "När",
        "must" => "Måste enligt lag",
        "deadline" => "Frister",
        "step" => "Steg",
        "help" => "Vem hjälper",
        "form" => "Blanketter",
        "pitfall" => "Fallgropar",
        "variant" => "Så gör vi",
        "deviation" => "Avsteg",
        "child" => "Hur barnet ses och hörs",
        "question" => "Din bedömning",
        "term" => "Ordförklaringar",
        "source" => "Källor",
        "also_called" => "Kallas även",
        "notice" => "Rättsläget",
        "experience" => "Erfarenhet",
        "role" => "Roll",
        "phone" => "Telefon",
        "place" => "Var",
        "referral" => "Så går det till",
        "alternative" => "Om det inte går",
        "purpose" => "Syfte",
        "membership" => "Vilka som får vara med",
        "election" => "Så väljs representanterna",
        "time" => "Avsatt tid",
        "root_key" => "Rotnycklar",
        "answer" => "Svar",
        "decides" => "Får besluta om",
        "training" => "Utbildning",
        "ruling" => "Fastställd",
        _ => "",
    }
}
