//! A line of experience that somebody proposes to a colleague. Her lines are hers to write (need
//! N12), so it stands in none of her lists until she takes it up.

use super::View;
use crate::choice::{ExperienceLevel, ProposalState};
use crate::key::{ItemKey, Kind};
use crate::project::Projection;
use crate::schema::{Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A proposed line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Proposal {
    /// To whom.
    pub member: Option<ItemKey>,
    /// Of what.
    pub area: Option<ItemKey>,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year of it.
    pub year: Option<u32>,
    /// A few words.
    pub note: Option<String>,
    /// What she did with it; unsaid it waits for her.
    pub state: ProposalState,
}

impl View for Proposal {
    const SCHEMA: Schema = Schema {
        kind: Kind::Proposal,
        fields: &[
            required("member", Type::Ref(&[Kind::Member])),
            required("area", Type::Ref(&[Kind::Area])),
            required("level", Type::Choice(ExperienceLevel::WORDS)),
            optional("year", Type::Year),
            optional("note", Type::Line),
            optional("state", Type::Choice(ProposalState::WORDS)),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        // Neither searched for nor of an area: what nobody has taken up says nothing of her.
        out.title = TITLE.to_string();
        out.parent.clone_from(&self.member);
    }
}

/// What it is called in lists.
const TITLE: &str = "Förslag till en kollega";
