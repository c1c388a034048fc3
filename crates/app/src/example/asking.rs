//! Whom the invented offices ask, and their rådgrupper.

use super::region::{add, key_text, text};
use crate::Error;
use crate::commit::Batch;
use crate::content::{set, set_optional, slug_key};
use radrum_domain::{Edit, Kind, single_of};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskOrder {
    office: String,
    note: Option<String>,
    people: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    member: Option<String>,
    role: Option<String>,
    decides: Option<String>,
    deputy: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdviceGroup {
    area: String,
    about: Option<String>,
    reach: Option<String>,
    hours: Option<String>,
    members: Vec<Adviser>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Adviser {
    member: String,
    training: Option<String>,
    hours: Option<String>,
}

pub(super) fn write(
    batch: &mut Batch<'_>,
    orders: &[AskOrder],
    groups: &[AdviceGroup],
) -> Result<(), Error> {
    for of in orders {
        let office = slug_key(Kind::Office, &of.office)?;
        let mut edits = vec![set("office", &office.to_string())];
        set_optional(&mut edits, "note", of.note.as_deref());
        for asked in &of.people {
            let mut fields = Vec::new();
            for (name, member) in [("member", &asked.member), ("deputy", &asked.deputy)] {
                if let Some(member) = member {
                    fields.push((name, key_text(Kind::Member, member)?));
                }
            }
            let words = [("role", &asked.role), ("decides", &asked.decides)];
            for (name, said) in words {
                fields.extend(said.as_ref().map(|said| (name, text(said))));
            }
            edits.push(add(batch, "people", fields)?);
        }
        create(batch, Kind::AskOrder, &office, &edits)?;
    }
    for of in groups {
        let area = slug_key(Kind::Area, &of.area)?;
        let mut edits = vec![set("area", &area.to_string())];
        set_optional(&mut edits, "about", of.about.as_deref());
        set_optional(&mut edits, "reach", of.reach.as_deref());
        set_optional(&mut edits, "hours", of.hours.as_deref());
        for adviser in &of.members {
            let mut fields = vec![("member", key_text(Kind::Member, &adviser.member)?)];
            for (name, said) in [("training", &adviser.training), ("hours", &adviser.hours)] {
                fields.extend(said.as_ref().map(|said| (name, text(said))));
            }
            edits.push(add(batch, "members", fields)?);
        }
        create(batch, Kind::AdviceGroup, &area, &edits)?;
    }
    Ok(())
}

fn create(
    batch: &mut Batch<'_>,
    kind: Kind,
    about: &radrum_domain::ItemKey,
    edits: &[Edit],
) -> Result<(), Error> {
    let key = single_of(kind, about).ok_or_else(|| Error::bug("example key"))?;
    batch.create(&key, edits)
}
