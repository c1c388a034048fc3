//! What came after the end of whoever wrote it: looked through, and taken up.

use super::members::fact_hash;
use super::page::{entry_texts, titles};
use super::{Acknowledged, Nothing};
use crate::api::{LateItem, LatePage, LateSave, TakeUp};
use crate::commit::{AfterEnd, Said};
use crate::{Error, Session};
use radrum_domain::project;
use radrum_store::Read;
use radrum_wire::ItemId;
use std::cmp::Reverse;

pub(super) fn late_items(session: &Session, _: Nothing) -> Result<LatePage, Error> {
    let (admin, found) = session.on_writer(|side| Ok((side.acts(), side.after_end()?)))?;
    if !admin {
        return Ok(LatePage {
            admin,
            items: Vec::new(),
        });
    }
    session.read(|read| {
        let items = found.into_iter().map(|of| item(&read, of));
        let mut items: Vec<LateItem> = items.collect::<Result<_, Error>>()?;
        items.sort_by_key(|of| {
            let newest = of.saves.iter().map(|save| save.written_at).max();
            (of.counts, Reverse(newest), of.key.clone())
        });
        Ok(LatePage { admin, items })
    })
}

fn item(read: &Read<'_>, of: AfterEnd) -> Result<LateItem, Error> {
    let saves = of.said.into_iter().map(|said| save(read, said));
    // A value that is not one of its kind has no title either.
    let title = project(of.key.kind(), &of.plain).map(|row| row.title);
    Ok(LateItem {
        kind: of.key.kind(),
        title: title.unwrap_or_default(),
        computer: hex::encode(of.device.as_bytes()),
        municipality: name_of(read, of.municipality)?,
        counts: of.counts,
        fits: of.fits,
        may: of.may,
        saves: saves.collect::<Result<_, Error>>()?,
        entries: entry_texts(&of.plain),
        titles: titles(read, &of.plain)?,
        key: of.key.to_string(),
    })
}

fn save(read: &Read<'_>, said: Said) -> Result<LateSave, Error> {
    Ok(LateSave {
        name: name_of(read, said.author)?,
        written_at: said.written_at,
        lines: said.lines,
    })
}

fn name_of(read: &Read<'_>, item: ItemId) -> Result<String, Error> {
    let key = read.key_of(item)?;
    let title = key.map(|key| read.title(&key)).transpose()?.flatten();
    Ok(title.unwrap_or_default())
}

pub(super) fn take_up(session: &Session, args: TakeUp) -> Result<Acknowledged, Error> {
    let item = super::edit::key(&args.key)?.id();
    let computer = fact_hash(&args.computer)?;
    session.on_writer(move |side| side.take_up(item, computer, &args.window))?;
    Ok(Acknowledged {})
}
