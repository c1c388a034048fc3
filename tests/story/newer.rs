//! Colleagues with a newer program, and entries of several items: what cannot be read yet holds
//! up nothing else, and is read when it can be.

use anyhow::{Context as _, Result};
use radrum_domain::{Document, Edit, Kind, Scalar};
use radrum_tests::file;
use radrum_tests::krets::{has, office_with};
use radrum_tests::office::{Office, Start};
use radrum_tests::writers::Writer;
use radrum_wire::{BundleWriter, Envelope, ItemChange, ItemId};
use rusqlite::params;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// A note that somebody works on.
struct Note {
    id: ItemId,
    doc: Document,
}

impl Note {
    fn new(byte: u8) -> Result<Self> {
        Ok(Self {
            id: ItemId::from_bytes([byte; 16]),
            doc: Document::begin(Kind::Note)?,
        })
    }

    fn edit(&mut self, writer: &mut Writer, title: &str) -> Result<Vec<ItemChange>> {
        let edit = Edit::Set {
            field: "title".into(),
            value: Some(Scalar::Text(title.into())),
        };
        writer.edit(self.id, &mut self.doc, &[edit])
    }

    fn is_at(&self, office: &Office) -> Result<bool> {
        has(office, &format!("note:{}", self.id))
    }

    fn title_at(&self, office: &Office) -> Result<String> {
        let page = office.call("note", json!({ "key": format!("note:{}", self.id) }))?;
        let title = page["note"]["title"].as_str();
        Ok(title.with_context(|| page.to_string())?.into())
    }
}

fn founded(home: &Path) -> Result<(Office, Arc<radrum_app::MemorySecrets>)> {
    let start = Start::own(&home.join("dorotea"));
    let secrets = Arc::clone(&start.secrets);
    let office = office_with(start, "Maja Lundmark", "Dorotea")?;
    office.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    Ok((office, secrets))
}

fn give(home: &Path, office: &Office, entries: &[Vec<u8>]) -> Result<()> {
    let first = Envelope::decode(entries.first().context("an entry")?)?;
    let mut stick = BundleWriter::new(first.place().region)?;
    for entry in entries {
        stick.push(entry)?;
    }
    let file = home.join("stick.knyte");
    std::fs::write(&file, stick.finish())?;
    let ticket = office.host.tickets().give(&office.host.world(), file)?;
    office.call("read_bundle", json!({ "ticket": ticket }))?;
    Ok(())
}

#[test]
fn what_stands_after_an_item_of_an_unknown_kind_is_read() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, _) = founded(home.path())?;
    let mut newer = Writer::join(&dorotea, 1, "Sorsele")?;
    let (mut strange, mut note) = (Note::new(1)?, Note::new(2)?);
    // The change that it stands on is known to newer programs only.
    strange.edit(&mut newer, "Början")?;
    let unread = strange.edit(&mut newer, "Fortsättning")?;
    let unread = newer.seal(unread, 0)?;
    let read = note.edit(&mut newer, "Ring före nio")?;
    let read = newer.seal(read, 0)?;
    give(home.path(), &dorotea, std::slice::from_ref(&unread))?;
    give(home.path(), &dorotea, &[read])?;
    assert!(note.is_at(&dorotea)?);
    assert!(!strange.is_at(&dorotea)?);
    Ok(())
}

#[test]
fn what_an_older_program_kept_is_taken_up_after_the_update() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, secrets) = founded(home.path())?;
    let mut newer = Writer::join(&dorotea, 1, "Sorsele")?;
    let (mut waiting, mut unknown) = (Note::new(1)?, Note::new(2)?);
    let entries = [
        waiting.edit(&mut newer, "Av ett slag som var okänt")?,
        unknown.edit(&mut newer, "I en post som var okänd")?,
    ];
    let [first, second] = entries.map(|changes| newer.seal(changes, 0));
    let (folder, key) = (dorotea.folder().to_path_buf(), dorotea.key()?);
    drop(dorotea);
    let file = file::connect(&folder, &key)?;
    let kept = [(first?, "waits", "deps"), (second?, "unknown", "kind")];
    for (bytes, state, code) in &kept {
        let envelope = Envelope::decode(bytes)?;
        let place = envelope.place();
        file.execute(
            "INSERT INTO entries (hash, log, seq, prev, envelope) VALUES (?, ?, ?, ?, ?)",
            params![
                envelope.hash().as_bytes(),
                place.log.as_bytes(),
                i64::try_from(place.seq.0)?,
                place.prev.as_bytes(),
                bytes
            ],
        )?;
        let n = file.last_insert_rowid();
        file.execute(
            "INSERT INTO untaken VALUES (?, ?, ?)",
            params![n, state, code],
        )?;
        if *state == "waits" {
            for beginning in radrum_domain::beginnings() {
                let need = beginning.as_bytes();
                file.execute("INSERT INTO waits VALUES (?, ?)", params![need, n])?;
            }
        }
    }
    file.execute(
        "UPDATE settings SET value = 'older' WHERE name = 'read_by'",
        (),
    )?;
    drop(file);
    let dorotea = Office::open(Start {
        secrets,
        ..Start::own(&folder)
    })?;
    assert!(waiting.is_at(&dorotea)?);
    assert!(unknown.is_at(&dorotea)?);
    Ok(())
}

#[test]
fn an_entry_of_two_items_that_waits_for_one_is_taken_by_none_and_holds_up_no_other() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, _) = founded(home.path())?;
    let mut anna = Writer::join(&dorotea, 1, "Sorsele")?;
    let mut ivo = Writer::join(&dorotea, 2, "Malå")?;
    let (mut one, mut both, mut other) = (Note::new(1)?, Note::new(2)?, Note::new(3)?);
    let late = both.edit(&mut ivo, "Ivos början")?;
    let late = ivo.seal(late, 0)?;
    let mut two = one.edit(&mut anna, "Annas första")?;
    two.extend(both.edit(&mut anna, "Annas fortsättning")?);
    let mut entries = vec![anna.seal(two, 0)?];
    let more = one.edit(&mut anna, "Annas andra")?;
    entries.push(anna.seal(more, 0)?);
    let free = other.edit(&mut anna, "Fri")?;
    entries.push(anna.seal(free, 0)?);
    give(home.path(), &dorotea, &entries)?;
    assert!(other.is_at(&dorotea)?);
    assert!(!one.is_at(&dorotea)? && !both.is_at(&dorotea)?);
    give(home.path(), &dorotea, &[late])?;
    assert_eq!(one.title_at(&dorotea)?, "Annas andra");
    assert_eq!(both.title_at(&dorotea)?, "Annas fortsättning");
    Ok(())
}
