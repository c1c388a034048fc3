//! Who holds an area: one item for each holding, so that the past stays readable.

use super::View;
use crate::choice::ResponsibilityKind;
use crate::key::{ItemKey, Kind};
use crate::project::{Projection, ResponsibilityRow};
use crate::schema::{Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An area held by a municipality.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Responsibility {
    /// Which area.
    pub area: Option<ItemKey>,
    /// Which municipality.
    pub municipality: Option<ItemKey>,
    /// Lead or support.
    pub responsibility: ResponsibilityKind,
    /// First day.
    pub from: Option<String>,
    /// Last day; none is until further notice.
    pub to: Option<String>,
    /// Reference of the decision. The one place besides agreements where a case number may stand.
    pub decision: Option<String>,
    /// Whom to ask for.
    pub member: Option<ItemKey>,
    /// A few words.
    pub note: Option<String>,
}

impl View for Responsibility {
    const SCHEMA: Schema = Schema {
        kind: Kind::Responsibility,
        fields: &[
            required("area", Type::Ref(&[Kind::Area])),
            required("municipality", Type::Ref(&[Kind::Municipality])),
            required("responsibility", Type::Choice(ResponsibilityKind::WORDS)),
            optional("from", Type::Date),
            optional("to", Type::Date),
            optional("decision", Type::Line),
            optional("member", Type::Ref(&[Kind::Member])),
            optional("note", Type::Prose),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        if let (Some(area), Some(municipality)) = (&self.area, &self.municipality) {
            out.area = Some(area.clone());
            out.responsibility = Some(ResponsibilityRow {
                area: area.clone(),
                municipality: municipality.clone(),
                kind: self.responsibility,
                from: self.from.clone(),
                to: self.to.clone(),
                member: self.member.clone(),
            });
        }
    }
}
