use super::tree::Tree;
use super::{Fault, check, crates};
use crate::shell::root;
use serde_json::{Value, json};

fn tree() -> Tree {
    Tree::read(&root()).expect("tree")
}

fn faults(tree: &Tree) -> Vec<Fault> {
    check(tree).expect("check")
}

/// Plants a file in the real tree and expects the rule to be broken, by it alone.
fn breaks(rule: &str, path: &str, text: &str) {
    let mut tree = tree();
    let old = tree.file(path).unwrap_or_default().to_string();
    tree.put(path, &format!("{old}{text}"));
    let found = faults(&tree);
    assert!(
        found.iter().any(|fault| fault.rule.starts_with(rule)),
        "{rule}: {found:?}"
    );
}

#[test]
fn the_tree_keeps_every_rule() {
    assert_eq!(faults(&tree()), []);
}

#[test]
fn a_dependency_from_elsewhere_or_without_a_checksum_is_found() {
    let rule = "dependencies are locked";
    let package =
        |more: &str| format!("\n[[package]]\nname = \"evil\"\nversion = \"1.0.0\"\n{more}");
    let hash = "0".repeat(64);
    for more in [
        String::new(),
        "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n".into(),
        format!("source = \"git+https://example.com/evil\"\nchecksum = \"{hash}\"\n"),
    ] {
        breaks(rule, "Cargo.lock", &package(&more));
    }
    breaks(
        rule,
        "Cargo.toml",
        "\n[patch.crates-io]\nserde = { path = \"x\" }\n",
    );
    breaks(
        rule,
        ".cargo/config.toml",
        "\n[source.crates-io]\nreplace-with = \"x\"\n",
    );
    let mut tree = tree();
    let lock = tree.file("ui/package-lock.json").expect("lock").to_string();
    let (before, after) = lock.split_once("\"integrity\"").expect("a hash");
    for other in [
        format!("{before}\"without\"{after}"),
        format!("{before}\"resolved\": \"https://example.com/evil.tgz\", \"integrity\"{after}"),
    ] {
        tree.put("ui/package-lock.json", &other);
        assert!(faults(&tree).iter().any(|fault| fault.rule == rule));
    }
}

#[test]
fn a_clock_in_a_pure_crate_is_found() {
    breaks(
        "2 ",
        "crates/domain/src/planted.rs",
        "fn f() { std::time::SystemTime::now(); }",
    );
    breaks("2 ", "crates/swedish/src/planted.rs", "use std::fs;");
    let mut tree = tree();
    tree.put("crates/wire/.clippy.toml", "");
    assert!(
        faults(&tree)
            .iter()
            .any(|fault| fault.rule.starts_with("2 "))
    );
}

#[test]
fn a_second_door_into_the_database_is_found() {
    breaks(
        "3 ",
        "crates/app/src/search.rs",
        "fn f() { self.writer.begin(); }",
    );
    breaks(
        "3 ",
        "crates/store/src/read.rs",
        "const X: &str = \"synchronous=OFF\";",
    );
}

#[test]
fn a_derived_table_in_a_migration_is_found() {
    breaks(
        "4 ",
        "migrations/client/0001_profile_log_documents.sql",
        "CREATE TABLE items (n);",
    );
    breaks(
        "4 ",
        "migrations/projection/schema.sql",
        "CREATE TABLE docs (n);",
    );
}

#[test]
fn a_document_loaded_for_a_list_is_found() {
    breaks(
        "5 ",
        "crates/app/src/people.rs",
        "fn f() { Document::load(kind, bytes); }",
    );
}

#[test]
fn a_change_to_the_log_is_found() {
    breaks(
        "6 ",
        "crates/store/src/table/log.rs",
        "const X: &str = \"UPDATE log SET body\";",
    );
}

#[test]
fn reading_outside_bytes_elsewhere_is_found() {
    breaks("7 ", "crates/app/src/search.rs", "use minicbor::Decoder;");
    breaks(
        "7 ",
        "crates/store/src/read.rs",
        "use automerge::Automerge;",
    );
}

#[test]
fn a_second_way_to_the_shell_is_found() {
    breaks(
        "8 ",
        "ui/src/pages/planted/Page.svelte",
        "import { invoke } from '@tauri-apps/api';",
    );
}

#[test]
fn deleting_to_recover_is_found() {
    breaks(
        "9 ",
        "crates/app/src/host.rs",
        "fn f() { std::fs::remove_file(path); }",
    );
}

