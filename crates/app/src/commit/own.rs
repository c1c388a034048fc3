//! An item as its own document says it: the one way from a merged document to what is shown.

use crate::Error;
use radrum_domain::{Document, Heads, ItemKey, Kind, Plain};
use radrum_store::{Claimed, Doc, DocMeta, Tx};
use radrum_wire::ItemId;

/// Content that came with the program.
pub(super) const NOBODY: ItemId = ItemId::from_bytes([0; 16]);

/// What a document says, as it is kept and shown. Reading it is computing, and needs no store.
pub(super) struct Value {
    pub heads: Heads,
    pub plain: Plain,
    pub saved: Vec<u8>,
}

impl Value {
    pub fn of(doc: &Document) -> Self {
        Self {
            heads: doc.heads(),
            plain: doc.plain(),
            saved: doc.save(),
        }
    }
}

/// Writes an item with its rows and words. One that showed a snapshot shows its own document
/// from now on.
pub(super) fn write_own(
    tx: &Tx<'_>,
    old: Option<&DocMeta>,
    key: &ItemKey,
    value: Value,
    (claimed, was_provisional): (&Claimed, bool),
) -> Result<(), Error> {
    let name = |id: ItemId| -> Result<String, Error> {
        if id == NOBODY {
            return Ok(String::new());
        }
        // Who wrote may come later than what was written.
        let key = tx.read().key_of(id)?;
        let key = key.unwrap_or_else(|| ItemKey::random(Kind::Member, id));
        Ok(key.to_string())
    };
    let row = Doc {
        meta: DocMeta {
            n: old.map_or(0, |old| old.n),
            key: key.clone(),
            generation: tx.read().standing(key.id())?,
            heads: value.heads,
            plain: value.plain,
            created_at: claimed.created.0,
            created_by: name(claimed.created.1)?,
            updated_at: claimed.updated.0,
            updated_by: name(claimed.updated.1)?,
        },
        saved: value.saved,
    };
    if was_provisional {
        tx.put_doc_anew(&row)?;
        tx.end_provisional(key.id())?;
    }
    let n = if was_provisional {
        row.meta.n
    } else {
        tx.put_doc(&row)?
    };
    Ok(tx.project(n, old, key, &row.meta.plain, row.meta.updated_at)?)
}

/// A slug if it leads to this item, else its id.
pub(super) fn key_of(kind: Kind, item: ItemId, plain: &Plain) -> ItemKey {
    let slug = plain.common().slug;
    let named = slug.and_then(|slug| ItemKey::slug(kind, &slug).ok());
    named
        .filter(|key| key.id() == item)
        .unwrap_or_else(|| ItemKey::random(kind, item))
}
