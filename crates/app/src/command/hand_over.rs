//! Handing over: what a colleague holds, and giving it to others. Roles own things and persons
//! hold roles, so nothing but the holder is written (needs N38, N48).

use super::Acknowledged;
use super::edit::{heads, key as key_of};
use super::page::{Key, waiting_drafts};
use crate::api::{HandOver, HandOverPage, HandedThing, HeldThing};
use crate::commit::Batch;
use crate::people::People;
use crate::{Code, Error, Session};
use radrum_domain::{
    Duty, Edit, HELD, HELD_BY, Heads, ItemKey, Kind, Member, Question, QuestionState, Scalar,
    holders,
};
use radrum_store::{DocMeta, Item, Read};
use std::collections::BTreeMap;

/// The field of a colleague's own page that names her task in the krets.
const DUTY: &str = "duty";

/// Until when she is chosen for it.
const DUTY_UNTIL: &str = "duty_until";

/// Most things of one handing over.
const THINGS_MAX: usize = 1_000;

pub(super) fn handing_over(session: &Session, args: Key) -> Result<HandOverPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = member_of(&read, &key)?;
        let member: Member = meta.plain.view().unwrap_or_default();
        let mut people = session.people(read);
        let held = held_by(&mut people, &meta)?;
        let is_me = session.me().as_ref() == Some(&key);
        let drafts = if is_me {
            waiting_drafts(&read)?
        } else {
            Vec::new()
        };
        Ok(HandOverPage {
            member: people.named(&key)?,
            is_me,
            deputy: people.named_optional(member.deputy.as_ref())?,
            held,
            drafts,
        })
    })
}

/// What a colleague answers for: her task first, then as [`HELD`] stands.
pub(super) fn held_by(people: &mut People<'_>, meta: &DocMeta) -> Result<Vec<HeldThing>, Error> {
    let (read, today) = (people.read, people.today.to_string());
    let member: Member = meta.plain.view().unwrap_or_default();
    let mut held = Vec::new();
    held.extend(duty(people, meta, &member)?);
    for item in read.linked_from(&meta.key, HELD_BY)? {
        if let Some(of) = read.doc_meta(&item.key)? {
            held.extend(things(people, (&item, &of), &meta.key, &today)?);
        }
    }
    held.sort_by_key(|thing| place(thing.kind, &thing.field));
    Ok(held)
}

fn member_of(read: &Read<'_>, key: &ItemKey) -> Result<DocMeta, Error> {
    let meta = read.doc_meta(key)?.filter(|_| key.kind() == Kind::Member);
    meta.ok_or_else(|| Error::not_found(key))
}

/// Her task first, then as [`HELD`] stands.
fn place(kind: Kind, field: &str) -> Option<usize> {
    HELD.iter().position(|held| *held == (kind, field))
}

fn duty(
    people: &mut People<'_>,
    meta: &DocMeta,
    member: &Member,
) -> Result<Option<HeldThing>, Error> {
    if member.duty == Duty::Unknown {
        return Ok(None);
    }
    let owner = meta.plain.common().owner;
    Ok(Some(HeldThing {
        key: meta.key.to_string(),
        kind: Kind::Member,
        field: DUTY.to_string(),
        title: member.title.clone(),
        municipality: people.named_optional(owner.as_ref())?,
        responsibility: None,
        duty: Some(member.duty),
        review_on: None,
        heads: texts(&meta.heads),
    }))
}

