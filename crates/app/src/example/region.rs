//! Writes the region of the Exempelkrets as its file says.

use super::region_file::{Note, Region};
use crate::commit::Batch;
use crate::content::{put, set, set_optional, slug_key};
use crate::{Error, Session};
use radrum_domain::{Edit, Heads, ItemKey, Kind, Playbook, Scalar};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Most of the invented colleagues are nobody's new colleague.
const LONG_AGO_DAYS: i64 = 400;

impl Region {
    /// Writes all of it in one transaction: it is small, and either all there or not.
    pub fn write(self, session: &Session) -> Result<(), Error> {
        session.write("", move |batch| {
            batch.write_as(None, batch.now());
            self.organisations(batch)?;
            self.people(batch)?;
            self.holdings(batch)?;
            super::asking::write(batch, &self.ask_order, &self.advice_group)?;
            self.services(batch)?;
            self.cards(batch)?;
            self.practice(batch)?;
            self.notes(batch)?;
            let municipality = |slug: &str| {
                let of = self.member.iter().find(|member| member.slug == slug);
                of.map(|member| member.municipality.clone())
            };
            super::questions::write(batch, &municipality)
        })
    }

    fn organisations(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        for m in &self.municipality {
            let mut edits = vec![set("title", &m.title), set("form", &m.form)];
            set_optional(&mut edits, "code", m.code.as_deref());
            edits.extend(number("population", m.population));
            set_optional(&mut edits, "population_on", m.population_on.as_deref());
            set_optional(&mut edits, "court", m.court.as_deref());
            set_optional(&mut edits, "organisation", m.organisation.as_deref());
            set_optional(&mut edits, "local_knowledge", m.local_knowledge.as_deref());
            batch.create(&slug_key(Kind::Municipality, &m.slug)?, &edits)?;
        }
        for o in &self.office {
            let mut edits = vec![set("title", &o.title)];
            edits.extend(
                o.municipalities
                    .first()
                    .map(|owner| owner_of(owner))
                    .transpose()?,
            );
            for municipality in &o.municipalities {
                edits.push(put(
                    "municipalities",
                    slug_key(Kind::Municipality, municipality)?,
                ));
            }
            set_optional(&mut edits, "phone", o.phone.as_deref());
            set_optional(&mut edits, "email", o.email.as_deref());
            set_optional(&mut edits, "hours", o.hours.as_deref());
            set_optional(&mut edits, "paused_note", o.paused_note.as_deref());
            edits.extend(o.paused.then(|| crate::content::flag("paused")));
            for reserve in &o.reserves {
                edits.push(add(
                    batch,
                    "reserves",
                    vec![
                        ("area", key_text(Kind::Area, &reserve.area)?),
                        ("office", key_text(Kind::Office, &reserve.office)?),
                    ],
                )?);
            }
            batch.create(&slug_key(Kind::Office, &o.slug)?, &edits)?;
        }
        Ok(())
    }

    fn people(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        let now = batch.now();
        for m in &self.member {
            let me = slug_key(Kind::Member, &m.slug)?;
            let mut edits = vec![
                set("title", &m.name),
                owner_of(&m.municipality)?,
                set("office", &slug_key(Kind::Office, &m.office)?.to_string()),
            ];
            for (field, value) in [
                ("role", &m.role),
                ("phone", &m.phone),
                ("email", &m.email),
                ("consult_when", &m.consult_when),
                ("duty", &m.duty),
                ("about", &m.about),
            ] {
                set_optional(&mut edits, field, value.as_deref());
            }
            if let Some(deputy) = &m.deputy {
                edits.push(set("deputy", &slug_key(Kind::Member, deputy)?.to_string()));
            }
            edits.extend(m.call_me.then(|| crate::content::flag("call_me")));
            for municipality in &m.municipalities {
                edits.push(put(
                    "municipalities",
                    slug_key(Kind::Municipality, municipality)?,
                ));
            }
            for line in &m.experience {
                let mut fields = vec![
                    ("area", key_text(Kind::Area, &line.area)?),
                    ("level", text(&line.level)),
                ];
                fields.extend(line.year.map(|year| ("year", Scalar::Number(year))));
                fields.extend(line.note.as_ref().map(|note| ("note", text(note))));
                edits.push(add(batch, "experience", fields)?);
            }
            for away in &m.away {
                let fields = vec![("from", text(&away.from)), ("to", text(&away.to))];
                edits.push(add(batch, "away", fields)?);
            }
            // Everybody wrote her own lines, when she came.
            let came = now - m.days_ago.unwrap_or(LONG_AGO_DAYS) * DAY_MS;
            batch.write_as(Some(&me), came);
            batch.create(&me, &edits)?;
            batch.next_entry()?;
        }
        batch.write_as(None, now);
        Ok(())
    }

