//! Which item is what, kept in memory between queries. A new item is read beside it, so that the
//! search after a save waits for nothing; after anything else it is read anew.

use crate::{Read, StoreError};
use radrum_domain::{KINDS, Kind, POSTS};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

/// Kind and parent of each item of the core table.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    /// Which version of the items was read: another one after any of them was moved.
    moved: i64,
    /// The newest row that is known. Newer ones are read when they are there.
    newest: AtomicI64,
    items: HashMap<u32, (Kind, Option<u32>)>,
    children: HashMap<u32, Vec<u32>>,
}

impl Catalogue {
    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn kind(&self, n: u32) -> Option<Kind> {
        self.items.get(&n).map(|item| item.0)
    }

    pub fn parent(&self, n: u32) -> Option<u32> {
        self.items.get(&n).and_then(|item| item.1)
    }

    pub fn children(&self, n: i64) -> impl Iterator<Item = u32> + '_ {
        let n = u32::try_from(n).unwrap_or(0);
        self.children.get(&n).into_iter().flatten().copied()
    }

    /// Whether nothing that is known here was moved since.
    pub fn is_of(&self, read: &Read<'_>) -> Result<bool, StoreError> {
        Ok(self.moved == moved(read)?)
    }

    fn add(&mut self, n: u32, kind: Kind) {
        self.items.insert(n, (kind, None));
    }

    fn put_under(&mut self, n: u32, parent: u32) {
        if let Some(item) = self.items.get_mut(&n) {
            item.1 = Some(parent);
            self.children.entry(parent).or_default().push(n);
        }
    }

    /// Kind by kind, from the index alone: most rows are posts, and passing over them took
    /// longer than the search that waits for this.
    pub fn load(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut catalogue = Self {
            moved: moved(read)?,
            newest: AtomicI64::new(newest(read)?),
            ..Self::default()
        };
        let mut of_kind = read
            .db
            .prepare_cached("SELECT n FROM items WHERE kind = ? AND archived = 0")?;
        for kind in KINDS.into_iter().filter(|kind| !POSTS.contains(kind)) {
            let mut rows = of_kind.query([kind.name()])?;
            while let Some(row) = rows.next()? {
                catalogue.add(row.get(0)?, kind);
            }
        }
        let mut with_parent = read.db.prepare_cached(
            "SELECT i.n, p.n FROM items i JOIN items p ON p.key = i.parent
             WHERE i.kind = ? AND i.parent != '' AND i.archived = 0",
        )?;
        for kind in WITH_PARENT {
            let mut rows = with_parent.query([kind.name()])?;
            while let Some(row) = rows.next()? {
                catalogue.put_under(row.get(0)?, row.get(1)?);
            }
        }
        Ok(catalogue)
    }

    /// This and what came since; nothing when none of that belongs here.
    pub fn grown(&self, read: &Read<'_>) -> Result<Option<Self>, StoreError> {
        let mut came = read.db.prepare_cached(
            "SELECT i.n, i.kind, p.n FROM items i LEFT JOIN items p ON p.key = i.parent
             WHERE i.n > ? AND i.archived = 0",
        )?;
        let known = self.newest.load(Ordering::Relaxed);
        let came = came
            .query_map([known], |row| {
                let kind: String = row.get(1)?;
                Ok((row.get(0)?, kind, row.get(2)?))
            })?
            .collect::<Result<Vec<(u32, String, Option<u32>)>, _>>()?;
        if came.is_empty() {
            return Ok(None);
        }
        let newest = newest(read)?;
        let core = || KINDS.into_iter().filter(|kind| !POSTS.contains(kind));
        let belongs = |name: &str| core().find(|kind| kind.name() == name);
        if !came.iter().any(|(_, name, _)| belongs(name).is_some()) {
            self.newest.fetch_max(newest, Ordering::Relaxed);
            return Ok(None);
        }
        let mut grown = Self {
            moved: self.moved,
            newest: AtomicI64::new(newest),
            items: self.items.clone(),
            children: self.children.clone(),
        };
        for (n, name, parent) in came {
            let Some(kind) = belongs(&name) else {
                continue;
            };
            grown.add(n, kind);
            if let Some(parent) = parent.filter(|_| WITH_PARENT.contains(&kind)) {
                grown.put_under(n, parent);
            }
        }
        grown.find_children(read, known)?;
        Ok(Some(grown))
    }

    /// What was here before the item that it stands under, which came only now.
    fn find_children(&mut self, read: &Read<'_>, known: i64) -> Result<(), StoreError> {
        let mut waited = read.db.prepare_cached(
            "SELECT c.n, p.n FROM items p JOIN items c ON c.parent = p.key
             WHERE p.n > ?1 AND c.parent != '' AND c.n <= ?1 AND c.archived = 0",
        )?;
        let mut rows = waited.query([known])?;
        while let Some(row) = rows.next()? {
            let n = row.get(0)?;
            if self.kind(n).is_some_and(|kind| WITH_PARENT.contains(&kind)) {
                self.put_under(n, row.get(1)?);
            }
        }
        Ok(())
    }
}

/// Kinds that answer for the item that they stand under.
const WITH_PARENT: [Kind; 3] = [Kind::Variant, Kind::Deviation, Kind::Ruling];

