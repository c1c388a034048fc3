//! What every page says about its item: version, who wrote, voices, merges, drafts, names.

use crate::api::{Head, MergeNote, MergedField, Named, SavedDraft, VoiceOf, VoicesOf};
use crate::{Error, Session};
use radrum_domain::{ItemKey, Kind, Plain, TWINS, Voices};
use radrum_store::{DocMeta, Draft, Read};
use radrum_wire::{ChangeHash, ItemId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Merges that are told.
const MERGES_MAX: usize = 10;

/// Builds the head of an item.
pub(crate) fn head(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<Head, Error> {
    let mut people = session.people(*read);
    let common = meta.plain.common();
    let mut named = |key: &str| -> Result<Option<Named>, Error> {
        people.named_optional(key.parse().ok().as_ref())
    };
    let (created_by, updated_by) = (named(&meta.created_by)?, named(&meta.updated_by)?);
    let (stands_as, also) = twins(session, read, &meta.key)?;
    Ok(Head {
        stands_as,
        also,
        key: meta.key.to_string(),
        kind: meta.key.kind(),
        heads: hashes(meta.heads.as_slice()),
        owner: session
            .people(*read)
            .named_optional(common.owner.as_ref())?,
        archived: common.archived,
        edited_while_archived: common.edited_while_archived,
        created_by,
        created_at: meta.created_at,
        updated_by,
        updated_at: meta.updated_at,
        voices: voices(session, read, meta)?,
        merges: merges(session, read, meta)?,
        drafts: saved_drafts(read, &meta.key.to_string())?,
        titles: titles(read, &meta.plain)?,
    })
}

/// What an item was merged into, and what was merged into it. Labels say it themselves.
fn twins(
    session: &Session,
    read: &Read<'_>,
    key: &ItemKey,
) -> Result<(Option<Named>, Vec<Named>), Error> {
    if !TWINS.contains(&key.kind()) {
        return Ok((None, Vec::new()));
    }
    let aliases = read.aliases(key.kind())?;
    let mut people = session.people(*read);
    let standing = aliases.standing(key);
    if standing == key {
        return Ok((None, people.all_named(&aliases.all_of(key)[1..])?));
    }
    Ok((Some(people.named(standing)?), Vec::new()))
}

pub(super) fn hashes(hashes: &[ChangeHash]) -> Vec<String> {
    hashes.iter().map(ToString::to_string).collect()
}

/// Drafts of an item, or of a form for something new; newest first.
pub(super) fn saved_drafts(read: &Read<'_>, key: &str) -> Result<Vec<SavedDraft>, Error> {
    Ok(read.drafts(key)?.iter().map(saved).collect())
}

fn saved(draft: &Draft) -> SavedDraft {
    SavedDraft {
        key: draft.key.clone(),
        field: draft.field.clone(),
        window: draft.window.clone(),
        heads: hashes(&draft.base),
        text: draft.text.clone(),
        updated_at: draft.updated_at,
    }
}

/// Who wrote a change, by name and municipality.
pub(super) struct Author {
    pub author: Option<Named>,
    pub municipality: Option<String>,
    pub written_at: i64,
    /// The entry that it came in; one entry is one save.
    pub entry: Option<(i64, u64)>,
}

pub(super) fn author(
    session: &Session,
    read: &Read<'_>,
    item: ItemId,
    change: ChangeHash,
) -> Result<Author, Error> {
    let nobody = Author {
        author: None,
        municipality: None,
        written_at: 0,
        entry: None,
    };
    let Some(written) = read.written(item, change)? else {
        return Ok(nobody);
    };
    let (written_at, entry) = (written.written_at, Some(written.entry));
    let Some(key) = read.key_of(written.author)? else {
        return Ok(Author {
            written_at,
            entry,
            ..nobody
        });
    };
    let mut people = session.people(*read);
    let owner = read
        .doc_meta(&key)?
        .and_then(|meta| meta.plain.common().owner);
    Ok(Author {
        author: Some(people.named(&key)?),
        municipality: people
            .named_optional(owner.as_ref())?
            .map(|named| named.title),
        written_at,
        entry,
    })
}

/// Voices by municipality in alphabetical order (house.md section 5).
fn voices(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<Vec<VoicesOf>, Error> {
    meta.plain
        .voices
        .iter()
        .map(|several| voices_of(session, read, meta, several))
        .collect()
}

fn voices_of(
    session: &Session,
    read: &Read<'_>,
    meta: &DocMeta,
    several: &Voices,
) -> Result<VoicesOf, Error> {
    let mut voices = Vec::new();
    for voice in &several.voices {
        let by = author(session, read, meta.key.id(), voice.change)?;
        voices.push(VoiceOf {
            value: voice.value.clone(),
            author: by.author,
            municipality: by.municipality,
            written_at: by.written_at,
        });
    }
    voices.sort_by_cached_key(|voice| {
        let place = radrum_swedish::sort_key(voice.municipality.as_deref().unwrap_or_default());
        let name = voice
            .author
            .as_ref()
            .map(|a| radrum_swedish::sort_key(&a.title));
        (place, name, voice.value.to_string())
    });
    Ok(VoicesOf {
        list: several.list.clone(),
        id: several.id.clone(),
        field: several.field.clone(),
        voices,
    })
}

fn merges(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<Vec<MergeNote>, Error> {
    let item = meta.key.id();
    let mut notes = Vec::new();
    for merge in read.merges(item)?.into_iter().take(MERGES_MAX) {
        let fields: Vec<MergedField> = serde_json::from_str(&merge.fields).unwrap_or_default();
        notes.push(MergeNote {
            author: author(session, read, item, merge.change)?.author,
            other: author(session, read, item, merge.beside)?.author,
            fields,
            merged_at: merge.merged_at,
        });
    }
    Ok(notes)
}

/// Titles of everything that the value names by key.
pub(crate) fn titles(read: &Read<'_>, plain: &Plain) -> Result<BTreeMap<String, String>, Error> {
    let mut keys = BTreeSet::new();
    for value in plain.fields.values() {
        collect_keys(value, &mut keys);
    }
    if keys.iter().any(|key| key.kind() == Kind::Label) {
        let aliases = read.label_aliases()?;
        let standing = keys.iter().map(|key| aliases.standing(key).clone());
        let standing: Vec<ItemKey> = standing.collect();
        keys.extend(standing);
    }
    let mut titles = BTreeMap::new();
    for key in keys {
        if let Some(title) = read.title(&key)? {
            titles.insert(key.to_string(), title);
        }
    }
    Ok(titles)
}

/// A value is at most two levels deep: a field, or a field of an entry.
fn collect_keys(value: &Value, keys: &mut BTreeSet<ItemKey>) {
    match value {
        Value::String(text) => keys.extend(text.parse::<ItemKey>().ok()),
        Value::Array(entries) => entries.iter().for_each(|entry| match entry {
            Value::Object(fields) => {
                let texts = fields.values().filter_map(Value::as_str);
                keys.extend(texts.filter_map(|text| text.parse::<ItemKey>().ok()));
            }
            other => keys.extend(other.as_str().and_then(|text| text.parse::<ItemKey>().ok())),
        }),
        _ => {}
    }
}