    fn holdings(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        for r in &self.responsibility {
            let mut edits = vec![
                set("area", &slug_key(Kind::Area, &r.area)?.to_string()),
                set(
                    "municipality",
                    &slug_key(Kind::Municipality, &r.municipality)?.to_string(),
                ),
                set("responsibility", &r.kind),
                owner_of(&r.municipality)?,
            ];
            set_optional(&mut edits, "from", r.from.as_deref());
            set_optional(&mut edits, "to", r.to.as_deref());
            set_optional(&mut edits, "decision", r.decision.as_deref());
            set_optional(&mut edits, "note", r.note.as_deref());
            if let Some(member) = &r.member {
                edits.push(set("member", &slug_key(Kind::Member, member)?.to_string()));
            }
            let key = batch.fresh_key(Kind::Responsibility)?;
            batch.create(&key, &edits)?;
        }
        Ok(())
    }

    fn services(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        for r in &self.resource {
            let mut edits = vec![set("title", &r.title)];
            for (field, value) in [
                ("about", &r.about),
                ("place", &r.place),
                ("referral", &r.referral),
                ("phone", &r.phone),
                ("verified_on", &r.verified_on),
                ("alternative", &r.alternative),
                ("cost", &r.cost),
            ] {
                set_optional(&mut edits, field, value.as_deref());
            }
            for area in &r.areas {
                edits.push(put("areas", slug_key(Kind::Area, area)?));
            }
            for label in &r.labels {
                edits.push(put("labels", slug_key(Kind::Label, label)?));
            }
            for travel in &r.travel {
                let mut fields = vec![("office", key_text(Kind::Office, &travel.office)?)];
                fields.extend(travel.km.map(|km| ("km", Scalar::Number(km))));
                fields.extend(travel.minutes.map(|m| ("minutes", Scalar::Number(m))));
                edits.push(add(batch, "travel", fields)?);
            }
            batch.create(&slug_key(Kind::Resource, &r.slug)?, &edits)?;
        }
        Ok(())
    }

    /// Who owns and has looked through a card, and where it was last done.
    fn cards(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        for owner in &self.owner {
            let mut edits = vec![set("owner_role", &owner.owner_role)];
            set_optional(&mut edits, "deputy_role", owner.deputy_role.as_deref());
            set_optional(&mut edits, "review_on", owner.review_on.as_deref());
            if let Some(day) = &owner.reviewed_on {
                edits.push(set("reviewed_on", day));
                edits.push(Edit::Set {
                    field: "draft".into(),
                    value: Some(Scalar::Flag(false)),
                });
            }
            edit_card(batch, &owner.playbook, &edits)?;
        }
        for done in &self.done {
            let fields = vec![
                (
                    "municipality",
                    key_text(Kind::Municipality, &done.municipality)?,
                ),
                ("year", Scalar::Number(done.year)),
            ];
            let edit = add(batch, "done", fields)?;
            edit_card(batch, &done.playbook, &[edit])?;
        }
        Ok(())
    }

    fn practice(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        let now = batch.now();
        for v in &self.variant {
            let mut edits = vec![
                set(
                    "playbook",
                    &slug_key(Kind::Playbook, &v.playbook)?.to_string(),
                ),
                set("text", &v.text),
                owner_of(&v.municipality)?,
            ];
            let step = step_id(batch, &v.playbook, v.step)?;
            set_optional(&mut edits, "step", step.as_deref());
            set_optional(&mut edits, "agreed_on", v.agreed_on.as_deref());
            set_optional(&mut edits, "present", v.present.as_deref());
            self.sign(batch, &v.municipality, now - v.days_ago * DAY_MS)?;
            let key = batch.fresh_key(Kind::Variant)?;
            batch.create(&key, &edits)?;
            batch.next_entry()?;
        }
        for d in &self.deviation {
            let mut edits = vec![
                set(
                    "playbook",
                    &slug_key(Kind::Playbook, &d.playbook)?.to_string(),
                ),
                set("text", &d.text),
                owner_of(&d.municipality)?,
            ];
            let step = step_id(batch, &d.playbook, d.step)?;
            set_optional(&mut edits, "step", step.as_deref());
            set_optional(&mut edits, "reason", d.reason.as_deref());
            edits.extend(number("year", d.year));
            let at = now - d.days_ago * DAY_MS;
            match &d.member {
                Some(member) => {
                    batch.write_as(Some(&slug_key(Kind::Member, member)?), at);
                }
                None => self.sign(batch, &d.municipality, at)?,
            }
            let key = batch.fresh_key(Kind::Deviation)?;
            batch.create(&key, &edits)?;
            batch.next_entry()?;
        }
        batch.write_as(None, now);
        Ok(())
    }

