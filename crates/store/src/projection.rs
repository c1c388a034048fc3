//! Keeps derived tables in step with plain values, and rebuilds them when their layout or the
//! search rules have changed: in the background, people and cards first.

use crate::search::{self, NewWords, Slot};
use crate::table::docs::DocMeta;
use crate::{Read, StoreError, Tx};
use radrum_domain::{Document, Index, ItemKey, Kind, Plain, Projection, TWINS, project};
use radrum_wire::SnapshotItem;
use rusqlite::OptionalExtension;

const SCHEMA: &str = include_str!("../../../migrations/projection/schema.sql");

/// Derived tables of [`SCHEMA`], dropped before it is run again.
const TABLES: [&str; 6] = [
    "items",
    "item_labels",
    "links",
    "experience",
    "responsibility",
    "questions",
];

/// Order of a rebuild and of a snapshot: what the first question of the day needs comes first.
pub const ORDER: [Kind; 23] = [
    Kind::Area,
    Kind::Municipality,
    Kind::Office,
    Kind::Member,
    Kind::Responsibility,
    Kind::AskOrder,
    Kind::AdviceGroup,
    Kind::Playbook,
    Kind::Variant,
    Kind::ExternalContact,
    Kind::Resource,
    Kind::Label,
    Kind::Introduction,
    Kind::Deviation,
    Kind::Statutes,
    Kind::Question,
    Kind::Answer,
    Kind::Note,
    Kind::Proposal,
    Kind::Bulletin,
    Kind::Suggestion,
    Kind::Welcome,
    Kind::Ruling,
];

/// What must be rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// Nothing.
    None,
    /// The search tables: the old ones answer meanwhile.
    Search,
    /// Everything: lists fill up, people and cards first.
    Everything,
}

/// Where a rebuild stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RebuildStep {
    order: usize,
    after: i64,
    /// Items done.
    pub done: u64,
}

impl Read<'_> {
    /// Compares the tables with what this program would make.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn rebuild_needed(&self) -> Result<Rebuild, StoreError> {
        if self.setting("projection_schema")?.as_deref() != Some(&shape())
            || self.setting("projection_done")?.as_deref() != Some("1")
        {
            return Ok(Rebuild::Everything);
        }
        let index = self.setting("index_version")?;
        Ok(
            if index.as_deref() == Some(&radrum_swedish::index_version()) {
                Rebuild::None
            } else {
                Rebuild::Search
            },
        )
    }
}

/// Fingerprint of everything that decides the rows: the tables and how documents are read.
fn shape() -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(SCHEMA.as_bytes());
    hash.update(radrum_domain::shape().as_bytes());
    hash.finalize().to_hex()[..16].to_string()
}

/// Fingerprint of how documents are read into plain values.
#[must_use]
pub fn reading() -> String {
    blake3::hash(radrum_domain::shape().as_bytes()).to_hex()[..16].to_string()
}

