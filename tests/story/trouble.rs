//! A profile that cannot be opened: each trouble is told by name, and the file is as it was.

use anyhow::{Context as _, Result};
use radrum_app::{MemorySecrets, Size};
use radrum_store::{DbKey, Fault};
use radrum_tests::edits::{set, write};
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

struct Krets {
    folder: tempfile::TempDir,
    secrets: Arc<MemorySecrets>,
}

impl Krets {
    /// A founded krets whose program has ended.
    fn closed() -> Result<Self> {
        let krets = Self {
            folder: tempfile::tempdir()?,
            secrets: Arc::default(),
        };
        drop(Office::founded(krets.start())?);
        Ok(krets)
    }

    fn start(&self) -> Start {
        Start {
            secrets: Arc::clone(&self.secrets),
            ..Start::own(self.folder.path())
        }
    }

    fn name(&self) -> String {
        self.folder.path().to_string_lossy().into_owned()
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("radrum.db")
    }

    /// Starts and gives the trouble; the database file must not change by it.
    fn trouble(&self) -> Result<String> {
        let before = fs::read(self.database())?;
        let office = Office::closed(self.start());
        let trouble = told(&office)?;
        // Asking again changes nothing either.
        assert_eq!(told(&office)?, trouble);
        drop(office);
        assert!(fs::read(self.database())? == before, "the file was touched");
        Ok(trouble)
    }
}

fn told(office: &Office) -> Result<String> {
    let state = office.call("start", json!({}))?;
    let trouble = state["trouble"].as_str();
    Ok(trouble
        .with_context(|| format!("no trouble: {state}"))?
        .to_string())
}

#[test]
fn a_wrong_key_is_told_apart_from_a_damaged_file() -> Result<()> {
    let krets = Krets::closed()?;
    krets
        .secrets
        .replace(&krets.name(), Some(DbKey::new([7; 32])));
    assert_eq!(krets.trouble()?, "wrong_key");
    Ok(())
}

#[test]
fn a_key_that_the_keyring_no_longer_holds_is_told() -> Result<()> {
    let krets = Krets::closed()?;
    krets.secrets.replace(&krets.name(), None);
    assert_eq!(krets.trouble()?, "key_missing");
    Ok(())
}

#[test]
fn a_keyring_that_does_not_answer_is_told_and_the_next_try_opens() -> Result<()> {
    let krets = Krets::closed()?;
    krets.secrets.set_unavailable(true);
    assert_eq!(krets.trouble()?, "key_store_missing");
    krets.secrets.set_unavailable(false);
    Office::open(krets.start())?;
    Ok(())
}

#[test]
fn a_damaged_first_page_is_told() -> Result<()> {
    let krets = Krets::closed()?;
    let mut file = fs::File::options().write(true).open(krets.database())?;
    file.seek(SeekFrom::Start(100))?;
    file.write_all(&[0xA5; 64])?;
    drop(file);
    assert_eq!(krets.trouble()?, "damaged");
    Ok(())
}

#[test]
fn a_file_that_was_cut_off_is_told() -> Result<()> {
    let krets = Krets::closed()?;
    let file = fs::File::options().write(true).open(krets.database())?;
    file.set_len(file.metadata()?.len() / 2)?;
    drop(file);
    assert_eq!(krets.trouble()?, "damaged");
    Ok(())
}

#[test]
fn an_empty_file_in_place_of_the_database_is_not_taken_for_a_new_krets() -> Result<()> {
    let krets = Krets::closed()?;
    fs::File::options()
        .write(true)
        .truncate(true)
        .open(krets.database())?;
    assert_eq!(krets.trouble()?, "damaged");
    Ok(())
}

#[test]
fn a_second_run_is_told_and_the_first_goes_on() -> Result<()> {
    let krets = Krets::closed()?;
    let first = Office::open(krets.start())?;
    assert_eq!(told(&Office::closed(krets.start()))?, "already_open");
    first.call("playbooks", json!({}))?;
    Ok(())
}

#[test]
fn a_database_of_a_newer_program_is_told() -> Result<()> {
    let krets = Krets::closed()?;
    let connection = krets.connection()?;
    connection.execute(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
        VALUES (999, 'future', '2030-01-01T00:00:00Z', '1')",
        (),
    )?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
    drop(connection);
    assert_eq!(krets.trouble()?, "newer_program");
    Ok(())
}

#[test]
fn a_folder_that_a_sync_program_copies_is_refused_before_anything_is_written() -> Result<()> {
    let base = tempfile::tempdir()?;
    let folder = base.path().join("OneDrive - Dorotea kommun").join("radrum");
    let office = Office::closed(Start::own(&folder));
    assert_eq!(told(&office)?, "synced_folder");
    assert!(!folder.exists());
    Ok(())
}

#[test]
fn a_database_that_was_put_aside_is_kept_and_a_new_krets_can_begin() -> Result<()> {
    let krets = Krets::closed()?;
    krets.secrets.replace(&krets.name(), None);
    let before = fs::read(krets.database())?;
    let office = Office::closed(krets.start());
    assert_eq!(told(&office)?, "key_missing");
    assert_eq!(office.call("put_aside", json!({}))?["state"], "first_run");
    let made = office.call(
        "found",
        json!({ "region": "Ny krets", "municipality": "Malå",
        "name": "Maja Lundmark" }),
    )?;
    assert_eq!(made["state"], "ready");
    let aside = fs::read_dir(krets.folder.path())?
        .filter_map(Result::ok)
        .find(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with("undanlagd-")
        })
        .context("nothing was put aside")?;
    assert!(fs::read(aside.path().join("radrum.db"))? == before);
    Ok(())
}

