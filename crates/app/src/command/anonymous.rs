//! Writing without a name, and stepping forward later.

use super::Acknowledged;
use super::edit::{edited, key};
use super::page::Key;
use crate::api::{
    AnonymousHurdle, AnonymousState, Edited, PostAnonymous, StepForward, WaitingPost,
};
use crate::commit::Nameless;
use crate::guard::{self, Byline};
use crate::krets::{DEVICES_MIN, MUNICIPALITIES_MIN};
use crate::{Code, Error, Session};
use radrum_domain::{Answer, Edit, ItemKey, Kind, Scalar};
use radrum_store::{Read, UnnamedPost};

/// Fields that say nothing about whoever wrote.
const QUESTION: &[&str] = &["text", "more", "area", "form", "labels"];
const ANSWER: &[&str] = &["question", "under", "text", "form"];

/// Longest post, in bytes of its edits: more than anybody reads.
const BYTES_MAX: usize = 64 * 1024;

pub(super) fn anonymous(session: &Session, _: super::Nothing) -> Result<AnonymousState, Error> {
    let (hurdle, (devices, municipalities)) = standing(session)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    session.read(|read| {
        let (mut waiting, mut mine) = (Vec::new(), Vec::new());
        for post in read.unnamed_posts()? {
            if post.is_back {
                mine.push(post.key);
            } else {
                waiting.extend(waits(&read, &post)?);
            }
        }
        Ok(AnonymousState {
            hurdle,
            devices: count(devices),
            devices_min: count(DEVICES_MIN),
            municipalities: count(municipalities),
            municipalities_min: count(MUNICIPALITIES_MIN),
            waiting,
            mine,
        })
    })
}

/// What stands in the way, and how many belong.
fn standing(session: &Session) -> Result<(Option<AnonymousHurdle>, (usize, usize)), Error> {
    if session.example {
        return Ok((Some(AnonymousHurdle::Example), (0, 0)));
    }
    let Some((crowd, issuer)) = session.on_writer(|side| Ok(side.crowd()))? else {
        return Ok((Some(AnonymousHurdle::NoKrets), (0, 0)));
    };
    let hurdle = session.read(|read| {
        if crowd.0 < DEVICES_MIN {
            return Ok(Some(AnonymousHurdle::FewDevices));
        }
        if crowd.1 < MUNICIPALITIES_MIN {
            return Ok(Some(AnonymousHurdle::FewMunicipalities));
        }
        if read.krets()?.is_none_or(|krets| krets.relays.is_empty()) {
            return Ok(Some(AnonymousHurdle::NoRelay));
        }
        let left = issuer.map_or(Ok(0), |issuer| read.tokens_left(issuer))?;
        let unpaid = read
            .unnamed_posts()?
            .iter()
            .filter(|post| !post.is_back && post.post.is_none())
            .count();
        Ok((left as usize <= unpaid).then_some(AnonymousHurdle::NoTokens))
    })?;
    Ok((hurdle, crowd))
}

fn waits(read: &Read<'_>, post: &UnnamedPost) -> Result<Option<WaitingPost>, Error> {
    let Ok(key) = post.key.parse::<ItemKey>() else {
        return Ok(None);
    };
    let edits: Vec<Edit> = serde_json::from_str(&post.edits).unwrap_or_default();
    let text = edits.into_iter().find_map(|edit| match edit {
        Edit::Set {
            field,
            value: Some(Scalar::Text(text)),
        }
        | Edit::Write { field, text }
            if field == "text" =>
        {
            Some(text)
        }
        _ => None,
    });
    let question = if post.question == post.item {
        None
    } else {
        read.key_of(post.question)?.map(|key| key.to_string())
    };
    Ok(Some(WaitingPost {
        kind: key.kind(),
        question,
        text: text.unwrap_or_default(),
        sent: post.post.is_some(),
        key: post.key.clone(),
    }))
}

