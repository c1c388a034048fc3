//! Founding a krets, taking a colleague in, and carrying entries on a stick.

use super::Nothing;
use crate::api::{
    Approve, AskToJoin, BundleFile, BundleRead, BundleWritten, CheckAnswer, CheckQuestion,
    FoundKrets, KretsState, LetterOnItsWay, LetterText, RequestSeen, RootKeys,
};
use crate::{Code, Error, Host, Session};
use radrum_domain::ItemKey;
use radrum_seal::SixDigits;
use radrum_store::{LetterRole, LetterRow};
use radrum_wire::limits::BUNDLE_BYTES_MAX;
use radrum_wire::{
    Bundle, BundleWriter, Invitation, ItemId, Letter as _, Record as _, Salt, SealedRequest,
    SealedWelcome,
};
use std::io::Read as _;

/// Entries that are read at a time while a bundle is written.
const ROWS: u32 = 500;

pub(super) fn krets(session: &Session, _: Nothing) -> Result<KretsState, Error> {
    let municipality = session.municipality()?;
    let state = session.on_writer(move |side| Ok(side.krets_summary(municipality)))?;
    session.read(|read| {
        let (entries, waiting) = read.entry_counts()?;
        let letters = read.letters()?.iter().map(on_its_way).collect();
        Ok(KretsState {
            joined: state.joined,
            name: session.profile().region_name,
            admin: state.admin,
            devices: state.devices,
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            letters,
        })
    })
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

pub(super) fn found_krets(session: &Session, args: FoundKrets) -> Result<RootKeys, Error> {
    let name = args.name.trim().to_string();
    let municipality = needed(session.municipality()?)?;
    let roots = session.on_writer(move |side| side.found_krets(&name, municipality))?;
    session.reread_profile()?;
    Ok(RootKeys {
        keys: roots
            .iter()
            .map(|root| hex::encode(root.to_secret().as_ref()))
            .collect(),
    })
}

pub(super) fn invite(session: &Session, _: Nothing) -> Result<LetterText, Error> {
    let municipality = needed(session.municipality()?)?;
    let inviter = session.my_name()?;
    session.on_writer(move |side| {
        let invitation = side.invite(&inviter, municipality)?;
        text_of(invitation.to_text())
    })
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

pub(super) fn accept_welcome(session: &Session, args: LetterText) -> Result<KretsState, Error> {
    let sealed = SealedWelcome::from_text(&args.text).map_err(bad_letter)?;
    session.on_writer(move |side| side.accept_welcome(&sealed))?;
    session.reread_profile()?;
    krets(session, Nothing {})
}

pub(super) fn write_bundle(host: &Host, args: BundleFile) -> Result<BundleWritten, Error> {
    let session = host.session()?;
    let path = host.tickets().take(&args.ticket)?;
    let mut writer = BundleWriter::new(session.profile().region).map_err(bad_bundle)?;
    session.read(|read| {
        let mut after = 0;
        loop {
            let rows = read.entries_after(after, ROWS)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.n;
            for row in rows {
                writer.push(&row.envelope).map_err(bad_bundle)?;
            }
        }
    })?;
    let entries = writer.count();
    let file = writer.finish();
    crate::export::write_whole(&path, &file)?;
    Ok(BundleWritten {
        entries,
        bytes: file.len() as u64,
    })
}

pub(super) fn read_bundle(host: &Host, args: BundleFile) -> Result<BundleRead, Error> {
    let session = host.session()?;
    let path = host.tickets().take(&args.ticket)?;
    let mut file = Vec::new();
    let unreadable = |error: std::io::Error| Error::new(Code::BadBundle, error.to_string());
    // One byte more than allowed tells a longer file without reading it.
    std::fs::File::open(path)
        .and_then(|open| {
            open.take(BUNDLE_BYTES_MAX as u64 + 1)
                .read_to_end(&mut file)
        })
        .map_err(unreadable)?;
    let region = session.profile().region;
    let ingested = session.on_writer(move |side| {
        let bundle = Bundle::decode(&file, region).map_err(bad_bundle)?;
        side.ingest(&bundle.envelopes().collect::<Vec<_>>())
    })?;
    let (_, waiting) = session.read(|read| Ok(read.entry_counts()?))?;
    Ok(BundleRead {
        new: ingested.new,
        known: ingested.known,
        refused: ingested.refused,
        items: ingested.items,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    })
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

fn bad_bundle(error: radrum_wire::WireError) -> Error {
    let code = match error {
        radrum_wire::WireError::OtherRegion => Code::OtherKrets,
        radrum_wire::WireError::Example => Code::Example,
        radrum_wire::WireError::TooLarge => Code::TooLarge,
        _ => Code::BadBundle,
    };
    Error::new(code, error.code())
}
