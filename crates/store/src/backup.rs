//! A backup (FORMAT.md section 12): one unencrypted SQLite file in memory with what cannot be
//! computed anew, and a new profile file made from one. Its bytes never touch a disk in the clear.
//!
//! Of the device nothing goes along: no key, no epoch, no name of this installation. What is
//! private to the window (drafts, ticks) stays too.

mod about;

pub use about::About;

use crate::error::StoreError;
use crate::key::DbKey;
use crate::migrate;
use crate::open::{Opening, Readers, create};
use crate::read::Read;
use radrum_wire::{Generation, ItemId};
use rusqlite::{Connection, MAIN_DB};
use std::path::Path;
use zeroize::Zeroizing;

/// Tables that go along, in an order that references allow. An entry that is not taken into
/// documents is left to come again by a road, so that it is judged anew.
const CARRIED: [(&str, &str); 17] = [
    ("logs", ""),
    ("log", ""),
    ("changes", ""),
    ("docs", ""),
    ("merges", ""),
    ("facts", ""),
    ("entries", "WHERE n NOT IN (SELECT n FROM source.untaken)"),
    ("fact_places", ""),
    ("claims", ""),
    ("snapshot", ""),
    ("provisional", ""),
    ("erasures", ""),
    ("erased_items", ""),
    ("stub_names", ""),
    ("met_stubs", ""),
    ("stubs", ""),
    ("receipts", ""),
];

/// Durable tables that stay: keys and names of this device, what it remembers of roads, and
/// what is private to its window.
#[cfg(test)]
const LEFT: [&str; 21] = [
    "anonymous_threads",
    "anonymous_acts",
    "anonymous_tokens",
    "profile",
    "krets",
    "epochs",
    "roads",
    "reached",
    "slots",
    "heard",
    "letters",
    "untaken",
    "waits",
    "aside_changes",
    "drafts",
    "ticks",
    "follows",
    "news",
    "since",
    "untold",
    "settings",
];

/// A backup in the clear.
pub struct Backup {
    /// A whole SQLite file. Wiped when dropped.
    pub bytes: Zeroizing<Vec<u8>>,
    /// What it says about itself.
    pub about: About,
}

impl Read<'_> {
    /// A digest of all items: generation, heads and plain value of each, by id.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn digest(&self) -> Result<[u8; 32], StoreError> {
        digest(self.db, "main")
    }
}

impl Readers {
    /// Copies what one commit left, while others go on writing.
    ///
    /// # Errors
    /// Any [`StoreError`]; [`StoreError::Malformed`] before somebody uses this profile.
    pub fn backup(&self, made_at: i64) -> Result<Backup, StoreError> {
        let mut plain = plain()?;
        attach(&plain, self.path(), self.key(), "source")?;
        let copying = plain.transaction()?;
        for (table, rows) in CARRIED {
            let sql: String = copying.query_row(
                "SELECT sql FROM source.sqlite_master WHERE type = 'table' AND name = ?",
                [table],
                |row| row.get(0),
            )?;
            copying.execute_batch(&sql)?;
            copying.execute_batch(&format!(
                "INSERT INTO main.{table} SELECT * FROM source.{table} {rows}"
            ))?;
        }
        let about = about::of_source(&copying, digest(&copying, "main")?)?;
        let about = About { made_at, ..about };
        about::write(&copying, &about)?;
        copying.commit()?;
        let bytes = Zeroizing::new(plain.serialize(MAIN_DB)?.to_vec());
        Ok(Backup { bytes, about })
    }
}

/// Makes a new profile file of a backup, with everything but the row that says whose it is.
/// The file must not be there.
///
/// # Errors
/// [`StoreError::Newer`] for a backup of a newer program; [`StoreError::NotReadable`],
/// [`StoreError::Damaged`] or [`StoreError::Malformed`] for bytes that are no whole backup;
/// [`StoreError::Full`] and [`StoreError::ReadOnly`] of the new file, which is then not whole.
pub fn restore(bytes: &[u8], opening: &Opening) -> Result<About, StoreError> {
    let mut plain = plain()?;
    plain.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), true)?;
    check(&plain)?;
    let (about, schema) = about::read(&plain)?;
    drop(create(opening, schema)?);
    attach(&plain, &opening.path, &opening.key, "target")?;
    if let Some(fault) = opening.planted {
        fault.plant(&plain, Some("target"))?;
    }
    let copying = plain.transaction()?;
    for (table, _) in CARRIED {
        if migrate::has_table(&copying, "target", table)? {
            let columns = columns(&copying, table)?;
            copying.execute_batch(&format!(
                "INSERT INTO target.{table} ({columns}) SELECT {columns} FROM main.{table}"
            ))?;
        }
    }
    let same = digest(&copying, "target")? == about.digest;
    copying.commit()?;
    plain.execute_batch("DETACH target")?;
    if same {
        Ok(about)
    } else {
        Err(StoreError::Damaged)
    }
}

