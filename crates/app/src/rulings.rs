//! The version of a card that a decision names: whether it is here, and what the card said then.

use crate::api::RulingVersion;
use crate::{Error, Session};
use radrum_domain::{Document, HistoryStep, ItemKey, Kind, Plain, Ruling, Version};
use radrum_store::{DocMeta, ItemFilter, Read};
use radrum_wire::{ItemId, LogId};
use std::collections::BTreeSet;

/// A decision as it is kept.
pub(crate) struct Decided {
    pub meta: DocMeta,
    pub ruling: Ruling,
    pub owner: ItemKey,
    /// Logs that it is written in, and whether it was begun there.
    logs: Vec<(LogId, bool)>,
}

/// Logs of computers that belong to a municipality.
pub(crate) type AtHome = BTreeSet<(LogId, ItemId)>;

/// None when it says of no municipality.
pub(crate) fn decided(read: &Read<'_>, meta: DocMeta) -> Result<Option<Decided>, Error> {
    let Some(owner) = meta.plain.common().owner else {
        return Ok(None);
    };
    Ok(Some(Decided {
        ruling: meta.plain.view().unwrap_or_default(),
        logs: read.written_in(meta.key.id(), meta.generation)?,
        owner,
        meta,
    }))
}

/// Which of the logs that decisions stand in are of computers of their municipality.
pub(crate) fn at_home(session: &Session, all: &[Decided]) -> Result<AtHome, Error> {
    let logs = |of: &Decided| {
        let home = of.owner.id();
        let logs = of.logs.iter().map(move |(log, _)| (*log, home));
        logs.collect::<Vec<_>>()
    };
    let asked: AtHome = all.iter().flat_map(logs).collect();
    if asked.is_empty() {
        return Ok(asked);
    }
    session.on_writer(move |side| Ok(side.at_home(asked)))
}

impl Decided {
    fn is_at_home(&self, log: LogId, at_home: &AtHome) -> bool {
        at_home.contains(&(log, self.owner.id()))
    }

    /// It was begun at a computer of another municipality, and counts for nothing. What a
    /// snapshot shows has no log yet, and is believed until it has.
    pub(crate) fn is_outside(&self, at_home: &AtHome) -> bool {
        let mut begun = self.logs.iter().filter(|(_, begun)| *begun).peekable();
        begun.peek().is_some() && begun.all(|(log, _)| !self.is_at_home(*log, at_home))
    }

    pub(crate) fn is_changed_outside(&self, at_home: &AtHome) -> bool {
        let mut logs = self.logs.iter();
        !self.is_outside(at_home) && logs.any(|(log, _)| !self.is_at_home(*log, at_home))
    }
}

/// Whether an item is a decision that counts for nothing.
pub(crate) fn is_outside(session: &Session, read: &Read<'_>, meta: DocMeta) -> Result<bool, Error> {
    let Some(of) = decided(read, meta)? else {
        return Ok(false);
    };
    let at_home = at_home(session, std::slice::from_ref(&of))?;
    Ok(of.is_outside(&at_home))
}

/// All decisions that count for nothing.
pub(crate) fn outside(session: &Session) -> Result<BTreeSet<ItemKey>, Error> {
    let filter = ItemFilter {
        kind: Some(Kind::Ruling),
        with_archived: true,
        ..ItemFilter::default()
    };
    let all = session.read(|read| {
        let mut all = Vec::new();
        for item in read.items(&filter)? {
            let meta = read.doc_meta(&item.key)?;
            all.extend(meta.map(|meta| decided(&read, meta)).transpose()?.flatten());
        }
        Ok(all)
    })?;
    let at_home = at_home(session, &all)?;
    let of = all.into_iter().filter(|of| of.is_outside(&at_home));
    Ok(of.map(|of| of.meta.key).collect())
}

/// The card as it stood, if that is here.
pub(crate) fn then(read: &Read<'_>, ruling: &Ruling) -> Result<Option<Plain>, Error> {
    let (Some(card), Ok(of)) = (&ruling.playbook, ruling.version.parse::<Version>()) else {
        return Ok(None);
    };
    Ok(match version(read, ruling)? {
        RulingVersion::Same => read.doc_meta(card)?.map(|meta| meta.plain),
        RulingVersion::Changed => match read.doc(card)? {
            Some(doc) => Document::load(card.kind(), &doc.saved)?.plain_at(&of.heads),
            None => None,
        },
        RulingVersion::NotHere | RulingVersion::Gone => None,
    })
}

/// The card, and what was done to it since; none while it stands as it was laid down.
pub(crate) fn since(
    read: &Read<'_>,
    ruling: &Ruling,
) -> Result<Option<(DocMeta, Vec<HistoryStep>)>, Error> {
    let (Some(card), Ok(of)) = (&ruling.playbook, ruling.version.parse::<Version>()) else {
        return Ok(None);
    };
    let changed = version(read, ruling)? == RulingVersion::Changed;
    let Some(doc) = read.doc(card)?.filter(|_| changed) else {
        return Ok(None);
    };
    let steps = Document::load(card.kind(), &doc.saved)?.history_since(&of.heads);
    Ok(Some((doc.meta, steps)))
}

/// What became of the version that a decision names. No document is loaded for it.
pub(crate) fn version(read: &Read<'_>, ruling: &Ruling) -> Result<RulingVersion, Error> {
    let (Some(card), Ok(of)) = (&ruling.playbook, ruling.version.parse::<Version>()) else {
        return Ok(RulingVersion::Gone);
    };
    let item = card.id();
    if read.standing(item)? > of.generation {
        return Ok(RulingVersion::Gone);
    }
    let Some(meta) = read.doc_meta(card)? else {
        return Ok(RulingVersion::NotHere);
    };
    if meta.generation == of.generation && meta.heads == of.heads {
        return Ok(RulingVersion::Same);
    }
    let here = read.provisional(item)?.is_none()
        && read.has_changes(item, of.generation, of.heads.as_slice())?;
    Ok(if here {
        RulingVersion::Changed
    } else {
        RulingVersion::NotHere
    })
}
