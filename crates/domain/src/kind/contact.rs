//! Bodies outside the krets.

use super::View;
use crate::choice::ContactKind;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An external contact. Telephone, mailbox and SDK address belong to a function, not a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ExternalContact {
    /// Name of the body.
    pub title: String,
    /// What sort.
    pub contact: ContactKind,
    /// What it helps with.
    pub subject: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Mailbox of the function.
    pub email: Option<String>,
    /// Functional address for säker digital kommunikation.
    pub sdk: Option<String>,
    /// Web page.
    pub web: Option<String>,
    /// Opening hours.
    pub hours: Option<String>,
    /// What it costs; never a sort key (need N65).
    pub cost: Option<String>,
    /// When someone last checked that this is right.
    pub verified_on: Option<String>,
    /// Something about it was not checked.
    pub unverified: Option<String>,
    /// A few words.
    pub note: Option<String>,
    /// Areas it helps with.
    pub areas: Vec<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
}

impl View for ExternalContact {
    const SCHEMA: Schema = Schema {
        kind: Kind::ExternalContact,
        fields: &[
            required("title", Type::Line),
            required("contact", Type::Choice(ContactKind::WORDS)),
            optional("subject", Type::Prose),
            optional("phone", Type::Line),
            optional("email", Type::Email),
            optional("sdk", Type::Line),
            optional("web", Type::Web),
            optional("hours", Type::Line),
            optional("cost", Type::Line),
            optional("verified_on", Type::Date),
            optional("unverified", Type::Line),
            optional("note", Type::Prose),
        ],
        lists: &[],
        sets: &[
            Set {
                name: "areas",
                of: Kind::Area,
                max: 20,
            },
            Set {
                name: "labels",
                of: Kind::Label,
                max: 20,
            },
        ],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.labels.clone_from(&self.labels);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line("subject", Weight::Lead, self.subject.as_deref());
        out.optional_line("phone", Weight::Minor, self.phone.as_deref());
        out.optional_line("note", Weight::Body, self.note.as_deref());
        out.link_all("area", &self.areas);
    }
}
