//! What is built comes from where it always came, byte for byte (security.md, T10): each
//! dependency is locked by a checksum, and nothing is taken from elsewhere.

use super::Fault;
use super::tree::Tree;
use serde_json::Value;

const RULE: &str = "dependencies are locked";

/// The one place that crates come from, as Cargo names it.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files("", "Cargo.lock") {
        faults.extend(cargo(path, text));
    }
    for (path, text) in tree.files("", "package-lock.json") {
        faults.extend(npm(path, text));
    }
    for (path, text) in tree.files("", "Cargo.toml") {
        let table: toml::Table = text.parse().unwrap_or_default();
        for word in ["patch", "replace"] {
            if table.contains_key(word) {
                faults.push(Fault::new(RULE, format!("{path}: [{word}]")));
            }
        }
    }
    for path in [".cargo/config.toml", "ui/.npmrc"] {
        let text = tree.file(path).unwrap_or_default();
        for word in ["source.", "[source", "registry", "replace-with"] {
            if text.contains(word) {
                faults.push(Fault::new(RULE, format!("{path}: {word}")));
            }
        }
    }
    faults
}

fn cargo(path: &str, text: &str) -> Vec<Fault> {
    let lock: toml::Table = text.parse().unwrap_or_default();
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let Some(packages) = packages else {
        return vec![Fault::new(RULE, format!("{path}: cannot be read"))];
    };
    let word = |of: &toml::Value, field: &str| {
        let value = of.get(field).and_then(toml::Value::as_str);
        value.unwrap_or_default().to_string()
    };
    let is_locked = |of: &&toml::Value| match word(of, "source").as_str() {
        "" => word(of, "name").starts_with("radrum-"),
        source => source == CRATES && word(of, "checksum").len() == 64,
    };
    let loose = packages.iter().filter(|of| !is_locked(of));
    loose
        .map(|of| Fault::new(RULE, format!("{path}: {}", word(of, "name"))))
        .collect()
}

fn npm(path: &str, text: &str) -> Vec<Fault> {
    let lock: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(packages) = lock["packages"].as_object() else {
        return vec![Fault::new(RULE, format!("{path}: cannot be read"))];
    };
    let is_locked = |of: &Value| {
        let hash = of["integrity"].as_str().unwrap_or_default();
        hash.starts_with("sha512-") && of["resolved"].is_null()
    };
    let loose = packages
        .iter()
        .filter(|(name, of)| !name.is_empty() && !is_locked(of));
    loose
        .map(|(name, _)| Fault::new(RULE, format!("{path}: {name}")))
        .collect()
}