pub(super) fn post(session: &Session, args: PostAnonymous) -> Result<Acknowledged, Error> {
    if let (Some(hurdle), _) = standing(session)? {
        return Err(Error::new(Code::NotAnonymous, format!("{hurdle:?}")));
    }
    let fields = match args.kind {
        Kind::Question => QUESTION,
        Kind::Answer => ANSWER,
        _ => return Err(Error::new(Code::BadArguments, "kind")),
    };
    let bytes = serde_json::to_vec(&args.edits).map_or(usize::MAX, |bytes| bytes.len());
    if bytes > BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "anonymous post"));
    }
    if !args.edits.iter().all(|edit| is_of(fields, edit)) {
        return Err(Error::new(
            Code::BadArguments,
            "a field that names somebody",
        ));
    }
    let accepted = args.accepted.unwrap_or_default();
    let of = (args.kind, None, Byline::Anonymous);
    guard::pass(session, of, &args.edits, &accepted)?;
    radrum_domain::check_new(args.kind, &args.edits)?;
    let question = match args.kind {
        Kind::Answer => Some(answered(session, &args.edits)?),
        _ => None,
    };
    let said = Nameless {
        kind: args.kind,
        question,
        edits: args.edits,
    };
    session.on_writer(move |side| side.write_nameless(said))?;
    Ok(Acknowledged {})
}

fn is_of(fields: &[&str], edit: &Edit) -> bool {
    match edit {
        Edit::Set { field, .. } | Edit::Write { field, .. } => fields.contains(&field.as_str()),
        Edit::Put { set, .. } => fields.contains(&set.as_str()),
        _ => false,
    }
}

/// The question that an answer names; it must be here.
fn answered(session: &Session, edits: &[Edit]) -> Result<radrum_wire::ItemId, Error> {
    let named = edits.iter().find_map(|edit| match edit {
        Edit::Set {
            field,
            value: Some(Scalar::Text(text)),
        } if field == "question" => Some(text),
        _ => None,
    });
    let question = key(named.map_or("", String::as_str))?;
    let here = session.read(|read| Ok(read.doc_meta(&question)?.is_some()))?;
    if here {
        Ok(question.id())
    } else {
        Err(Error::not_found(&question))
    }
}

pub(super) fn withdraw(session: &Session, args: Key) -> Result<Acknowledged, Error> {
    let item = args.key()?.id();
    session.on_writer(move |side| side.withdraw_nameless(item))?;
    Ok(Acknowledged {})
}

/// A named answer with the proof that only the key of the thread can give.
pub(super) fn step_forward(session: &Session, args: StepForward) -> Result<Edited, Error> {
    let of = key(&args.key)?;
    let item = of.id();
    let proof = session.on_writer(move |side| side.stepping_forward(item))?;
    let text = |field: &str, text: String| Edit::Set {
        field: field.into(),
        value: Some(Scalar::Text(text)),
    };
    let mut edits = vec![text("text", args.text), text("form", "follow_up".into())];
    let accepted = args.accepted.unwrap_or_default();
    let named = (Kind::Answer, None, Byline::Named);
    guard::pass(session, named, &edits, &accepted)?;
    let owner = session.read(|read| Ok(session.reader(&read)?.municipality))?;
    let question = match of.kind() {
        Kind::Answer => session.read(|read| {
            let meta = read.doc_meta(&of)?.ok_or_else(|| Error::not_found(&of))?;
            let answer: Answer = meta.plain.view().unwrap_or_default();
            answer.question.ok_or_else(|| Error::not_found(&of))
        })?,
        _ => of.clone(),
    };
    edits.push(text("question", question.to_string()));
    edits.push(text("proof", proof));
    edits.extend(owner.map(|owner| text("owner", owner.to_string())));
    if of.kind() == Kind::Answer {
        edits.push(text("under", of.to_string()));
    }
    let key = session.write(&args.window, move |batch| {
        let key = batch.fresh_key(Kind::Answer)?;
        batch.create(&key, &edits)?;
        Ok(key)
    })?;
    edited(session, &key, true)
}
