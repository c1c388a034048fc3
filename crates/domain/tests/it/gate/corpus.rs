//! Stored bytes and the word for each, so that a later version of automerge or of the gate
//! that says something else is seen. `kind.name.word.bin` is offered to the document that
//! `kind.0.bin` makes.

#![allow(
    clippy::disallowed_methods,
    reason = "the corpus is a folder of files; the library reads none"
)]

use super::attack::SEEDS;
use super::{received, said};
use radrum_domain::{Claims, Document, Incoming, KINDS};
use std::fs;
use std::path::PathBuf;

/// Larger seeds are made by their test only.
const BYTES_MAX: usize = 8_192;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/gate")
}

#[test]
fn every_stored_seed_gets_its_stored_verdict() {
    if std::env::var_os("RADRUM_STORE_CORPUS").is_some() {
        store_seeds();
    }
    let mut count = 0;
    for entry in fs::read_dir(folder()).expect("folder") {
        let path = entry.expect("entry").path();
        let name = path
            .file_name()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let parts: Vec<&str> = name.split('.').collect();
        let &[kind, _, word, "bin"] = parts.as_slice() else {
            continue;
        };
        let kind = KINDS.into_iter().find(|known| known.name() == kind);
        let kind = kind.expect("kind");
        let base = fs::read(folder().join(format!("{}.0.bin", kind.name()))).expect("base");
        let mut doc = Document::begin(kind).expect("genesis");
        let first = Incoming {
            log: super::log(1),
            bytes: &base,
        };
        doc.ingest(&[first], &mut Claims::default()).expect("sound");
        assert_eq!(
            said(&mut doc, &fs::read(&path).expect("seed")),
            word,
            "{name}"
        );
        count += 1;
    }
    assert!(count > 100, "the corpus is there");
}

/// Writes the corpus; old files stay. Asked for by `RADRUM_STORE_CORPUS=1`.
fn store_seeds() {
    for (kind, name, word, make) in SEEDS {
        let base = received(*kind).changes().remove(0).bytes;
        fs::write(folder().join(format!("{}.0.bin", kind.name())), base).expect("write");
        let bytes = make();
        if bytes.len() <= BYTES_MAX {
            let file = format!("{}.{name}.{word}.bin", kind.name());
            fs::write(folder().join(file), bytes).expect("write");
        }
    }
}
