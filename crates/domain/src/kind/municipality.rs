//! Who the krets consists of.

use super::View;
use crate::choice::MunicipalityForm;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{List, Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A member organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Municipality {
    /// Name.
    pub title: String,
    /// What kind. Unsaid it is a municipality.
    pub form: MunicipalityForm,
    /// Municipality code.
    pub code: Option<String>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// When they were counted.
    pub population_on: Option<String>,
    /// Its district court: not the same for all eight (domain.md section 2).
    pub court: Option<String>,
    /// How its services are organised, so that answers can be read in context (seed B27).
    pub organisation: Option<String>,
    /// What one must know of the place.
    pub local_knowledge: Option<String>,
}

impl View for Municipality {
    const SCHEMA: Schema = Schema {
        kind: Kind::Municipality,
        fields: &[
            required("title", Type::Line),
            // A new computer knows the name of its organisation alone: it leaves this unsaid, so
            // that it does not contradict whoever knows that it is FoU.
            optional("form", Type::Choice(MunicipalityForm::WORDS)),
            optional("code", Type::Line),
            optional("population", Type::Number),
            optional("population_on", Type::Date),
            optional("court", Type::Line),
            optional("organisation", Type::Line),
            optional("local_knowledge", Type::Prose),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line(
            "local_knowledge",
            Weight::Minor,
            self.local_knowledge.as_deref(),
        );
    }
}

/// An office.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Office {
    /// Name.
    pub title: String,
    /// Municipalities that it serves.
    pub municipalities: Vec<ItemKey>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// When it answers.
    pub hours: Option<String>,
    /// "Kan inte hjälpa just nu", without stigma (need N40).
    pub paused: bool,
    /// First day of it; none is from when it was said.
    pub paused_from: Option<String>,
    /// Last day of it; none is until further notice.
    pub paused_to: Option<String>,
    /// Why, if they want to say.
    pub paused_note: Option<String>,
    /// Who steps in for an area.
    pub reserves: Vec<Reserve>,
}

/// The office that steps in when this one cannot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Reserve {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// For which area.
    pub area: Option<ItemKey>,
    /// Which office.
    pub office: Option<ItemKey>,
}

impl Office {
    /// Whether it cannot help others on a day, such as `2026-11-23`.
    #[must_use]
    pub fn is_paused(&self, day: &str) -> bool {
        let begun = self.paused_from.as_deref().is_none_or(|from| from <= day);
        let over = self.paused_to.as_deref().is_some_and(|to| to < day);
        self.paused && begun && !over
    }
}

impl View for Office {
    const SCHEMA: Schema = Schema {
        kind: Kind::Office,
        fields: &[
            required("title", Type::Line),
            optional("phone", Type::Line),
            optional("email", Type::Email),
            optional("hours", Type::Line),
            optional("paused", Type::Flag),
            optional("paused_from", Type::Date),
            optional("paused_to", Type::Date),
            optional("paused_note", Type::Line),
        ],
        lists: &[List {
            name: "reserves",
            fields: &[
                required("area", Type::Ref(&[Kind::Area])),
                required("office", Type::Ref(&[Kind::Office])),
            ],
            max: 60,
        }],
        sets: &[Set {
            name: "municipalities",
            of: Kind::Municipality,
            max: 12,
        }],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.link_all("municipality", &self.municipalities);
    }
}

#[cfg(test)]
mod tests {
    use super::Office;

    #[test]
    fn an_office_is_paused_from_its_first_day_to_its_last() {
        let mut office = Office {
            paused: true,
            ..Office::default()
        };
        assert!(office.is_paused("2026-11-23"), "until further notice");
        office.paused_from = Some("2026-11-24".into());
        office.paused_to = Some("2026-12-04".into());
        let paused = ["2026-11-23", "2026-11-24", "2026-12-04", "2026-12-05"]
            .map(|day| office.is_paused(day));
        assert_eq!(paused, [false, true, true, false]);
        office.paused = false;
        assert!(!office.is_paused("2026-11-24"));
    }
}
