//! Founding a krets and taking a colleague in.

use super::Nothing;
use crate::api::{
    Approve, AskToJoin, CheckAnswer, CheckQuestion, FoundKrets, Invite, Join, KretsState, LetterId,
    LetterOnItsWay, LetterText, RequestSeen, RootKeys, SnapshotSeen, SnapshotStep, StartState,
};
use crate::commit::Invited;
use crate::content::set;
use crate::starter::slug_of;
use crate::{Code, Error, Host, Session};
use radrum_domain::{ItemKey, Kind};
use radrum_seal::SixDigits;
use radrum_store::{LetterRole, LetterRow, Read, SnapshotState};
use radrum_wire::{
    Invitation, ItemId, Letter as _, Record as _, Salt, SealedRequest, SealedWelcome,
};

pub(super) fn krets(session: &Session, _: Nothing) -> Result<KretsState, Error> {
    let municipality = session.municipality()?;
    let state = session.on_writer(move |side| Ok(side.krets_summary(municipality)))?;
    session.read(|read| {
        let (entries, waiting) = read.entry_counts()?;
        let letters = read.letters()?.iter().map(on_its_way).collect();
        Ok(KretsState {
            joined: state.joined,
            ended: state.ended,
            name: session.profile().region_name,
            admin: state.admin,
            devices: state.devices,
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            letters,
            snapshot: snapshot_seen(&read)?,
        })
    })
}

fn snapshot_seen(read: &Read<'_>) -> Result<Option<SnapshotSeen>, Error> {
    let Some(row) = read.snapshot()? else {
        return Ok(None);
    };
    let (state, named) = match row.state {
        SnapshotState::Reading => (SnapshotStep::Reading, true),
        SnapshotState::Checking => (SnapshotStep::Checking, true),
        SnapshotState::Done => (SnapshotStep::Done, true),
        SnapshotState::Dropped => (SnapshotStep::Dropped, true),
        SnapshotState::Unproven => (SnapshotStep::Dropped, false),
    };
    let by = match read.key_of(row.municipality)? {
        Some(key) if named => read.title(&key)?,
        _ => None,
    };
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Some(SnapshotSeen {
        state,
        items: number(row.taken),
        of: number(row.items),
        by,
        at: row.at,
    }))
}

fn on_its_way(letter: &LetterRow) -> LetterOnItsWay {
    let invitation = Invitation::decode_record(&letter.invitation).ok();
    let text = |of: fn(&Invitation) -> &String| invitation.as_ref().map(of).cloned();
    LetterOnItsWay {
        invitation: hex::encode(letter.id.as_bytes()),
        inviting: letter.role == LetterRole::Inviting,
        krets: text(|of| &of.krets).unwrap_or_default(),
        inviter: text(|of| &of.inviter).unwrap_or_default(),
        made_at: letter.made_at,
    }
}

pub(super) fn found_krets(host: &Host, args: FoundKrets) -> Result<RootKeys, Error> {
    let session = host.session()?;
    let name = args.name.trim().to_string();
    let municipality = needed(session.municipality()?)?;
    let roots = session.on_writer(move |side| side.found_krets(&name, municipality))?;
    session.reread_profile()?;
    host.open_roads(&session);
    Ok(RootKeys {
        keys: roots
            .iter()
            .map(|root| hex::encode(root.to_secret().as_slice()))
            .collect(),
    })
}

pub(super) fn invite(session: &Session, args: Invite) -> Result<LetterText, Error> {
    let wanted = args.municipality.trim();
    let mut fou = None;
    let (municipality, place) = match wanted.parse::<ItemKey>() {
        _ if wanted.is_empty() => named(session, session.municipality()?)?,
        Ok(key) if key.kind() == Kind::Municipality => named(session, Some(key))?,
        _ => {
            let slug = slug_of(wanted).map(|slug| ItemKey::slug(Kind::Municipality, &slug));
            let key = slug.and_then(Result::ok);
            let bad = || Error::new(Code::BadArguments, "municipality");
            let key = key.ok_or_else(bad)?;
            fou = args.fou.then(|| (key.clone(), wanted.to_string()));
            (key.id(), wanted.to_string())
        }
    };
    let inviter = session.my_name()?;
    let member = args.member.trim();
    let member = (!member.is_empty()).then(|| member.parse::<ItemKey>());
    let member = member
        .transpose()
        .map_err(|_| Error::new(Code::BadArguments, "member"))?;
    let whom = Invited {
        municipality,
        place,
        guest_until: last_moment(args.guest_until.trim())?,
        member: member.map(|key| key.id()),
    };
    let letter = session.on_writer(move |side| text_of(side.invite(&inviter, whom)?.to_text()))?;
    if let Some((key, title)) = fou {
        write_fou(session, key, title)?;
    }
    Ok(letter)
}

