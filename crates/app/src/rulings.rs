//! The version of a card that a decision names: whether it is here, and what the card said then.

use crate::Error;
use crate::api::RulingVersion;
use radrum_domain::{Document, HistoryStep, Plain, Ruling, Version};
use radrum_store::{DocMeta, Read};

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
