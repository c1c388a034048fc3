//! Erasing, and how far it has come.

use super::edit::key;
use super::members::roots;
use super::page::Key;
use super::{Acknowledged, Nothing};
use crate::api::{EraseGround, EraseItem, EraseRights, ErasureFile, ErasureRow, Named};
use crate::commit::{Later, Rest};
use crate::{Code, Error, Host, Session, erasures};
use radrum_wire::Ground;
use radrum_wire::limits::NAME_BYTES_MAX;

pub(super) fn erasures(session: &Session, _: Nothing) -> Result<Vec<ErasureRow>, Error> {
    erasures::list(session)
}

pub(super) fn erase_rights(session: &Session, args: Key) -> Result<EraseRights, Error> {
    let item = args.key()?.id();
    let (rights, nameless) = session
        .on_writer(move |side| Ok((side.erase_rights(item), side.is_own_nameless(item)?)))?;
    session.read(|read| {
        let mut who = Vec::new();
        for member in rights.members {
            if let Some(key) = read.key_of(member)? {
                who.push(Named {
                    title: read.title(&key)?.unwrap_or_default(),
                    key: key.to_string(),
                });
            }
        }
        who.sort_by_key(|named: &Named| radrum_swedish::sort_key(&named.title));
        who.dedup();
        Ok(EraseRights {
            may: rights.may || nameless,
            nameless,
            by_roots: rights.by_roots,
            who,
        })
    })
}

pub(super) fn erase_item(session: &Session, args: EraseItem) -> Result<Acknowledged, Error> {
    let key = key(&args.key)?;
    let decision = args.decision.trim().to_string();
    if decision.len() > NAME_BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "decision"));
    }
    let ground = match args.ground {
        EraseGround::Person => Ground::PERSON,
        EraseGround::Decision => Ground::DECISION,
        EraseGround::Other => Ground::OTHER,
    };
    let rest = if args.keep_text {
        Rest::AsItStands
    } else {
        Rest::Nothing
    };
    let roots = roots(&args.root_keys)?;
    session.on_writer(move |side| {
        if roots.is_empty() && side.is_own_nameless(key.id())? {
            return side.do_nameless(key.id(), &Later::Erase(ground, decision));
        }
        if !roots.is_empty() {
            side.let_erase(key.id(), &roots)?;
        }
        side.commit(&args.window, |batch| {
            batch.erase(&key, (ground, &decision), rest)
        })?;
        side.finish_erasures()
    })?;
    Ok(Acknowledged {})
}

pub(super) fn write_erasures(host: &Host, args: ErasureFile) -> Result<Acknowledged, Error> {
    let path = host.tickets().take(&args.ticket)?;
    let session = host.session()?;
    let rows = erasures::list(&session)?;
    crate::export::write_whole(&path, erasures::table(&rows).as_bytes())?;
    Ok(Acknowledged {})
}