/// Another number after an item was archived, came back, changed its key or its parent, went, or
/// came under a number below the newest (`migrations/projection/schema.sql`).
fn moved(read: &Read<'_>) -> Result<i64, StoreError> {
    Ok(read
        .db
        .prepare_cached("SELECT version FROM items_moved")?
        .query_row((), |row| row.get(0))?)
}

fn newest(read: &Read<'_>) -> Result<i64, StoreError> {
    Ok(read
        .db
        .prepare_cached("SELECT coalesce(max(n), 0) FROM items")?
        .query_row((), |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::Catalogue;
    use crate::{DbKey, Opening, Read, Readers, Rebuild, Searcher, Writer, open};
    use radrum_domain::Kind;

    type Tried<T> = Result<T, Box<dyn std::error::Error>>;

    fn store(folder: &std::path::Path) -> Tried<(Writer, Readers)> {
        let (mut writer, readers) = open(Opening {
            path: folder.join("radrum.db"),
            key: DbKey::new([7; 32]),
            planted: None,
        })?;
        let tx = writer.begin()?;
        tx.begin_rebuild(Rebuild::Everything)?;
        tx.commit()?;
        Ok((writer, readers))
    }

    fn put(writer: &mut Writer, (n, kind): (u32, Kind), parent: u32, archived: bool) -> Tried<()> {
        let key = |n: u32| {
            if n == 0 {
                String::new()
            } else {
                format!("key:{n}")
            }
        };
        let tx = writer.begin()?;
        tx.db.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, '', x'', '', '', ?, '', ?, '', 0, 0)",
            (n, key(n), kind.name(), key(parent), archived),
        )?;
        Ok(tx.commit()?)
    }

    fn known(searcher: &Searcher, readers: &Readers, n: u32) -> Tried<Option<Kind>> {
        readers.with(|read: Read<'_>| Ok(searcher.catalogue(&read)?.kind(n)))
    }

    #[test]
    fn what_comes_after_the_first_search_is_known_with_what_it_stands_under() -> Tried<()> {
        let folder = tempfile::tempdir()?;
        let (mut writer, readers) = store(folder.path())?;
        put(&mut writer, (3, Kind::Playbook), 0, false)?;
        let searcher = Searcher::default();
        assert_eq!(known(&searcher, &readers, 3)?, Some(Kind::Playbook));
        put(&mut writer, (5, Kind::Variant), 3, false)?;
        put(&mut writer, (6, Kind::Note), 0, false)?;
        readers.with(|read| {
            let seen = searcher.catalogue(&read)?;
            assert_eq!(seen.parent(5), Some(3));
            assert_eq!(seen.children(3).collect::<Vec<_>>(), [5]);
            assert_eq!((seen.kind(6), seen.len()), (None, 2));
            Tried::Ok(())
        })?;
        // One that had waited under a number of its own.
        put(&mut writer, (4, Kind::Label), 0, false)?;
        assert_eq!(known(&searcher, &readers, 4)?, Some(Kind::Label));
        put(&mut writer, (3, Kind::Playbook), 0, true)?;
        assert_eq!(known(&searcher, &readers, 3)?, None);
        put(&mut writer, (3, Kind::Playbook), 0, false)?;
        assert_eq!(known(&searcher, &readers, 3)?, Some(Kind::Playbook));
        let tx = writer.begin()?;
        tx.db.execute("DELETE FROM items WHERE n = 5", ())?;
        tx.commit()?;
        assert_eq!(known(&searcher, &readers, 5)?, None);
        Ok(())
    }

    #[test]
    fn what_came_before_its_card_is_put_under_it_when_the_card_comes() -> Tried<()> {
        let folder = tempfile::tempdir()?;
        let (mut writer, readers) = store(folder.path())?;
        let searcher = Searcher::default();
        put(&mut writer, (5, Kind::Variant), 6, false)?;
        put(&mut writer, (4, Kind::Note), 6, false)?;
        assert_eq!(known(&searcher, &readers, 5)?, Some(Kind::Variant));
        put(&mut writer, (6, Kind::Playbook), 0, false)?;
        readers.with(|read| {
            let seen = searcher.catalogue(&read)?;
            assert_eq!(seen.parent(5), Some(6));
            assert_eq!(seen.children(6).collect::<Vec<_>>(), [5]);
            Tried::Ok(())
        })
    }

    #[test]
    fn a_search_that_began_before_a_save_hides_nothing_from_the_next() -> Tried<()> {
        let folder = tempfile::tempdir()?;
        let (mut writer, readers) = store(folder.path())?;
        put(&mut writer, (2, Kind::Playbook), 0, true)?;
        put(&mut writer, (3, Kind::Playbook), 0, false)?;
        let searcher = Searcher::default();
        readers.with(|early: Read<'_>| {
            // A transaction begins with its first question.
            assert_eq!(Catalogue::load(&early)?.len(), 1);
            put(&mut writer, (2, Kind::Playbook), 0, false)?;
            put(&mut writer, (4, Kind::Label), 0, false)?;
            assert_eq!(searcher.catalogue(&early)?.kind(2), None);
            Tried::Ok(())
        })?;
        assert_eq!(known(&searcher, &readers, 2)?, Some(Kind::Playbook));
        assert_eq!(known(&searcher, &readers, 4)?, Some(Kind::Label));
        Ok(())
    }
}
