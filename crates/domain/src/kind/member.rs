//! Colleagues. Everything but the name is voluntary (seed A14), and nobody is called expert.

use super::View;
use crate::choice::{Duty, ExperienceLevel};
use crate::key::{ItemKey, Kind};
use crate::project::{ExperienceRow, Index, Projection, Weight};
use crate::schema::{List, Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A colleague.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Member {
    /// Name.
    pub title: String,
    /// Role at work, such as socialsekreterare.
    pub role: Option<String>,
    /// Office.
    pub office: Option<ItemKey>,
    /// Municipalities that the role spans, besides the owner.
    pub municipalities: Vec<ItemKey>,
    /// Telephone at work.
    pub phone: Option<String>,
    /// E-mail at work.
    pub email: Option<String>,
    /// "Ring mig gärna".
    pub call_me: bool,
    /// When: "tisdagar", "efter kl. 15".
    pub consult_when: Option<String>,
    /// Who answers instead.
    pub deputy: Option<ItemKey>,
    /// The colleague who helps her to find her way while she is new, from another municipality
    /// if it can be (seed B20). They have agreed on it; she or her representative writes it.
    pub fadder: Option<ItemKey>,
    /// Task in the krets.
    pub duty: Duty,
    /// Last day that she is chosen for it.
    pub duty_until: Option<String>,
    /// A few words, if she likes.
    pub about: Option<String>,
    /// Her picture, if she likes: a small JPEG in base64. She alone puts it in.
    pub photo: Option<String>,
    /// Lines that she wrote herself.
    pub experience: Vec<Experience>,
    /// Days when she cannot be reached.
    pub away: Vec<Away>,
}

/// One line of experience.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Experience {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// Of what.
    pub area: Option<ItemKey>,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year of it.
    pub year: Option<u32>,
    /// In her words.
    pub note: Option<String>,
}

/// A time away.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Away {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

impl View for Member {
    const SCHEMA: Schema = Schema {
        kind: Kind::Member,
        fields: &[
            required("title", Type::Line),
            optional("role", Type::Line),
            optional("office", Type::Ref(&[Kind::Office])),
            optional("phone", Type::Line),
            optional("email", Type::Email),
            optional("call_me", Type::Flag),
            optional("consult_when", Type::Line),
            optional("deputy", Type::Ref(&[Kind::Member])),
            optional("fadder", Type::Ref(&[Kind::Member])),
            optional("duty", Type::Choice(Duty::WORDS)),
            optional("duty_until", Type::Date),
            optional("about", Type::Prose),
            optional("photo", Type::Photo),
        ],
        lists: &[
            List {
                name: "experience",
                fields: &[
                    required("area", Type::Ref(&[Kind::Area])),
                    required("level", Type::Choice(ExperienceLevel::WORDS)),
                    optional("year", Type::Year),
                    optional("note", Type::Line),
                ],
                max: 60,
            },
            List {
                name: "away",
                fields: &[required("from", Type::Date), required("to", Type::Date)],
                max: 40,
            },
        ],
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
        out.optional_line("role", Weight::Lead, self.role.as_deref());
        out.optional_line("phone", Weight::Minor, self.phone.as_deref());
        out.optional_line("about", Weight::Body, self.about.as_deref());
        out.link_optional("office", self.office.as_ref());
        out.link_optional("deputy", self.deputy.as_ref());
        out.link_optional("fadder", self.fadder.as_ref());
        out.link_all("municipality", &self.municipalities);
        for line in self.experience.iter().filter(|line| !line.removed) {
            out.optional_line("experience", Weight::Body, line.note.as_deref());
            if let Some(area) = &line.area {
                out.experience.push(ExperienceRow {
                    entry: line.id.clone(),
                    area: area.clone(),
                    level: line.level,
                    year: line.year,
                });
            }
        }
    }
}
