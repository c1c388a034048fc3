//! Rule 1: the dependency table holds, for direct dependencies and for whole trees.

use super::Fault;
use super::tree::{Tree, strings};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "1 dependency table";

pub fn check(tree: &Tree, metadata: &Value) -> Result<Vec<Fault>> {
    let house = tree.house()?;
    let table = house
        .get("crates")
        .and_then(toml::Value::as_table)
        .context("[crates]")?;
    let mut faults = Vec::new();
    let graph = Graph::read(metadata)?;
    for (id, name) in &graph.members {
        if !table.contains_key(name) {
            faults.push(Fault::new(
                RULE,
                format!("{name} does not stand in house.toml"),
            ));
            continue;
        }
        let direct = graph.direct(id);
        let ours = strings(&house, &["crates", name, "ours"]);
        for used in direct.iter().filter(|used| used.starts_with("radrum-")) {
            if !ours.contains(used) {
                faults.push(Fault::new(RULE, format!("{name} may not use {used}")));
            }
        }
        for forbidden in strings(&house, &["crates", name, "direct"]) {
            if direct.contains(&forbidden) {
                faults.push(Fault::new(RULE, format!("{name} may not name {forbidden}")));
            }
        }
        let below = graph.below(id);
        for forbidden in strings(&house, &["crates", name, "tree"]) {
            if below.contains(&forbidden) {
                faults.push(Fault::new(
                    RULE,
                    format!("{name} may not reach {forbidden}"),
                ));
            }
        }
    }
    Ok(faults)
}

/// Packages by id, and what each depends on outside tests and build scripts.
struct Graph {
    members: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    edges: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn read(metadata: &Value) -> Result<Self> {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let mut names = BTreeMap::new();
        for package in list(&metadata["packages"]) {
            names.insert(text(&package["id"]), text(&package["name"]));
        }
        let mut members = BTreeMap::new();
        for id in list(&metadata["workspace_members"]) {
            let name = names.get(&text(&id)).cloned().context("workspace member")?;
            members.insert(text(&id), name);
        }
        let mut edges = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let normal = list(&node["deps"])
                .iter()
                .filter(|dep| {
                    list(&dep["dep_kinds"])
                        .iter()
                        .any(|kind| kind["kind"].is_null())
                })
                .map(|dep| text(&dep["pkg"]))
                .collect();
            edges.insert(text(&node["id"]), normal);
        }
        Ok(Self {
            members,
            names,
            edges,
        })
    }

    fn direct(&self, id: &str) -> BTreeSet<String> {
        let edges = self.edges.get(id).into_iter().flatten();
        edges.filter_map(|to| self.names.get(to).cloned()).collect()
    }

    fn below(&self, id: &str) -> BTreeSet<String> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next = vec![id];
        while let Some(at) = next.pop() {
            for to in self.edges.get(at).into_iter().flatten() {
                if seen.insert(to) {
                    next.push(to);
                }
            }
        }
        seen.into_iter()
            .filter_map(|id| self.names.get(id).cloned())
            .collect()
    }
}
