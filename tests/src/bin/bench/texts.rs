//! What the items of a store give to search, as plain texts.

use super::store::Store;
use anyhow::Result;
use radrum_domain::{Index, project};
use radrum_store::{DbKey, Opening, StoreError};
use std::path::PathBuf;

/// Items that are read at a time.
const PAGE: u32 = 2_000;

/// Title and the rest of every item that can be found.
///
/// # Errors
/// When the store cannot be read.
pub fn texts(store: &Store) -> Result<Vec<(String, String)>> {
    texts_in(store.database(), store.key()?)
}

/// The same of a file that a program may have open.
///
/// # Errors
/// When it cannot be read.
pub fn texts_in(path: PathBuf, key: DbKey) -> Result<Vec<(String, String)>> {
    let opening = Opening {
        path,
        key,
        planted: None,
    };
    let (_writer, readers) = radrum_store::open(opening)?;
    let mut texts = Vec::new();
    readers.with(|read| -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let docs = read.docs_after(after, None, PAGE)?;
            let Some(last) = docs.last() else {
                return Ok(());
            };
            after = last.n;
            for doc in &docs {
                let Ok(projection) = project(doc.key.kind(), &doc.plain) else {
                    continue;
                };
                let mut lines = projection.search.iter();
                if let (true, Some(title)) = (projection.index != Index::None, lines.next()) {
                    let rest: Vec<String> = lines
                        .map(|line| format!("{} {}", line.text, line.more))
                        .collect();
                    texts.push((format!("{} {}", title.text, title.more), rest.join("\n")));
                }
            }
        }
    })?;
    Ok(texts)
}