#[test]
fn a_program_that_ended_while_it_founded_begins_the_first_run_again() -> Result<()> {
    let krets = Krets::closed()?;
    krets
        .connection()?
        .execute("UPDATE profile SET me = ''", ())?;
    let office = Office::closed(krets.start());
    assert_eq!(office.call("start", json!({}))?["state"], "first_run");
    let made = office.call(
        "found",
        json!({ "region": "Ny krets", "municipality": "Malå", "name": "Maja Lundmark" }),
    )?;
    assert_eq!(made["state"], "ready");
    Ok(())
}

#[test]
fn a_disk_that_is_full_at_the_first_start_is_told_and_the_next_try_goes_on() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::closed(Start {
        planted: Some(Fault::Full(60)),
        ..Start::example(folder.path(), Size::Small)
    });
    assert_eq!(told(&office)?, "disk_full");
    drop(office);
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let members = office.call("members", json!({ "municipality": null }))?;
    assert!(
        members
            .as_array()
            .is_some_and(|members| members.len() >= 60)
    );
    Ok(())
}

#[test]
fn a_full_database_refuses_the_save_keeps_what_was_there_and_goes_on() -> Result<()> {
    let folder = tempfile::tempdir()?;
    drop(Office::open(Start::example(folder.path(), Size::Small))?);
    let size = fs::metadata(folder.path().join("radrum.db"))?.len();
    let office = Office::open(Start {
        planted: Some(Fault::Full(u32::try_from(size / 4096)? + 24)),
        ..Start::example(folder.path(), Size::Small)
    })?;
    let mut saved = Vec::new();
    let refused = loop {
        let body = format!("Rad {} {}", saved.len(), "mycket att skriva ".repeat(400));
        let args = json!({ "kind": "note", "window": "a",
            "edits": [set("title", format!("Anteckning {}", saved.len())), write("body", &body)] });
        match radrum_app::call(&office.host, "create_item", args) {
            Ok(made) => saved.push(made["key"].clone()),
            Err(error) => break serde_json::to_value(&error)?,
        }
        assert!(saved.len() < 1_000, "the limit was never met");
    };
    assert_eq!(refused["code"], "disk_full");
    assert!(!saved.is_empty());
    drop(office);
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    for key in &saved {
        office.call("note", json!({ "key": key }))?;
    }
    assert_eq!(office.call("check", json!({}))?["faults"], 0);
    let again = json!({ "kind": "note", "window": "a", "edits": [set("title", "Plats igen")] });
    office.call("create_item", again)?;
    Ok(())
}

impl Krets {
    fn connection(&self) -> Result<rusqlite::Connection> {
        use radrum_app::SecretStore as _;
        let key = self.secrets.get(&self.name())?.context("key")?;
        let connection = rusqlite::Connection::open(self.database())?;
        connection.pragma_update(None, "key", format!("x'{}'", hex::encode(key.expose())))?;
        Ok(connection)
    }
}

/// What only the superuser may is given up by the test's thread, so that a folder without
/// the write permission is read-only to it whoever runs the tests.
#[cfg(target_os = "linux")]
mod linux {
    use super::{Krets, told};
    use anyhow::Result;
    use radrum_tests::office::{Office, Start};
    use rustix::thread::{CapabilitySet, capabilities, set_capabilities};
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    fn as_ordinary_user<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
        let had = capabilities(None)?;
        let mut less = had;
        less.effective
            .remove(CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH);
        set_capabilities(None, less)?;
        let answer = work();
        set_capabilities(None, had)?;
        answer
    }

    fn mode(path: &Path) -> Result<u32> {
        Ok(fs::metadata(path)?.permissions().mode() & 0o777)
    }

    #[test]
    fn only_the_own_user_may_look_into_the_folder() -> Result<()> {
        let krets = Krets::closed()?;
        assert_eq!(mode(krets.folder.path())?, 0o700);
        assert_eq!(mode(&krets.database())? & 0o077, 0);
        Ok(())
    }

    #[test]
    fn a_database_that_may_not_be_written_is_told() -> Result<()> {
        let krets = Krets::closed()?;
        fs::set_permissions(krets.database(), Permissions::from_mode(0o400))?;
        let trouble = as_ordinary_user(|| krets.trouble())?;
        assert_eq!(trouble, "read_only");
        fs::set_permissions(krets.database(), Permissions::from_mode(0o600))?;
        Office::open(krets.start())?;
        Ok(())
    }

    #[test]
    fn a_place_where_no_folder_can_be_made_is_told() -> Result<()> {
        let base = tempfile::tempdir()?;
        fs::set_permissions(base.path(), Permissions::from_mode(0o500))?;
        let folder = base.path().join("radrum");
        let trouble = as_ordinary_user(|| told(&Office::closed(Start::own(&folder))))?;
        assert_eq!(trouble, "read_only");
        assert!(!folder.exists());
        Ok(())
    }
}
