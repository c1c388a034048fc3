//! Rows that lists and pages read, derived from plain values.

use crate::{Read, StoreError, Tx};
use radrum_domain::{ItemKey, Kind, Plain, Projection};
use rusqlite::{Row, params};
use serde_json::json;

/// An item in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Row number.
    pub n: i64,
    /// Name.
    pub key: ItemKey,
    /// Title.
    pub title: String,
    /// The municipality that answers for it.
    pub owner: Option<ItemKey>,
    /// Area.
    pub area: Option<ItemKey>,
    /// The item that it hangs on.
    pub parent: Option<ItemKey>,
    /// Day to look it through.
    pub review_on: Option<String>,
    /// Out of sight.
    pub archived: bool,
    /// Several texts stand side by side.
    pub voices: bool,
    /// UTC ms, as claimed.
    pub updated_at: i64,
}

/// Which items.
#[derive(Debug, Clone, Default)]
pub struct ItemFilter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Hanging on this item.
    pub parent: Option<ItemKey>,
    /// Of this area.
    pub area: Option<ItemKey>,
    /// With any of these labels; none is all.
    pub labels: Vec<ItemKey>,
    /// Of this municipality.
    pub owner: Option<ItemKey>,
    /// To be looked through by this day.
    pub review_by: Option<String>,
    /// Also what is out of sight.
    pub with_archived: bool,
    /// Newest first instead of by name.
    pub newest: bool,
    /// At most so many; zero is all.
    pub limit: u32,
}

/// Whether a row stands by itself, as [`radrum_domain::Aliases`] tells: it was merged into nothing, into
/// what is gone, or it has the least key of a ring.
pub(super) const STANDS: &str = "(items.merged_into = ''
     OR NOT EXISTS (SELECT 1 FROM items t WHERE t.key = items.merged_into AND t.kind = items.kind)
     OR items.key = (WITH RECURSIVE way (key) AS (
            SELECT items.merged_into
            UNION SELECT i.merged_into FROM way JOIN items i ON i.key = way.key
                  WHERE i.merged_into != '')
        SELECT min(key) FROM way WHERE items.key IN (SELECT key FROM way)))";

pub(super) const COLUMNS: &str =
    "items.n, items.key, items.title, items.owner, items.area, items.parent,
     items.review_on, items.archived, items.voices, items.updated_at";

impl Read<'_> {
    /// Items, by name unless the filter says otherwise.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn items(&self, filter: &ItemFilter) -> Result<Vec<Item>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM items {}", filter.condition());
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(filter.params().as_slice(), item_row)?;
        rows.map(|row| item(row?)).collect()
    }

    /// Items with their plain values.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn items_with_values(&self, filter: &ItemFilter) -> Result<Vec<(Item, Plain)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, docs.value FROM items JOIN docs ON docs.n = items.n {}",
            filter.condition()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(filter.params().as_slice(), |row| {
            Ok((item_row(row)?, row.get::<_, String>(10)?))
        })?;
        rows.map(|row| {
            let (raw, value) = row?;
            let plain = serde_json::from_str(&value).map_err(|_| StoreError::Malformed("value"))?;
            Ok((item(raw)?, plain))
        })
        .collect()
    }

    /// One item of a list by its row number.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn item(&self, n: i64) -> Result<Option<Item>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM items WHERE n = ?");
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query_map([n], item_row)?;
        rows.next().map(|row| item(row?)).transpose()
    }

    /// Title of an item, for names beside keys.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn title(&self, key: &ItemKey) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT title FROM items WHERE key = ?")?;
        let mut rows = statement.query_map([key.to_string()], |row| row.get(0))?;
        Ok(rows.next().transpose()?)
    }

    /// Items that point to this one.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn linked_from(&self, target: &ItemKey, relation: &str) -> Result<Vec<Item>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM links JOIN items ON items.n = links.n
             WHERE links.target = ? AND links.relation = ? AND items.archived = 0
             ORDER BY items.sort_key"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([target.to_string().as_str(), relation], item_row)?;
        rows.map(|row| item(row?)).collect()
    }
}

