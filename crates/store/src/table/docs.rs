//! The newest form of each item.

use super::log::hashes;
use crate::{Read, StoreError, Tx};
use radrum_domain::{Heads, ItemKey, Plain};
use radrum_wire::Generation;
use rusqlite::{OptionalExtension, Row, params};

/// What is known of an item without its document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocMeta {
    /// Row number, the same in items and in the search tables.
    pub n: i64,
    /// Name.
    pub key: ItemKey,
    /// Which document of the item.
    pub generation: Generation,
    /// What it stands on.
    pub heads: Heads,
    /// The plain value.
    pub plain: Plain,
    /// When it was made, UTC ms, as claimed.
    pub created_at: i64,
    /// Key of the member who made it; empty for content that came with the program.
    pub created_by: String,
    /// When it was last changed, UTC ms, as claimed.
    pub updated_at: i64,
    /// Key of the member who did.
    pub updated_by: String,
}

/// An item with its document.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    /// What is known without it.
    pub meta: DocMeta,
    /// Automerge bytes.
    pub saved: Vec<u8>,
}

const META: &str =
    "n, key, generation, heads, value, created_at, created_by, updated_at, updated_by";

impl Read<'_> {
    /// An item's plain value and heads.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn doc_meta(&self, key: &ItemKey) -> Result<Option<DocMeta>, StoreError> {
        let sql = format!("SELECT {META} FROM docs WHERE key = ?");
        let row = self
            .db
            .prepare_cached(&sql)?
            .query_row([key.to_string()], meta_row)
            .optional()?;
        row.map(meta).transpose()
    }

    /// An item with its document, for editing or history.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn doc(&self, key: &ItemKey) -> Result<Option<Doc>, StoreError> {
        let sql = format!("SELECT {META}, saved FROM docs WHERE key = ?");
        let row = self
            .db
            .prepare_cached(&sql)?
            .query_row([key.to_string()], |row| {
                Ok((meta_row(row)?, row.get::<_, Vec<u8>>(9)?))
            })
            .optional()?;
        row.map(|(raw, saved)| {
            Ok(Doc {
                meta: meta(raw)?,
                saved,
            })
        })
        .transpose()
    }

    /// Items after a row number, in order, for rebuilds and exports.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn docs_after(
        &self,
        n: i64,
        kind: Option<radrum_domain::Kind>,
        limit: u32,
    ) -> Result<Vec<DocMeta>, StoreError> {
        let sql = format!(
            "SELECT {META} FROM docs WHERE n > ?1 AND (?2 = '' OR kind = ?2) ORDER BY n LIMIT ?3"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let kind = kind.map_or("", radrum_domain::Kind::name);
        let rows = statement.query_map(params![n, kind, limit], meta_row)?;
        rows.map(|row| meta(row?)).collect()
    }

    /// How many items there are.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn docs_len(&self) -> Result<u64, StoreError> {
        Ok(self
            .db
            .query_row("SELECT count(*) FROM docs", (), |row| row.get(0))?)
    }

    /// The key of an item by its id, for names of authors.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn key_of(&self, item: radrum_wire::ItemId) -> Result<Option<ItemKey>, StoreError> {
        let key: Option<String> = self
            .db
            .prepare_cached("SELECT key FROM docs WHERE item = ?")?
            .query_row([item.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(key.and_then(|key| key.parse().ok()))
    }
}

impl Tx<'_> {
    /// Writes the newest form of an item and gives its row number.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_doc(&self, doc: &Doc) -> Result<i64, StoreError> {
        let meta = &doc.meta;
        let heads: Vec<u8> = meta
            .heads
            .as_slice()
            .iter()
            .flat_map(|h| *h.as_bytes())
            .collect();
        let value =
            serde_json::to_string(&meta.plain).map_err(|_| StoreError::Malformed("plain value"))?;
        Ok(self
            .db
            .prepare_cached(
                "INSERT INTO docs (item, key, kind, generation, heads, saved, value,
                                   created_at, created_by, updated_at, updated_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (item) DO UPDATE SET generation = ?4, heads = ?5, saved = ?6,
                     value = ?7, created_at = ?8, created_by = ?9, updated_at = ?10,
                     updated_by = ?11
                 RETURNING n",
            )?
            .query_row(
                params![
                    meta.key.id().as_bytes(),
                    meta.key.to_string(),
                    meta.key.kind().name(),
                    meta.generation.0,
                    heads,
                    doc.saved,
                    value,
                    meta.created_at,
                    meta.created_by,
                    meta.updated_at,
                    meta.updated_by,
                ],
                |row| row.get(0),
            )?)
    }
}

impl Tx<'_> {
    /// Writes all of an item's row anew: what was shown there was not its own.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_doc_anew(&self, doc: &Doc) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE docs SET key = ?, kind = ?, created_at = ?, created_by = ? WHERE n = ?",
            )?
            .execute(params![
                doc.meta.key.to_string(),
                doc.meta.key.kind().name(),
                doc.meta.created_at,
                doc.meta.created_by,
                doc.meta.n,
            ])?;
        self.put_doc(doc).map(|_| ())
    }

    /// Writes an item's plain value once more, as read by this program.
    pub(crate) fn put_value(&self, n: i64, plain: &Plain) -> Result<(), StoreError> {
        let value =
            serde_json::to_string(plain).map_err(|_| StoreError::Malformed("plain value"))?;
        self.db
            .prepare_cached("UPDATE docs SET value = ? WHERE n = ?")?
            .execute(params![value, n])?;
        Ok(())
    }
}

type MetaRow = (i64, String, u32, Vec<u8>, String, i64, String, i64, String);

fn meta_row(row: &Row<'_>) -> rusqlite::Result<MetaRow> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
    ))
}

fn meta(row: MetaRow) -> Result<DocMeta, StoreError> {
    let (n, key, generation, heads, value, created_at, created_by, updated_at, updated_by) = row;
    Ok(DocMeta {
        n,
        key: key.parse().map_err(|_| StoreError::Malformed("key"))?,
        generation: Generation(generation),
        heads: Heads::new(hashes(&heads)),
        plain: serde_json::from_str(&value).map_err(|_| StoreError::Malformed("value"))?,
        created_at,
        created_by,
        updated_at,
        updated_by,
    })
}