/// What a profile that is not in use knows to be erased: items with the generation that stands.
///
/// # Errors
/// Any [`StoreError`]; the file is as it was.
pub fn erased_in(opening: &Opening) -> Result<Vec<(ItemId, Generation)>, StoreError> {
    let plain = plain()?;
    attach(&plain, &opening.path, &opening.key, "aside")?;
    if !migrate::has_table(&plain, "aside", "erased_items")? {
        return Ok(Vec::new());
    }
    let mut statement = plain.prepare("SELECT item, generation FROM aside.erased_items")?;
    let rows = statement.query_map((), |row| {
        Ok((ItemId::from_bytes(row.get(0)?), Generation(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn plain() -> Result<Connection, StoreError> {
    let plain = Connection::open_in_memory()?;
    plain.pragma_update(None, "cipher_log", "off")?;
    // Nothing of the content goes to a temporary file.
    plain.pragma_update(None, "temp_store", "MEMORY")?;
    // A backup may come from anybody: nothing in its schema is run.
    plain.pragma_update(None, "trusted_schema", false)?;
    plain.pragma_update(None, "cell_size_check", true)?;
    Ok(plain)
}

fn attach(plain: &Connection, path: &Path, key: &DbKey, name: &str) -> Result<(), StoreError> {
    let path = path.to_str().ok_or(StoreError::ReadOnly)?;
    let key = key.pragma();
    plain.execute(
        &format!("ATTACH DATABASE ? AS {name} KEY ?"),
        [path, key.as_str()],
    )?;
    plain.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(())
}

/// Tables only, and sound pages.
fn check(plain: &Connection) -> Result<(), StoreError> {
    let others: i64 = plain.query_row(
        "SELECT count(*) FROM main.sqlite_master
         WHERE NOT (type = 'table' OR name LIKE 'sqlite_autoindex_%')",
        (),
        |row| row.get(0),
    )?;
    let sound: String = plain.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    if others > 0 || sound != "ok" {
        return Err(StoreError::Damaged);
    }
    Ok(())
}

fn columns(plain: &Connection, table: &str) -> Result<String, StoreError> {
    let sql = format!("SELECT name FROM pragma_table_info('{table}', 'target')");
    let mut statement = plain.prepare(&sql)?;
    let names = statement.query_map((), |row| row.get::<_, String>(0))?;
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(", "))
}

fn digest(db: &Connection, of: &str) -> Result<[u8; 32], StoreError> {
    let mut statement = db.prepare(&format!(
        "SELECT item, generation, heads, value FROM {of}.docs ORDER BY item"
    ))?;
    let mut rows = statement.query(())?;
    let mut hash = blake3::Hasher::new();
    while let Some(row) = rows.next()? {
        hash.update(row.get_ref(0)?.as_blob().map_err(|_| DOCS)?);
        hash.update(&row.get::<_, u32>(1)?.to_le_bytes());
        for column in 2..4 {
            let bytes = row.get_ref(column)?.as_bytes().map_err(|_| DOCS)?;
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(*hash.finalize().as_bytes())
}

const DOCS: StoreError = StoreError::Malformed("docs");

#[cfg(test)]
mod tests {
    use super::{CARRIED, LEFT, attach, columns, plain, restore};
    use crate::{DbKey, Doc, DocMeta, Fault, Opening, Profile, Readers, StoreError, Writer, open};
    use radrum_domain::{Actor, Actors, Document, Edit, Heads, ItemKey, Kind, Scalar};
    use radrum_wire::{DeviceId, Generation, ItemId, LogId, RegionId};
    use rusqlite::{Connection, MAIN_DB};
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};

    const KEY: [u8; 32] = [0x5a; 32];

    fn opening(folder: &Path, name: &str) -> Opening {
        Opening {
            path: folder.join(name),
            key: DbKey::new(KEY),
            planted: None,
        }
    }

    fn note(title: &str) -> Doc {
        let log = LogId::from_bytes([3; 16]);
        let mut doc = Document::begin(Kind::Note).expect("genesis");
        let actors = Actors {
            running: Actor::new(log, [1; 8]),
            fresh: Actor::new(log, [2; 8]),
        };
        let heads: Heads = doc.heads();
        let edit = Edit::Set {
            field: "title".into(),
            value: Some(Scalar::Text(title.into())),
        };
        doc.edit(&heads, actors, &[edit]).expect("edit");
        let meta = DocMeta {
            n: 0,
            key: ItemKey::random(Kind::Note, ItemId::of_log(log, [9; 6])),
            generation: Generation::FIRST,
            heads: doc.heads(),
            plain: doc.plain(),
            created_at: 1,
            created_by: String::new(),
            updated_at: 2,
            updated_by: String::new(),
        };
        let saved = doc.save();
        Doc { meta, saved }
    }

    /// A file with a note, a draft and a setting.
    fn written(folder: &Path) -> (Writer, Readers, Doc) {
        let (mut writer, readers) = open(opening(folder, "radrum.db")).expect("open");
        let note = note("Vägen över fjället");
        let tx = writer.begin().expect("begin");
        tx.create_profile(&Profile {
            region: RegionId::from_bytes([1; 16]),
            region_name: "Inlandskretsen å ä ö".into(),
            device: DeviceId::from_bytes([0xd1; 16]),
            log: LogId::from_bytes([3; 16]),
            me: Some(ItemKey::random(Kind::Member, ItemId::from_bytes([8; 16]))),
            created_at: 1,
        })
        .expect("profile");
        tx.put_doc(&note).expect("doc");
        tx.put_setting("private", "kvällsgökottan")
            .expect("setting");
        tx.commit().expect("commit");
        (writer, readers, note)
    }

    fn contains(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }

    #[test]
    fn every_durable_table_is_carried_or_left_on_purpose() {
        let folder = tempfile::tempdir().expect("folder");
        let (writer, ..) = written(folder.path());
        let mut statement = writer
            .read()
            .db
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
            .expect("prepare");
        let rows = statement.query_map((), |row| row.get::<_, String>(0));
        let all: BTreeSet<String> = rows
            .expect("rows")
            .map(|name| name.expect("name"))
            .filter(|name| name != "refinery_schema_history" && !name.starts_with("sqlite_"))
            .collect();
        let known: BTreeSet<String> = CARRIED
            .iter()
            .map(|(table, _)| *table)
            .chain(LEFT)
            .map(String::from)
            .collect();
        assert_eq!(all, known, "decide whether a backup holds it");
        let format = include_str!("../../wire/FORMAT.md");
        let chapter = format.split("## 12.").nth(1).expect("chapter");
        for (table, _) in CARRIED {
            assert!(chapter.contains(&format!("`{table}`")), "{table}");
        }
    }

    #[test]
    fn what_a_backup_holds_comes_back_and_nothing_of_the_device_does() {
        let folder = tempfile::tempdir().expect("folder");
        let (writer, readers, note) = written(folder.path());
        let backup = readers.backup(77).expect("backup");
        assert!(backup.bytes.starts_with(b"SQLite format 3\0"));
        assert!(contains(&backup.bytes, "Vägen över fjället".as_bytes()));
        for left in [&KEY[..], &[0xd1; 16][..], "kvällsgökottan".as_bytes()] {
            assert!(!contains(&backup.bytes, left));
        }
        let target = opening(folder.path(), "new.db");
        let about = restore(&backup.bytes, &target).expect("restore");
        assert_eq!(about, backup.about);
        assert_eq!((about.made_at, about.items), (77, 1));
        assert_eq!(about.region_name, "Inlandskretsen å ä ö");
        let raw = std::fs::read(&target.path).expect("read");
        assert!(!contains(&raw, "fjället".as_bytes()), "never in the clear");
        let (new, _) = open(target).expect("open");
        assert_eq!(new.read().profile().expect("profile"), None);
        let back = new.read().doc(&note.meta.key).expect("doc").expect("there");
        assert_eq!(back.saved, note.saved);
        assert_eq!(back.meta.plain, note.meta.plain);
        let digest = writer.read().digest().expect("digest");
        assert_eq!(new.read().digest().expect("digest"), digest);
    }

    #[test]
    fn a_backup_is_refused_when_it_is_cut_changed_or_of_a_newer_program() {
        let folder = tempfile::tempdir().expect("folder");
        let (_writer, readers, _) = written(folder.path());
        let backup = readers.backup(0).expect("backup");
        let tried =
            |n: usize, bytes: &[u8]| restore(bytes, &opening(folder.path(), &format!("{n}.db")));
        for (n, cut) in [0, 10, 100, 4_096, backup.bytes.len() / 2]
            .into_iter()
            .enumerate()
        {
            assert!(tried(n, &backup.bytes[..cut]).is_err(), "cut at {cut}");
        }
        let changed = |sql: &str| {
            let mut file = plain().expect("memory");
            let bytes = &backup.bytes[..];
            file.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
                .expect("open");
            file.execute_batch(sql).expect("sql");
            file.serialize(MAIN_DB).expect("bytes").to_vec()
        };
        let newer = changed("UPDATE about SET value = '9999' WHERE name = 'schema'");
        assert!(matches!(tried(10, &newer), Err(StoreError::Newer { .. })));
        let layout = changed("UPDATE about SET value = '2' WHERE name = 'format'");
        assert!(matches!(tried(11, &layout), Err(StoreError::Newer { .. })));
        let other = changed("UPDATE docs SET value = '{}'");
        assert!(matches!(tried(12, &other), Err(StoreError::Damaged)));
        let view = changed("ALTER TABLE docs RENAME TO d; CREATE VIEW docs AS SELECT * FROM d");
        assert!(matches!(tried(13, &view), Err(StoreError::Damaged)));
        let missing = changed("DROP TABLE docs");
        assert!(tried(14, &missing).is_err());
    }

    #[test]
    fn a_backup_of_an_older_schema_is_brought_up_to_date() {
        let folder = tempfile::tempdir().expect("folder");
        let (_writer, readers, note) = written(folder.path());
        let backup = readers.backup(0).expect("backup");
        let mut file = plain().expect("memory");
        let bytes = &backup.bytes[..];
        file.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
            .expect("open");
        // As a program of the third migration wrote it.
        let mut sql = String::from(
            "UPDATE about SET value = '3' WHERE name = 'schema'; ALTER TABLE log DROP COLUMN kind;",
        );
        for table in [
            "erasures",
            "erased_items",
            "stub_names",
            "met_stubs",
            "stubs",
            "receipts",
        ] {
            sql += &format!("DROP TABLE {table};");
        }
        file.execute_batch(&sql).expect("sql");
        let old = file.serialize(MAIN_DB).expect("bytes").to_vec();
        let target = opening(folder.path(), "new.db");
        restore(&old, &target).expect("restore");
        let (new, _) = open(target).expect("open");
        assert!(new.read().doc(&note.meta.key).expect("doc").is_some());
        assert_eq!(new.read().erased().expect("erased"), 0);
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let folder = tempfile::tempdir().expect("folder");
        let (_writer, readers, _) = written(folder.path());
        let backup = readers.backup(0).expect("backup");
        for pages in [1, 20, 35] {
            let target = Opening {
                planted: Some(Fault::Full(pages)),
                ..opening(folder.path(), &format!("{pages}.db"))
            };
            let refused = restore(&backup.bytes, &target);
            assert!(
                matches!(refused, Err(StoreError::Full)),
                "{pages}: {refused:?}"
            );
        }
    }

    #[test]
    fn an_attached_file_is_read_by_the_names_of_its_columns() {
        let folder = tempfile::tempdir().expect("folder");
        drop(written(folder.path()));
        let memory: Connection = plain().expect("memory");
        let of = opening(folder.path(), "radrum.db");
        attach(&memory, &of.path, &of.key, "target").expect("attach");
        assert_eq!(
            columns(&memory, "stub_names").expect("columns"),
            "hash, erasure"
        );
    }

    #[test]
    fn a_backup_made_while_others_write_is_one_moment_fifty_times() {
        let folder = tempfile::tempdir().expect("folder");
        let (mut writer, readers, note) = written(folder.path());
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let mut pairs = 0_u32;
                while !done.load(Ordering::SeqCst) {
                    let tx = writer.begin().expect("begin");
                    for half in [0_u32, 1] {
                        let mut row = note.clone();
                        let mut id = [0xee; 16];
                        id[..4].copy_from_slice(&(2 * pairs + half).to_be_bytes());
                        row.meta.key = ItemKey::random(Kind::Note, ItemId::from_bytes(id));
                        tx.put_doc(&row).expect("doc");
                    }
                    tx.commit().expect("commit");
                    pairs += 1;
                }
                pairs
            });
            let mut before = 0;
            let mut grown = 0;
            for round in 0..50 {
                let backup = readers.backup(round).expect("backup");
                let target = opening(folder.path(), &format!("{round}.db"));
                assert_eq!(
                    restore(&backup.bytes, &target).expect("restore"),
                    backup.about
                );
                // The note of before, and whole pairs: never half of what was written at once.
                let items = backup.about.items;
                assert!(items % 2 == 1 && items >= before, "round {round}: {items}");
                grown += u32::from(items > before);
                before = items;
            }
            done.store(true, Ordering::SeqCst);
            assert!(writing.join().expect("writer") > 0);
            assert!(grown > 25, "nobody wrote meanwhile: {grown}");
        });
    }
}
