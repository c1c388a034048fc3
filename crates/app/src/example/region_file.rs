//! The region as it stands in `content/example/region.toml`.

use super::asking::{AdviceGroup, AskOrder};
use crate::Error;
use serde::Deserialize;

pub(super) const REGION: &str = include_str!("../../content/example/region.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region {
    pub municipality: Vec<Municipality>,
    pub office: Vec<Office>,
    pub member: Vec<Member>,
    pub responsibility: Vec<Responsibility>,
    pub variant: Vec<Variant>,
    pub deviation: Vec<Deviation>,
    pub resource: Vec<Resource>,
    pub note: Vec<Note>,
    pub done: Vec<Done>,
    pub owner: Vec<Owner>,
    pub ask_order: Vec<AskOrder>,
    pub advice_group: Vec<AdviceGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Municipality {
    pub slug: String,
    pub title: String,
    pub form: String,
    pub code: Option<String>,
    pub population: Option<u32>,
    pub population_on: Option<String>,
    pub court: Option<String>,
    pub organisation: Option<String>,
    pub local_knowledge: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub slug: String,
    pub title: String,
    pub municipalities: Vec<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub hours: Option<String>,
    #[serde(default)]
    pub paused: bool,
    pub paused_note: Option<String>,
    #[serde(default)]
    pub reserves: Vec<Reserve>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reserve {
    pub area: String,
    pub office: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub slug: String,
    pub name: String,
    pub role: Option<String>,
    pub office: String,
    pub municipality: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    #[serde(default)]
    pub call_me: bool,
    pub consult_when: Option<String>,
    pub duty: Option<String>,
    pub deputy: Option<String>,
    pub about: Option<String>,
    /// Since she came; none is long ago.
    pub days_ago: Option<i64>,
    #[serde(default)]
    pub municipalities: Vec<String>,
    #[serde(default)]
    pub experience: Vec<Experience>,
    #[serde(default)]
    pub away: Vec<Away>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Experience {
    pub area: String,
    pub level: String,
    pub year: Option<u32>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Away {
    pub from: String,
    pub to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Responsibility {
    pub area: String,
    pub municipality: String,
    pub kind: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub decision: Option<String>,
    pub member: Option<String>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    pub playbook: String,
    pub step: Option<usize>,
    pub municipality: String,
    pub days_ago: i64,
    pub text: String,
    pub agreed_on: Option<String>,
    pub present: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    pub playbook: String,
    pub step: Option<usize>,
    pub municipality: String,
    pub days_ago: i64,
    pub member: Option<String>,
    pub text: String,
    pub reason: Option<String>,
    pub year: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resource {
    pub slug: String,
    pub title: String,
    pub about: Option<String>,
    pub place: Option<String>,
    pub referral: Option<String>,
    pub phone: Option<String>,
    pub verified_on: Option<String>,
    pub alternative: Option<String>,
    pub cost: Option<String>,
    #[serde(default)]
    pub areas: Vec<String>,
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default)]
    pub travel: Vec<Travel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Travel {
    pub office: String,
    pub km: Option<u32>,
    pub minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub title: String,
    pub body: String,
    pub member: String,
    pub area: Option<String>,
    #[serde(default)]
    pub labels: Vec<String>,
    pub days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Done {
    pub playbook: String,
    pub municipality: String,
    pub year: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Owner {
    pub playbook: String,
    pub owner_role: String,
    pub deputy_role: Option<String>,
    pub reviewed_on: Option<String>,
    pub review_on: Option<String>,
}

impl Region {
    pub fn embedded() -> Result<Self, Error> {
        toml::from_str(REGION).map_err(|error| Error::bug(format!("example region: {error}")))
    }
}
