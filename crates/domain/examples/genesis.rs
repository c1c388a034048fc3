//! Makes the genesis bytes of a new kind, once:
//! `cargo run -p radrum-domain --example genesis -- playbook`.
//!
//! Refuses to replace a file: documents of real krets stand on those bytes for ever.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool, not the library"
)]

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT};
use radrum_domain::{Kind, schema};
use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("genesis");
    for kind in radrum_domain::KINDS {
        if !wanted.iter().any(|name| name == kind.name()) {
            continue;
        }
        let (bytes, hash) = genesis(kind)?;
        let path = folder.join(format!("{}.1.bin", kind.name()));
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)?
            .write_all(&bytes)?;
        println!("    {kind:?}: \"{}.1.bin\", \"{hash}\";", kind.name());
    }
    Ok(())
}

fn genesis(kind: Kind) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let schema = schema(kind);
    let mut doc = Automerge::new().with_actor(ActorId::from([0_u8; 16]));
    let mut tx = doc.transaction();
    tx.put(ROOT, "kind", kind.name())?;
    tx.put(ROOT, "schema", 1_i64)?;
    for text in schema.texts() {
        tx.put_object(ROOT, text.name, ObjType::Text)?;
    }
    for list in schema.lists {
        tx.put_object(ROOT, list.name, ObjType::Map)?;
    }
    for set in schema.sets {
        tx.put_object(ROOT, set.name, ObjType::Map)?;
    }
    tx.commit_with(CommitOptions::default().with_time(0));
    let change = doc.get_changes(&[]).into_iter().next().ok_or("no change")?;
    Ok((change.raw_bytes().to_vec(), change.hash().to_string()))
}