/// One item, once for each field that names her. A holding that is over is held no more.
fn things(
    people: &mut People<'_>,
    (item, meta): (&Item, &DocMeta),
    member: &ItemKey,
    today: &str,
) -> Result<Vec<HeldThing>, Error> {
    let kind = meta.key.kind();
    let mut thing = HeldThing {
        key: meta.key.to_string(),
        kind,
        field: String::new(),
        title: item.title.clone(),
        municipality: people.named_optional(item.owner.as_ref())?,
        responsibility: None,
        duty: None,
        review_on: item.review_on.clone(),
        heads: texts(&meta.heads),
    };
    if kind == Kind::Responsibility {
        let cell = people.cell(&meta.key)?;
        let Some(cell) = cell.filter(|cell| cell.to.as_deref().is_none_or(|to| to >= today)) else {
            return Ok(Vec::new());
        };
        thing.title = cell.area.title;
        thing.municipality = Some(cell.municipality);
        thing.responsibility = Some(cell.responsibility);
    }
    // Whoever has what she asked for waits for nothing more.
    let question: Option<Question> = meta.plain.view().ok().filter(|_| kind == Kind::Question);
    if question.is_some_and(|question| question.state == QuestionState::Clear) {
        return Ok(Vec::new());
    }
    let hers = holders(kind, &meta.plain).filter(|(_, holder)| holder == member);
    let hers = hers.map(|(field, _)| HeldThing {
        field: field.to_string(),
        ..thing.clone()
    });
    Ok(hers.collect())
}

pub(super) fn hand_over(session: &Session, args: HandOver) -> Result<Acknowledged, Error> {
    if args.things.len() > THINGS_MAX {
        return Err(Error::new(Code::TooLarge, "things"));
    }
    let member = key_of(&args.member)?;
    let mut duties = Vec::new();
    // Two roles in one item are one change of it.
    let mut items: BTreeMap<ItemKey, (Heads, Vec<Edit>)> = BTreeMap::new();
    for thing in &args.things {
        let (key, to) = checked(thing, &member)?;
        let base = heads(&thing.heads)?;
        if thing.field == DUTY {
            duties.push((base, to));
        } else {
            let (_, edits) = items.entry(key).or_insert_with(|| (base, Vec::new()));
            edits.push(set(&thing.field, Some(to.to_string())));
        }
    }
    session.write(&args.window, move |batch| {
        for (key, (base, edits)) in &items {
            for edit in edits {
                check_heir(batch, edit)?;
            }
            batch.edit(key, base, edits)?;
        }
        for (base, to) in &duties {
            hand_duty(batch, (&member, base), to)?;
        }
        Ok(())
    })?;
    Ok(Acknowledged {})
}

/// What is handed to whom. Nobody takes what she has, or answers for herself when she is away.
fn checked(thing: &HandedThing, member: &ItemKey) -> Result<(ItemKey, ItemKey), Error> {
    let (key, to) = (key_of(&thing.key)?, key_of(&thing.to)?);
    let is_held = if thing.field == DUTY {
        key == *member
    } else {
        place(key.kind(), &thing.field).is_some()
    };
    if !is_held || to.kind() != Kind::Member || to == *member || to == key {
        return Err(Error::new(Code::BadArguments, "not handed over so"));
    }
    Ok((key, to))
}

/// Whoever takes something over is a colleague who is there.
fn check_heir(batch: &Batch<'_>, edit: &Edit) -> Result<(), Error> {
    if let Edit::Set {
        value: Some(Scalar::Text(to)),
        ..
    } = edit
    {
        member_of(&batch.read(), &key_of(to)?)?;
    }
    Ok(())
}

/// A task leaves one page and comes to another, for the rest of its time. The heir's is written
/// as it stands here: she may have had another task, which her history keeps.
fn hand_duty(
    batch: &mut Batch<'_>,
    (from, base): (&ItemKey, &Heads),
    to: &ItemKey,
) -> Result<(), Error> {
    let (given, heir) = (
        member_of(&batch.read(), from)?,
        member_of(&batch.read(), to)?,
    );
    let written = |field: &str| given.plain.fields.get(field)?.as_str().map(String::from);
    let word = written(DUTY).ok_or_else(|| Error::not_found(from))?;
    let until = written(DUTY_UNTIL);
    let taken = [set(DUTY, Some(word)), set(DUTY_UNTIL, until)];
    batch.edit(to, &heir.heads, &taken)?;
    batch.edit(from, base, &[set(DUTY, None), set(DUTY_UNTIL, None)])?;
    Ok(())
}

fn set(field: &str, value: Option<String>) -> Edit {
    Edit::Set {
        field: field.to_string(),
        value: value.map(Scalar::Text),
    }
}

fn texts(heads: &Heads) -> Vec<String> {
    heads.as_slice().iter().map(ToString::to_string).collect()
}
