//! The files that belong to the repository, as text.

use crate::shell::{command, output};
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Paths, with `/`, and texts. Binary files are left out.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads what git tracks or would track.
    ///
    /// # Errors
    /// When git or a file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
        let mut files = BTreeMap::new();
        for path in output(&mut command("git", &list))?.lines() {
            // A file that was deleted and not yet committed is not there.
            let Ok(bytes) = std::fs::read(root.join(path)) else {
                continue;
            };
            if let Ok(text) = String::from_utf8(bytes) {
                files.insert(path.to_string(), text);
            }
        }
        Ok(Self { files })
    }

    /// Files whose path begins and ends so.
    pub fn files<'a>(
        &'a self,
        begins: &'a str,
        ends: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(begins) && path.ends_with(ends))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The committed table of rules.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn house(&self) -> Result<toml::Table> {
        let text = self.file("crates/xtask/house.toml").context("house.toml")?;
        text.parse().context("house.toml")
    }

    /// Puts a file there, for a test that plants a violation.
    #[cfg(test)]
    pub fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_string(), text.to_string());
    }
}

/// A Rust file without its comments and its tests: what the program does.
pub fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let trimmed = line.trim_start();
        out.push_str(if trimmed.starts_with("//") { "" } else { line });
        out.push('\n');
    }
    out
}

/// Strings of a table.
pub fn strings(table: &toml::Table, path: &[&str]) -> Vec<String> {
    let mut value = None;
    let mut at = table;
    for (depth, name) in path.iter().enumerate() {
        value = at.get(*name);
        if depth + 1 < path.len() {
            match value.and_then(toml::Value::as_table) {
                Some(inner) => at = inner,
                None => return Vec::new(),
            }
        }
    }
    let list = value
        .and_then(toml::Value::as_array)
        .cloned()
        .unwrap_or_default();
    list.iter()
        .filter_map(|item| item.as_str().map(String::from))
        .collect()
}
