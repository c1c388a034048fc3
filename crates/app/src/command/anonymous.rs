//! Writing without a name, and stepping forward later.

use super::Acknowledged;
use super::edit::{edited, key};
use super::page::Key;
use crate::api::{
    AnonymousHurdle, AnonymousState, Edited, MailStanding, PostAnonymous, StepForward, WaitingAct,
    WaitingPost, Withdraw,
};
use crate::commit::{Later, Nameless};
use crate::guard::{self, Byline};
use crate::krets::{DEVICES_MIN, MUNICIPALITIES_MIN};
use crate::{Code, Error, Session};
use radrum_domain::{Answer, Edit, ItemKey, Kind, Scalar};
use radrum_store::{Read, UnnamedAct, UnnamedPost};

/// Fields that say nothing about whoever wrote.
const QUESTION: &[&str] = &["text", "more", "area", "form", "labels"];
const ANSWER: &[&str] = &["question", "under", "text", "form"];

/// Tokens that nothing new is paid with: what turns out to be wrong is not to wait for a week.
const KEPT_TO_ERASE: usize = 1;

/// Longest post, in bytes of its edits: more than anybody reads.
const BYTES_MAX: usize = 64 * 1024;

pub(super) fn anonymous(session: &Session, _: super::Nothing) -> Result<AnonymousState, Error> {
    let (hurdle, (devices, municipalities)) = standing(session)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    session.read(|read| {
        let (mut waiting, mut mine) = (Vec::new(), Vec::new());
        for post in read.unnamed_posts()? {
            if post.is_back {
                mine.extend((post.act == UnnamedAct::Write).then_some(post.key));
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

/// What stands in the way of letters; a lack of tokens passes.
pub(super) fn mail_hurdle(session: &Session) -> Result<Option<MailStanding>, Error> {
    Ok(match standing(session)?.0 {
        Some(AnonymousHurdle::Example) => Some(MailStanding::Example),
        Some(AnonymousHurdle::NoKrets | AnonymousHurdle::NoRelay) => Some(MailStanding::NoRelay),
        Some(AnonymousHurdle::FewDevices | AnonymousHurdle::FewMunicipalities) => {
            Some(MailStanding::Few)
        }
        Some(AnonymousHurdle::NoTokens) | None => None,
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
        let spoken_for = unpaid + KEPT_TO_ERASE;
        Ok((left as usize <= spoken_for).then_some(AnonymousHurdle::NoTokens))
    })?;
    Ok((hurdle, crowd))
}

fn waits(read: &Read<'_>, post: &UnnamedPost) -> Result<Option<WaitingPost>, Error> {
    let Ok(key) = post.key.parse::<ItemKey>() else {
        return Ok(None);
    };
    let edits: Vec<Edit> = serde_json::from_str(&post.said).unwrap_or_default();
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
    let text = match post.act {
        UnnamedAct::Write => text,
        _ => read.title(&key)?,
    };
    let question = if post.act == UnnamedAct::Write && post.question == post.item {
        None
    } else {
        read.key_of(post.question)?.map(|key| key.to_string())
    };
    Ok(Some(WaitingPost {
        id: post.n.to_string(),
        act: match post.act {
            UnnamedAct::Write => WaitingAct::Write,
            UnnamedAct::Change => WaitingAct::Clear,
            UnnamedAct::Erase => WaitingAct::Erase,
        },
        kind: key.kind(),
        question,
        text: text.unwrap_or_default(),
        sent: post.post.is_some(),
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

/// "Klar för mig", in the word of whoever asked without a name.
pub(super) fn settle(session: &Session, args: Key) -> Result<Acknowledged, Error> {
    let key = args.key()?;
    if key.kind() != Kind::Question {
        return Err(Error::new(Code::BadArguments, "kind"));
    }
    let clear = Edit::Set {
        field: "state".into(),
        value: Some(Scalar::Text("clear".into())),
    };
    let later = Later::Change(vec![clear]);
    session.on_writer(move |side| side.do_nameless(key.id(), &later))?;
    Ok(Acknowledged {})
}

pub(super) fn withdraw(session: &Session, args: Withdraw) -> Result<Acknowledged, Error> {
    let bad = |_| Error::new(Code::BadArguments, "id");
    let n: i64 = args.id.parse().map_err(bad)?;
    session.on_writer(move |side| side.withdraw_nameless(n))?;
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
