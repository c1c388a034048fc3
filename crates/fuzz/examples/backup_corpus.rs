//! Writes the corpus of `backup_restore` anew: small backups of an office that really wrote
//! them. `cargo run -p radrum-fuzz --example backup_corpus`

#![allow(clippy::expect_used, reason = "a program for developers")]

use age::secrecy::SecretString;
use radrum_app::{Host, MemorySecrets, Setup, World, call};
use rusqlite::{Connection, MAIN_DB};
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

const PASSPHRASE: &str = "tre vanliga ord räcker";

/// Of all that an office began with, what goes along: who writes, and what she wrote.
const ROWS: [(&str, &str); 4] = [
    (
        "docs",
        "WHERE kind = 'note' OR key = (SELECT value FROM about WHERE name = 'me')",
    ),
    ("changes", "WHERE item IN (SELECT item FROM small.docs)"),
    (
        "log",
        "WHERE (log_n, seq) IN (SELECT log_n, seq FROM small.changes)",
    ),
    ("merges", "WHERE item IN (SELECT item FROM small.docs)"),
];

/// As another program may have written it.
const OTHERS: [(&str, &str); 4] = [
    (
        "newer",
        "UPDATE about SET value = '9999' WHERE name = 'schema'",
    ),
    (
        "view",
        "ALTER TABLE docs RENAME TO d; CREATE VIEW docs AS SELECT * FROM d",
    ),
    (
        "shared",
        "UPDATE about SET value = '1' WHERE name = 'in_krets'",
    ),
    ("heads", "UPDATE docs SET heads = x'00'"),
];

fn asked(host: &Host, command: &str, args: Value) -> Value {
    call(host, command, args).expect(command)
}

fn backup(home: &Path) -> Vec<u8> {
    let host = Host::new(Setup {
        folder: home.join("profile"),
        world: World::real(),
        secrets: Arc::new(MemorySecrets::default()),
        example: None,
        planted: None,
        opener: None,
    });
    asked(&host, "start", json!({}));
    let found = json!({ "region": "Inlandskretsen", "municipality": "Dorotea", "name": "Maja Ek",
                        "role": null });
    asked(&host, "found", found);
    let title = json!({ "edit": "set", "field": "title", "value": "Ring före nio" });
    let body = json!({ "edit": "write", "field": "body", "text": "Säger Åsa." });
    let made = json!({ "kind": "note", "window": "w", "edits": [title, body] });
    let key = asked(&host, "create_item", made)["key"].clone();
    let heads = asked(&host, "head", json!({ "key": key }))["heads"].clone();
    let edits = [json!({ "edit": "write", "field": "body", "text": "Efter nio." })];
    let edit = json!({ "key": key, "heads": heads, "window": "w", "edits": edits });
    asked(&host, "edit_item", edit);
    let file = home.join("kopia.age");
    let ticket = host.tickets().give(&host.world(), file.clone());
    let args = json!({ "ticket": ticket.expect("ticket"), "passphrase": PASSPHRASE });
    asked(&host, "write_backup", args);
    let sealed = std::fs::read(&file).expect("file");
    let by = age::scrypt::Identity::new(SecretString::from(PASSPHRASE.to_string()));
    let opening = age::Decryptor::new_buffered(&sealed[..]).expect("age");
    let mut plain = Vec::new();
    let mut reader = opening
        .decrypt(std::iter::once(&by as _))
        .expect("passphrase");
    reader.read_to_end(&mut plain).expect("whole");
    plain
}

fn changed(bytes: &[u8], sql: &str) -> Vec<u8> {
    let mut file = Connection::open_in_memory().expect("memory");
    file.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
        .expect("a file");
    file.execute_batch(sql).expect("sql");
    file.serialize(MAIN_DB).expect("bytes").to_vec()
}

/// The same backup with few rows, on small pages.
fn small(bytes: &[u8]) -> Vec<u8> {
    let mut file = Connection::open_in_memory().expect("memory");
    file.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
        .expect("a file");
    file.execute_batch("ATTACH ':memory:' AS small; PRAGMA small.page_size = 512;")
        .expect("a second one");
    let tables: Vec<(String, String)> = {
        let sql = "SELECT name, sql FROM main.sqlite_master WHERE type = 'table'";
        let mut tables = file.prepare(sql).expect("tables");
        let rows = tables.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
        rows.and_then(Iterator::collect).expect("tables")
    };
    for (name, sql) in &tables {
        let sql = sql.replacen("CREATE TABLE ", "CREATE TABLE small.", 1);
        file.execute_batch(&sql).expect("table");
        if !ROWS.iter().any(|(table, _)| table == name) {
            let copy = format!("INSERT INTO small.{name} SELECT * FROM main.{name}");
            file.execute_batch(&copy).expect("rows");
        }
    }
    for (name, rows) in ROWS {
        let copy = format!("INSERT INTO small.{name} SELECT * FROM main.{name} {rows}");
        file.execute_batch(&copy).expect("rows");
    }
    let items = "UPDATE small.about SET value = (SELECT count(*) FROM small.docs)
                 WHERE name = 'items'";
    file.execute_batch(items).expect("items");
    file.serialize(c"small").expect("bytes").to_vec()
}

fn main() {
    let home = tempfile::tempdir().expect("folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/backup_restore");
    std::fs::create_dir_all(&corpus).expect("folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(corpus.join(name), bytes).expect("written");
    };
    let whole = small(&backup(home.path()));
    write("whole", &whole);
    for (name, sql) in OTHERS {
        write(name, &changed(&whole, sql));
    }
    let head = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\n";
    write("head", head);
}