    /// Writes as the representative of a municipality.
    fn sign(&self, batch: &mut Batch<'_>, municipality: &str, at: i64) -> Result<(), Error> {
        let author = self.member.iter().find(|member| {
            member.municipality == municipality && member.duty.as_deref() == Some("representative")
        });
        let key = author
            .map(|member| slug_key(Kind::Member, &member.slug))
            .transpose()?;
        batch.write_as(key.as_ref(), at);
        Ok(())
    }

    fn notes(&self, batch: &mut Batch<'_>) -> Result<(), Error> {
        let now = batch.now();
        let mut notes: Vec<&Note> = self.note.iter().collect();
        // Rows of the search table grow with writing time.
        notes.sort_by_key(|note| std::cmp::Reverse(note.days_ago));
        for note in notes {
            let author = slug_key(Kind::Member, &note.member)?;
            let mut edits = vec![
                set("title", &note.title),
                Edit::Write {
                    field: "body".into(),
                    text: note.body.clone(),
                },
            ];
            let of = self.member.iter().find(|member| member.slug == note.member);
            edits.extend(
                of.map(|member| owner_of(&member.municipality))
                    .transpose()?,
            );
            if let Some(area) = &note.area {
                edits.push(set("area", &slug_key(Kind::Area, area)?.to_string()));
            }
            for label in &note.labels {
                edits.push(put("labels", slug_key(Kind::Label, label)?));
            }
            batch.write_as(Some(&author), now - note.days_ago * DAY_MS);
            let key = batch.fresh_key(Kind::Note)?;
            batch.create(&key, &edits)?;
            batch.next_entry()?;
        }
        batch.write_as(None, now);
        Ok(())
    }
}

pub(super) fn owner_of(municipality: &str) -> Result<Edit, Error> {
    Ok(set(
        "owner",
        &slug_key(Kind::Municipality, municipality)?.to_string(),
    ))
}

fn number(field: &str, value: Option<u32>) -> Option<Edit> {
    value.map(|n| Edit::Set {
        field: field.into(),
        value: Some(Scalar::Number(n)),
    })
}

pub(super) fn text(text: &str) -> Scalar {
    Scalar::Text(text.to_string())
}

pub(super) fn key_text(kind: Kind, slug: &str) -> Result<Scalar, Error> {
    Ok(Scalar::Text(slug_key(kind, slug)?.to_string()))
}

pub(super) fn add(
    batch: &Batch<'_>,
    list: &str,
    fields: Vec<(&str, Scalar)>,
) -> Result<Edit, Error> {
    let fields: BTreeMap<String, Scalar> = fields
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect();
    Ok(Edit::Add {
        list: list.into(),
        id: batch.entry_id()?,
        fields,
        after: None,
    })
}

fn edit_card(batch: &mut Batch<'_>, slug: &str, edits: &[Edit]) -> Result<(), Error> {
    let key = slug_key(Kind::Playbook, slug)?;
    let heads: Heads = card_of(batch, &key)?.1;
    batch.edit(&key, &heads, edits)?;
    Ok(())
}

/// The entry of a step by its number on the page.
fn step_id(batch: &Batch<'_>, slug: &str, number: Option<usize>) -> Result<Option<String>, Error> {
    let Some(number) = number else {
        return Ok(None);
    };
    let (card, _) = card_of(batch, &slug_key(Kind::Playbook, slug)?)?;
    let step = card.steps.get(number.wrapping_sub(1));
    Ok(step.map(|step| step.id.clone()))
}

fn card_of(batch: &Batch<'_>, key: &ItemKey) -> Result<(Playbook, Heads), Error> {
    let meta = batch
        .read()
        .doc_meta(key)?
        .ok_or_else(|| Error::not_found(key))?;
    Ok((meta.plain.view().unwrap_or_default(), meta.heads))
}