impl Tx<'_> {
    /// Removes what an item's rows say of others.
    pub(crate) fn clear_relations(&self, n: i64) -> Result<(), StoreError> {
        for table in [
            "item_labels",
            "links",
            "experience",
            "responsibility",
            "questions",
        ] {
            self.db
                .prepare_cached(&format!("DELETE FROM {table} WHERE n = ?"))?
                .execute([n])?;
        }
        Ok(())
    }

    /// Writes the rows of an item that has none, or whose relations were cleared.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub(crate) fn put_item(
        &self,
        n: i64,
        key: &ItemKey,
        plain: &Plain,
        projection: &Projection,
        updated_at: i64,
    ) -> Result<(), StoreError> {
        let text = |key: Option<&ItemKey>| key.map(ToString::to_string).unwrap_or_default();
        let common = &projection.common;
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO items
                 (n, key, kind, title, sort_key, owner, area, parent, review_on, archived,
                  merged_into, voices, updated_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                n,
                key.to_string(),
                key.kind().name(),
                projection.title,
                radrum_swedish::sort_key(&projection.title),
                text(common.owner.as_ref()),
                text(projection.area.as_ref()),
                text(projection.parent.as_ref()),
                projection.review_on.clone().unwrap_or_default(),
                common.archived,
                text(common.merged_into.as_ref()),
                !plain.voices.is_empty(),
                updated_at,
            ])?;
        self.put_relations(n, projection)
    }

    fn put_relations(&self, n: i64, projection: &Projection) -> Result<(), StoreError> {
        for label in &projection.labels {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO item_labels (label, n) VALUES (?, ?)")?
                .execute(params![label.to_string(), n])?;
        }
        for link in &projection.links {
            self.db
                .prepare_cached(
                    "INSERT OR IGNORE INTO links (n, relation, target) VALUES (?, ?, ?)",
                )?
                .execute(params![n, link.relation, link.to.to_string()])?;
        }
        for row in &projection.experience {
            self.put_experience(n, row)?;
        }
        if let Some(row) = &projection.responsibility {
            self.put_responsibility(n, row)?;
        }
        if let Some(row) = &projection.question {
            self.put_question(n, row)?;
        }
        Ok(())
    }
}

impl ItemFilter {
    fn condition(&self) -> String {
        let mut conditions = vec!["1"];
        if self.kind.is_some() {
            conditions.push("items.kind = :kind");
        }
        if self.parent.is_some() {
            conditions.push("items.parent = :parent");
        }
        if self.area.is_some() {
            conditions.push("items.area = :area");
        }
        if !self.labels.is_empty() {
            conditions.push(
                "items.n IN (SELECT n FROM item_labels
                             WHERE label IN (SELECT value FROM json_each(:labels)))",
            );
        }
        if self.owner.is_some() {
            conditions.push("items.owner = :owner");
        }
        if self.review_by.is_some() {
            conditions.push("items.review_on != '' AND items.review_on <= :review_by");
        }
        if !self.with_archived {
            conditions.push("items.archived = 0");
            conditions.push(STANDS);
        }
        let order = if self.newest {
            "items.updated_at DESC, items.n DESC"
        } else {
            "items.sort_key, items.n"
        };
        let limit = if self.limit == 0 {
            String::new()
        } else {
            format!("LIMIT {}", self.limit)
        };
        format!(
            "WHERE {} ORDER BY {order} {limit}",
            conditions.join(" AND ")
        )
    }

    fn params(&self) -> Vec<(&str, Box<dyn rusqlite::ToSql>)> {
        let mut params: Vec<(&str, Box<dyn rusqlite::ToSql>)> = Vec::new();
        let keys = [
            (":parent", &self.parent),
            (":area", &self.area),
            (":owner", &self.owner),
        ];
        if let Some(kind) = self.kind {
            params.push((":kind", Box::new(kind.name())));
        }
        for (name, key) in keys {
            if let Some(key) = key {
                params.push((name, Box::new(key.to_string())));
            }
        }
        if !self.labels.is_empty() {
            params.push((":labels", Box::new(json!(self.labels).to_string())));
        }
        if let Some(day) = &self.review_by {
            params.push((":review_by", Box::new(day.clone())));
        }
        params
    }
}

pub(super) type ItemRow = (
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
    bool,
    bool,
    i64,
);

pub(super) fn item_row(row: &Row<'_>) -> rusqlite::Result<ItemRow> {
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
        row.get(9)?,
    ))
}

pub(super) fn item(row: ItemRow) -> Result<Item, StoreError> {
    let (n, name, title, owner, area, parent, review_on, archived, voices, updated_at) = row;
    Ok(Item {
        n,
        key: key(&name)?,
        title,
        owner: owner.parse().ok(),
        area: area.parse().ok(),
        parent: parent.parse().ok(),
        review_on: Some(review_on).filter(|day| !day.is_empty()),
        archived,
        voices,
        updated_at,
    })
}

pub(super) fn key(text: &str) -> Result<ItemKey, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed("key"))
}

/// A choice as its stored word.
pub(super) fn stored<T: serde::Serialize>(choice: &T) -> String {
    json!(choice).as_str().unwrap_or_default().to_string()
}
