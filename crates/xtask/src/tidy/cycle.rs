//! Rule 11: no import cycle among the top-level modules of a crate, nor among the folders of
//! `ui/src/pages`.

use super::Fault;
use super::tree::{Tree, code};
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "11 import cycle";

type Edges = BTreeMap<String, BTreeSet<String>>;

pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut crates: BTreeMap<String, Edges> = BTreeMap::new();
    for (path, text) in tree.files("", ".rs") {
        let Some((folder, inside)) = path.split_once("/src/") else {
            continue;
        };
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        if matches!(module, "lib" | "main" | "bin") {
            continue;
        }
        let edges = crates.entry(folder.to_string()).or_default();
        let used = edges.entry(module.to_string()).or_default();
        used.extend(imports(&code(text)));
        used.remove(module);
    }
    let mut faults: Vec<Fault> = crates
        .iter()
        .flat_map(|(folder, edges)| cycles(edges).into_iter().map(move |c| (folder, c)))
        .map(|(folder, cycle)| Fault::new(RULE, format!("{folder}: {}", cycle.join(" → "))))
        .collect();
    faults.extend(
        cycles(&pages(tree))
            .into_iter()
            .map(|cycle| Fault::new(RULE, format!("ui/src/pages: {}", cycle.join(" → ")))),
    );
    faults
}

/// Modules named by `use crate::x` and `crate::x::`. What the crate root re-exports carries
/// no module name, so this is a lower bound.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if name.chars().next().is_some_and(char::is_lowercase) {
                found.insert(name);
            }
        }
    }
    found
}

fn pages(tree: &Tree) -> Edges {
    let mut edges = Edges::new();
    for (path, text) in tree.files("ui/src/pages/", "") {
        let mut parts = path.trim_start_matches("ui/src/pages/").split('/');
        let (Some(folder), Some(_)) = (parts.next(), parts.next()) else {
            continue;
        };
        let used = edges.entry(folder.to_string()).or_default();
        for (at, _) in text.match_indices("../") {
            let other = text[at + 3..]
                .split(['/', '\'', '"'])
                .next()
                .unwrap_or_default();
            if tree
                .files(&format!("ui/src/pages/{other}/"), "")
                .next()
                .is_some()
                && other != folder
            {
                used.insert(other.to_string());
            }
        }
    }
    edges
}

/// Each cycle once, from its smallest name.
fn cycles(edges: &Edges) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for start in edges.keys() {
        let mut path = vec![start.clone()];
        walk(edges, start, &mut path, &mut found);
    }
    found
}

fn walk(edges: &Edges, start: &str, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let Some(here) = path.last().cloned() else {
        return;
    };
    for next in edges.get(&here).into_iter().flatten() {
        if next == start {
            found.push(path.clone());
        } else if next.as_str() > start && !path.contains(next) && edges.contains_key(next) {
            path.push(next.clone());
            walk(edges, start, path, found);
            path.pop();
        }
    }
}
