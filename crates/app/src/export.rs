//! Everything, or one municipality's, in open formats: Markdown to read, JSON to compute with,
//! CSV for tables, vCard for telephones; one zip (product.md section 4, A26).

mod asking;
mod markdown;
mod questions;
mod ruling;
mod tables;

use crate::{Code, Error, Session, rulings};
use radrum_domain::ItemKey;
use radrum_store::DocMeta;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Items read at a time.
const BATCH: u32 = 500;

/// Writes the zip and says how many items and bytes it holds. The file appears whole or not
/// at all.
pub(crate) fn export(
    session: &Session,
    owner: Option<&ItemKey>,
    path: &Path,
) -> Result<(u32, u64), Error> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".ofardig");
    let written = write(session, owner, Path::new(&partial));
    let count = match written {
        Ok(count) => count,
        Err(error) => {
            let _ = std::fs::remove_file(&partial);
            return Err(error);
        }
    };
    std::fs::rename(&partial, path).map_err(|error| failed(&error))?;
    let bytes = std::fs::metadata(path).map_or(0, |meta| meta.len());
    Ok((count, bytes))
}

/// Writes a file that appears whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".ofardig");
    let written = File::create(&partial)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&partial, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&partial);
        failed(&error)
    })
}

fn failed(error: &std::io::Error) -> Error {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => Code::DiskFull,
        _ => Code::FileNotWritten,
    };
    Error::new(code, error.to_string())
}

struct Out {
    zip: ZipWriter<BufWriter<File>>,
    names: BTreeSet<String>,
}

impl Out {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let options = SimpleFileOptions::default();
        self.zip
            .start_file(name, options)
            .map_err(|error| zip_failed(&error))?;
        self.zip.write_all(bytes).map_err(|error| failed(&error))
    }

    /// A file name from a title that no other file has.
    fn name(&mut self, folder: &str, title: &str, ending: &str) -> String {
        let mut base: String = title
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || " -–,()".contains(c) {
                    c
                } else {
                    ' '
                }
            })
            .collect();
        base = base.split_whitespace().collect::<Vec<_>>().join(" ");
        base = base.chars().take(80).collect();
        let mut name = format!("{folder}/{base}.{ending}");
        let mut n = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{folder}/{base} ({n}).{ending}");
            n += 1;
        }
        name
    }
}

fn zip_failed(error: &zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => failed(error),
        other => Error::new(Code::FileNotWritten, other.to_string()),
    }
}

fn write(session: &Session, owner: Option<&ItemKey>, path: &Path) -> Result<u32, Error> {
    let file = File::create(path).map_err(|error| failed(&error))?;
    let mut out = Out {
        zip: ZipWriter::new(BufWriter::new(file)),
        names: BTreeSet::new(),
    };
    let outside = rulings::outside(session)?;
    let count = session.read(|read| {
        let mut items = Vec::new();
        let mut after = 0;
        loop {
            let batch = read.docs_after(after, None, BATCH)?;
            let Some(last) = batch.last() else { break };
            after = last.n;
            // What others laid down for a municipality is none of its records.
            let forged = |meta: &DocMeta| owner.is_some() && outside.contains(&meta.key);
            let batch = batch.into_iter();
            items.extend(batch.filter(|meta| belongs(meta, owner) && !forged(meta)));
        }
        let people = session.people(read);
        let mut names = tables::Names::new(people);
        json(&mut out, &items)?;
        for meta in &items {
            if let Some((folder, title, text)) = markdown::page(&read, &mut names, meta)? {
                let name = out.name(folder, &title, "md");
                let note = outside.contains(&meta.key).then_some(markdown::OUTSIDE);
                out.add(&name, [note.unwrap_or_default(), &text].concat().as_bytes())?;
            }
        }
        tables::write(&mut out, &mut names, &items)?;
        out.add(
            "LÄS MIG.md",
            markdown::readme(&session.profile().region_name).as_bytes(),
        )?;
        Ok(u32::try_from(items.len()).unwrap_or(u32::MAX))
    })?;
    let buffer = out.zip.finish().map_err(|error| zip_failed(&error))?;
    let file = buffer.into_inner().map_err(|error| failed(error.error()))?;
    file.sync_all().map_err(|error| failed(&error))?;
    Ok(count)
}

/// Of one municipality: what it answers for, and itself.
fn belongs(meta: &DocMeta, owner: Option<&ItemKey>) -> bool {
    match owner {
        None => true,
        Some(owner) => meta.plain.common().owner.as_ref() == Some(owner) || meta.key == *owner,
    }
}

/// One JSON line for each item, with everything that it holds.
fn json(out: &mut Out, items: &[DocMeta]) -> Result<(), Error> {
    let mut lines = String::new();
    for meta in items {
        let line = serde_json::json!({
            "key": meta.key,
            "created_at_ms": meta.created_at,
            "created_by": meta.created_by,
            "updated_at_ms": meta.updated_at,
            "updated_by": meta.updated_by,
            "value": meta.plain,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    out.add("allt.jsonl", lines.as_bytes())
}