impl Tx<'_> {
    /// Makes empty derived tables for a rebuild of everything, or an empty second index for a
    /// rebuild of search.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn begin_rebuild(&self, rebuild: Rebuild) -> Result<RebuildStep, StoreError> {
        let current = Slot::current(&self.read())?;
        match rebuild {
            Rebuild::None => {}
            Rebuild::Search => {
                search::drop_slot(self, current.other())?;
                search::create(self, current.other())?;
                // FTS5 without content cannot say which rows it holds.
                self.db.execute_batch(
                    "DROP TABLE IF EXISTS search_built;
                     CREATE TABLE search_built (n INTEGER PRIMARY KEY) STRICT;",
                )?;
                self.put_setting("search_stale", "1")?;
            }
            Rebuild::Everything => {
                for table in TABLES {
                    self.db
                        .execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
                }
                self.db.execute_batch(SCHEMA)?;
                for slot in [Slot::Even, Slot::Odd] {
                    search::drop_slot(self, slot)?;
                }
                search::create(self, current)?;
                self.put_setting("projection_schema", &shape())?;
                self.put_setting("projection_done", "0")?;
                self.put_setting("index_version", &radrum_swedish::index_version())?;
                if self.read().docs_len()? == 0 {
                    self.put_setting("values_reading", &reading())?;
                }
            }
        }
        Ok(RebuildStep::default())
    }

    /// Rebuilds up to `limit` items. None when it is done.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn rebuild_some(
        &self,
        rebuild: Rebuild,
        step: RebuildStep,
        limit: u32,
    ) -> Result<Option<RebuildStep>, StoreError> {
        let Some(kind) = ORDER.get(step.order) else {
            self.end_rebuild(rebuild)?;
            return Ok(None);
        };
        let docs = self.read().docs_after(step.after, Some(*kind), limit)?;
        let current = Slot::current(&self.read())?;
        let slot = if rebuild == Rebuild::Search {
            current.other()
        } else {
            current
        };
        for doc in &docs {
            // A save may have been quicker than the rebuild.
            if rebuild == Rebuild::Everything && !self.stands_in("items", doc.n)? {
                let anew = self.read_anew(doc)?;
                let plain = anew.as_ref().unwrap_or(&doc.plain);
                let new = projected(&doc.key, plain)?;
                self.put_item(doc.n, &doc.key, plain, &new, doc.updated_at)?;
                self.index_new(slot, doc.n, &new)?;
            }
            if rebuild == Rebuild::Search && !self.stands_in("search_built", doc.n)? {
                self.index_new(slot, doc.n, &projected(&doc.key, &doc.plain)?)?;
                self.mark_built(doc.n)?;
            }
        }
        let done = step.done + docs.len() as u64;
        Ok(Some(match docs.last() {
            Some(last) => RebuildStep {
                after: last.n,
                done,
                ..step
            },
            None => RebuildStep {
                order: step.order + 1,
                after: 0,
                done,
            },
        }))
    }

    /// Reads the plain value from the document once more if an older program read it last. A
    /// document that cannot be read keeps the value it has, and so does one that has not come.
    fn read_anew(&self, meta: &DocMeta) -> Result<Option<Plain>, StoreError> {
        if self.read().setting("values_reading")?.as_deref() == Some(&reading())
            || self.read().provisional(meta.key.id())?.is_some()
        {
            return Ok(None);
        }
        let Some(doc) = self.read().doc(&meta.key)? else {
            return Ok(None);
        };
        let plain = Document::load(meta.key.kind(), &doc.saved).map(|document| document.plain());
        let plain = plain.ok();
        if let Some(plain) = &plain {
            self.put_value(meta.n, plain)?;
        }
        Ok(plain)
    }

    fn index_new(&self, slot: Slot, n: i64, new: &Projection) -> Result<(), StoreError> {
        search::replace(self, slot, n, indexed(&Projection::default()), indexed(new))
    }

    fn stands_in(&self, table: &str, n: i64) -> Result<bool, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(&format!("SELECT 1 FROM {table} WHERE n = ?"))?;
        Ok(statement.query_row([n], |_| Ok(())).optional()?.is_some())
    }

    fn mark_built(&self, n: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO search_built (n) VALUES (?)")?
            .execute([n])?;
        Ok(())
    }

    fn end_rebuild(&self, rebuild: Rebuild) -> Result<(), StoreError> {
        if rebuild == Rebuild::Search {
            let current = Slot::current(&self.read())?;
            search::drop_slot(self, current)?;
            self.db.execute_batch("DROP TABLE search_built")?;
            self.put_setting("search_slot", &current.other().number().to_string())?;
            self.put_setting("index_version", &radrum_swedish::index_version())?;
            self.put_setting("search_stale", "0")?;
        }
        if rebuild == Rebuild::Everything {
            self.put_setting("values_reading", &reading())?;
        }
        self.put_setting("projection_done", "1")
    }

    /// Brings the rows and the index of one item up to date with its new value.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn project(
        &self,
        n: i64,
        old: Option<&DocMeta>,
        key: &ItemKey,
        plain: &Plain,
        updated_at: i64,
    ) -> Result<(), StoreError> {
        let new = projected(key, plain)?;
        // What a rebuild has not come to yet has no old terms to take out.
        let before = match old {
            Some(old) if self.stands_in("items", n)? => projected(&old.key, &old.plain)?,
            _ => Projection::default(),
        };
        if old.is_some() {
            self.clear_relations(n)?;
        }
        self.put_item(n, key, plain, &new, updated_at)?;
        self.reindex(n, &before, &new)
    }

    /// Begins to show many items that are not here yet.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn showing(&self) -> Result<Showing<'_>, StoreError> {
        let stale = self.read().setting("search_stale")?.as_deref() == Some("1");
        let current = Slot::current(&self.read())?;
        Ok(Showing {
            tx: self,
            slot: if stale { current.other() } else { current },
            stale,
            words: NewWords::default(),
        })
    }

    /// Removes the rows and the words of an item.
    pub(crate) fn unproject(&self, doc: &DocMeta) -> Result<(), StoreError> {
        if self.stands_in("items", doc.n)? {
            let before = projected(&doc.key, &doc.plain)?;
            self.reindex(doc.n, &before, &Projection::default())?;
        }
        for table in TABLES {
            self.db
                .prepare_cached(&format!("DELETE FROM {table} WHERE n = ?"))?
                .execute([doc.n])?;
        }
        Ok(())
    }

    /// While a second index is built the old one is left as it is: it was made by rules that
    /// this program no longer has, so its old terms are not known. The new one takes the item.
    fn reindex(&self, n: i64, old: &Projection, new: &Projection) -> Result<(), StoreError> {
        let current = Slot::current(&self.read())?;
        if self.read().setting("search_stale")?.as_deref() != Some("1") {
            return search::replace(self, current, n, indexed(old), indexed(new));
        }
        let nothing = Projection::default();
        let old = if self.stands_in("search_built", n)? {
            old
        } else {
            &nothing
        };
        search::replace(self, current.other(), n, indexed(old), indexed(new))?;
        self.mark_built(n)
    }
}