/// Says that a new organisation is FoU. This is known to whoever invites: the letter names the
/// place alone, and its bytes are compared by telephone, so they stay as they are.
fn write_fou(session: &Session, key: ItemKey, title: String) -> Result<(), Error> {
    session.write("", move |batch| {
        if batch.read().doc_meta(&key)?.is_none() {
            batch.create(&key, &[set("title", &title), set("form", "fou")])?;
        }
        Ok(())
    })
}

/// The end of the last day in Sweden, UTC ms.
fn last_moment(day: &str) -> Result<Option<i64>, Error> {
    if day.is_empty() {
        return Ok(None);
    }
    let bad = || Error::new(Code::BadArguments, "guest_until");
    let day = day.parse::<chrono::NaiveDate>().map_err(|_| bad())?;
    Ok(Some(crate::world::end_of(day).ok_or_else(bad)?))
}

/// A municipality and what it is called.
fn named(session: &Session, key: Option<ItemKey>) -> Result<(ItemId, String), Error> {
    let missing = || Error::new(Code::NotFound, "no municipality");
    let key = key.ok_or_else(missing)?;
    let title = session.read(|read| Ok(read.title(&key)?))?;
    Ok((key.id(), title.unwrap_or_default()))
}

pub(super) fn join(host: &Host, args: Join) -> Result<StartState, Error> {
    let invitation = Invitation::from_text(&args.invitation).map_err(bad_letter)?;
    host.join(&invitation, &args)
}

pub(super) fn request_again(session: &Session, args: LetterId) -> Result<LetterText, Error> {
    let id = letter_id(&args.invitation)?;
    session.on_writer(move |side| text_of(side.request_again(id)?.to_text()))
}

pub(super) fn ask_to_join(session: &Session, args: AskToJoin) -> Result<LetterText, Error> {
    let invitation = Invitation::from_text(&args.invitation).map_err(bad_letter)?;
    let name = args.name.trim().to_string();
    session.on_writer(move |side| text_of(side.ask_to_join(&invitation, &name)?.to_text()))
}

pub(super) fn open_request(session: &Session, args: LetterText) -> Result<RequestSeen, Error> {
    let sealed = SealedRequest::from_text(&args.text).map_err(bad_letter)?;
    session.on_writer(move |side| {
        let (name, question) = side.open_request(&sealed)?;
        Ok(RequestSeen {
            invitation: hex::encode(sealed.invitation.as_bytes()),
            name,
            question: question.to_string(),
        })
    })
}

pub(super) fn answer_check(session: &Session, args: CheckQuestion) -> Result<CheckAnswer, Error> {
    let (id, question) = (letter_id(&args.invitation)?, digits(&args.question)?);
    session.on_writer(move |side| {
        Ok(CheckAnswer {
            answer: side.answer_check(id, question)?.to_string(),
        })
    })
}

pub(super) fn approve(session: &Session, args: Approve) -> Result<LetterText, Error> {
    let (id, spoken) = (letter_id(&args.invitation)?, digits(&args.answer)?);
    session.on_writer(move |side| text_of(side.approve(id, spoken)?.to_text()))
}

pub(super) fn accept_welcome(host: &Host, args: LetterText) -> Result<KretsState, Error> {
    let session = host.session()?;
    let sealed = SealedWelcome::from_text(&args.text).map_err(bad_letter)?;
    session.on_writer(move |side| side.accept_welcome(&sealed))?;
    session.reread_profile()?;
    host.open_roads(&session);
    krets(&session, Nothing {})
}

fn needed(municipality: Option<ItemKey>) -> Result<ItemId, Error> {
    let missing = || Error::new(Code::NotFound, "no municipality of one's own");
    municipality.map(|key| key.id()).ok_or_else(missing)
}

fn digits(text: &str) -> Result<SixDigits, Error> {
    Ok(text.parse::<SixDigits>()?)
}

fn letter_id(text: &str) -> Result<Salt, Error> {
    let bytes = hex::decode(text).ok();
    let id = bytes.and_then(|bytes| Salt::try_from(bytes.as_slice()).ok());
    id.ok_or_else(|| Error::new(Code::BadArguments, "invitation"))
}

fn text_of(text: Result<String, radrum_wire::WireError>) -> Result<LetterText, Error> {
    Ok(LetterText {
        text: text.map_err(bad_letter)?,
    })
}

fn bad_letter(error: radrum_wire::WireError) -> Error {
    Error::new(Code::BadLetter, error.code())
}