#[test]
fn content_in_a_log_line_is_found() {
    breaks(
        "10 ",
        "crates/app/src/search.rs",
        "fn f() { tracing::info!(%query, \"asked\"); }",
    );
}

#[test]
fn an_import_cycle_is_found() {
    breaks(
        "11 ",
        "crates/domain/src/plain.rs",
        "use crate::project::Projection;",
    );
    let mut tree = tree();
    tree.put("ui/src/pages/a/A.svelte", "import B from '../b/B.svelte';");
    tree.put("ui/src/pages/b/B.svelte", "import A from '../a/A.svelte';");
    assert!(
        faults(&tree)
            .iter()
            .any(|fault| fault.rule.starts_with("11 "))
    );
}

#[test]
fn a_genesis_that_is_built_or_missing_is_found() {
    breaks(
        "12 ",
        "crates/domain/src/kind/note.rs",
        "fn f() { ActorId::from([0_u8; 16]); }",
    );
    let kind = "    Planted = \"planted\": Note, \"A kind without genesis.\";";
    breaks(
        "12 ",
        "crates/domain/src/kind.rs",
        &format!("\n{}", kind.replace("\";", "\";\n")),
    );
}

#[test]
fn a_rule_that_compares_clocks_is_found() {
    breaks(
        "13 ",
        "crates/app/src/commit.rs",
        "fn f() { if a.updated_at > b.updated_at {} }",
    );
}

#[test]
fn a_role_that_decides_over_a_save_is_found() {
    breaks(
        "14 ",
        "crates/app/src/commit.rs",
        "fn f() { if me.duty == Duty::Editor {} }",
    );
}

#[test]
fn names_sizes_texts_and_html_are_watched() {
    breaks("names", "crates/app/src/utils.rs", "");
    breaks(
        "names",
        "crates/app/src/planted.rs",
        "pub struct CardManager;",
    );
    breaks(
        "a file is one",
        "crates/app/src/planted.rs",
        &"fn f() {}\n".repeat(601),
    );
    breaks("a TODO", "crates/app/src/planted.rs", "// TODO later");
    breaks(
        "no HTML",
        "ui/src/pages/planted/Page.svelte",
        "{@html text}",
    );
    breaks(
        "texts",
        "ui/src/pages/planted/Page.svelte",
        "<p>Sök här på sidan</p>",
    );
    breaks("nothing names", "README.md", "cd /home/somebody/radrum");
    let long = format!("[[step]]\ntext = \"{}\"\n", "ord ".repeat(901));
    breaks("a card", "crates/app/content/playbooks/planted.toml", &long);
}

#[test]
fn a_migration_out_of_order_is_found() {
    breaks("migrations", "migrations/client/0099_planted.sql", "");
}

/// A small workspace in cargo's own form.
fn metadata(edges: &[(&str, &[&str])]) -> Value {
    let ids = |names: &[&str]| names.iter().map(|n| json!(n)).collect::<Vec<_>>();
    let mut names: Vec<&str> = edges.iter().map(|(from, _)| *from).collect();
    names.extend(edges.iter().flat_map(|(_, to)| to.iter().copied()));
    let members: Vec<&str> = edges
        .iter()
        .map(|(from, _)| *from)
        .filter(|n| n.starts_with("radrum-"))
        .collect();
    json!({
        "packages": names.iter().map(|n| json!({ "id": n, "name": n })).collect::<Vec<_>>(),
        "workspace_members": ids(&members),
        "resolve": { "nodes": edges.iter().map(|(from, to)| json!({
            "id": from,
            "deps": to.iter().map(|to| json!({
                "pkg": to, "dep_kinds": [{ "kind": null }]
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>() },
    })
}

#[test]
fn a_forbidden_dependency_is_found_at_any_depth() {
    let tree = tree();
    let check =
        |edges: &[(&str, &[&str])]| crates::check(&tree, &metadata(edges)).expect("check").len();
    assert_eq!(
        check(&[
            ("radrum-domain", &["radrum-wire", "automerge"]),
            ("radrum-wire", &[])
        ]),
        0
    );
    assert_eq!(check(&[("radrum-domain", &["rusqlite"])]), 1);
    assert_eq!(
        check(&[("radrum-wire", &["radrum-domain"]), ("radrum-domain", &[])]),
        1
    );
    assert_eq!(
        check(&[
            ("radrum-app", &["some"]),
            ("some", &["tauri"]),
            ("tauri", &[])
        ]),
        1
    );
    assert_eq!(check(&[("radrum-unknown", &[])]), 1);
}