/// Items of a snapshot while they are shown in one pass. Their words are counted at the end.
#[derive(Debug)]
pub struct Showing<'a> {
    tx: &'a Tx<'a>,
    slot: Slot,
    stale: bool,
    words: NewWords,
}

impl Showing<'_> {
    /// Shows an item with its rows and its words, unless it is here already or its value is
    /// none of its kind. `value` is `plain` as JSON.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn show(
        &mut self,
        said: &SnapshotItem,
        key: &ItemKey,
        (value, plain): (&str, &Plain),
    ) -> Result<(), StoreError> {
        let Ok(new) = projected(key, plain) else {
            return Ok(());
        };
        let Some(n) = self.tx.put_provisional(said, value)? else {
            return Ok(());
        };
        self.tx.put_item(n, key, plain, &new, said.updated_at)?;
        search::add(self.tx, self.slot, n, indexed(&new), &mut self.words)?;
        if self.stale {
            self.tx.mark_built(n)?;
        }
        Ok(())
    }

    /// Counts the words.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end(self) -> Result<(), StoreError> {
        search::count(self.tx, self.slot, &self.words)
    }
}

/// What is out of sight is not found. One of two that are about the same leads to the other.
fn projected(key: &ItemKey, plain: &Plain) -> Result<Projection, StoreError> {
    let mut projection =
        project(key.kind(), plain).map_err(|_| StoreError::Malformed("value of its kind"))?;
    let merged = projection.common.merged_into.is_some() && !TWINS.contains(&key.kind());
    if projection.common.archived || merged {
        projection.index = Index::None;
    }
    Ok(projection)
}

fn indexed(projection: &Projection) -> (Index, &[radrum_domain::SearchLine]) {
    (projection.index, &projection.search)
}
