//! What the window may do is what security.md 3.12 says: one command, no plugin that a page can
//! reach, and a policy that lets nothing in or out.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Of security.md 3.12, and nobody frames the window.
const POLICY: [(&str, &str); 9] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' blob:"),
    ("font-src", "'self'"),
    ("connect-src", "ipc: http://ipc.localhost"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("frame-ancestors", "'none'"),
];

fn shell() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri")
}

fn json_of(file: &str) -> Result<Value> {
    let text = fs::read_to_string(shell().join(file)).with_context(|| file.to_string())?;
    Ok(serde_json::from_str(&text)?)
}

fn policy(text: &str) -> BTreeMap<&str, &str> {
    let directives = text.split(';').map(str::trim);
    directives
        .map(|directive| directive.split_once(' ').unwrap_or((directive, "")))
        .collect()
}

#[test]
fn the_policy_of_the_window_is_that_of_the_security_document() -> Result<()> {
    let config = json_of("tauri.conf.json")?;
    let app = &config["app"];
    assert_eq!(app["withGlobalTauri"], false);
    let security = app["security"].as_object().context("security")?;
    let names: Vec<&str> = security.keys().map(String::as_str).collect();
    // No exception for files, schemes, development or the policy's own changes.
    assert_eq!(names, ["capabilities", "csp", "freezePrototype"]);
    assert_eq!(security["freezePrototype"], true);
    let csp = security["csp"].as_str().context("csp")?;
    assert_eq!(policy(csp), BTreeMap::from(POLICY));
    assert!(config.get("plugins").is_none() && app["windows"] == json!([]));
    Ok(())
}

#[test]
fn the_web_host_of_the_tests_has_the_policy_of_the_window() -> Result<()> {
    let host = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/webhost/guard.rs");
    let host = fs::read_to_string(host)?;
    let from = host.split("const CSP: &str = \"").nth(1).context("CSP")?;
    let text = from.split('"').next().context("CSP")?.replace("\\\n", "");
    let mut expected = BTreeMap::from(POLICY);
    // In place of the shell's channel.
    expected.insert("connect-src", "'self'");
    assert_eq!(policy(&text), expected);
    Ok(())
}

#[test]
fn the_one_window_may_call_the_one_command_and_hear_events() -> Result<()> {
    let files: Vec<PathBuf> = fs::read_dir(shell().join("capabilities"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    assert_eq!(files.len(), 1, "{files:?}");
    let main = json_of("capabilities/main.json")?;
    assert_eq!(
        json_of("tauri.conf.json")?["app"]["security"]["capabilities"],
        json!(["main"])
    );
    assert_eq!(main["windows"], json!(["main"]));
    assert_eq!(main["local"], true);
    assert!(main.get("remote").is_none() && main.get("webviews").is_none());
    let permissions = [
        "allow-rpc",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
    ];
    assert_eq!(main["permissions"], json!(permissions));
    let build = fs::read_to_string(shell().join("build.rs"))?;
    assert!(
        build.contains(".commands(&[\"rpc\"])"),
        "every command of another name is open"
    );
    Ok(())
}

#[test]
fn no_plugin_that_reads_files_runs_programs_or_calls_out_is_in_the_shell() -> Result<()> {
    let manifest = fs::read_to_string(shell().join("Cargo.toml"))?;
    let plugins: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("tauri-plugin-"))
        .filter_map(|line| line.split('.').next())
        .collect();
    // Rust alone calls the first two; no page has a permission for any of them.
    assert_eq!(
        plugins,
        ["dialog", "opener", "single-instance", "window-state"]
    );
    Ok(())
}

#[test]
fn the_page_itself_holds_no_script_and_no_style_of_its_own() -> Result<()> {
    let page = shell().join("../ui/index.html");
    let page = fs::read_to_string(page)?;
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("<script type=\"module\" src=\"/src/main.ts\"></script>"));
    for odd in ["<style", " style=", " onload", "http://", "https://"] {
        assert!(!page.contains(odd), "{odd}");
    }
    Ok(())
}
