//! Building the interface and the programs. What has not changed is not built again.

use crate::shell::{command, exists, root, run};
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Installs the interface's packages when its lock file has changed.
///
/// # Errors
/// When npm fails.
pub fn packages() -> Result<()> {
    let lock = fingerprint(&[
        root().join("ui/package-lock.json"),
        root().join("ui/package.json"),
    ])?;
    let stamp = stamp("packages");
    if is_current(&stamp, lock) && root().join("ui/node_modules").is_dir() {
        return Ok(());
    }
    println!("Installing the packages of the interface …");
    run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    keep(&stamp, lock)
}

/// Builds the interface when something in it has changed.
///
/// # Errors
/// When Vite fails.
pub fn interface() -> Result<()> {
    packages()?;
    let ui = root().join("ui");
    let mut inputs = Vec::new();
    files_below(&ui.join("src"), &mut inputs)?;
    // Configuration and the page itself.
    for entry in fs::read_dir(&ui)? {
        let path = entry?.path();
        if path.is_file() {
            inputs.push(path);
        }
    }
    inputs.sort();
    let now = fingerprint(&inputs)?;
    let stamp = stamp("interface");
    if is_current(&stamp, now) && ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    println!("Building the interface …");
    run(&mut npm(&["run", "--silent", "build"]))?;
    keep(&stamp, now)
}

/// npm in the interface's folder.
pub fn npm(args: &[&str]) -> Command {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = command(program, args);
    command.current_dir(root().join("ui"));
    command
}

/// Builds the window's program and gives its path.
///
/// # Errors
/// When cargo fails.
pub fn desktop(profile: Profile) -> Result<PathBuf> {
    interface()?;
    println!("Building Rådrum (a few minutes the first time) …");
    let mut cargo = command(
        "cargo",
        &["build", "--quiet", "--locked", "-p", "radrum-desktop"],
    );
    cargo
        .args(["--features", "custom-protocol"])
        .args(profile.flag());
    run(&mut cargo)?;
    Ok(binary("radrum", profile))
}

/// Builds the web host and gives its path.
///
/// # Errors
/// When cargo fails.
pub fn webhost(profile: Profile) -> Result<PathBuf> {
    interface()?;
    let mut cargo = command(
        "cargo",
        &["build", "--quiet", "--locked", "-p", "radrum-tests"],
    );
    cargo.args(["--bin", "webhost"]).args(profile.flag());
    run(&mut cargo)?;
    Ok(binary("webhost", profile))
}

/// Builds the relay and gives its path.
///
/// # Errors
/// When cargo fails.
pub fn relay(profile: Profile) -> Result<PathBuf> {
    let mut cargo = command(
        "cargo",
        &["build", "--quiet", "--locked", "-p", "radrum-relay"],
    );
    cargo.args(profile.flag());
    run(&mut cargo)?;
    Ok(binary("radrum-relay", profile))
}

/// How programs are built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build; what searches and encrypts is optimised all the same.
    Dev,
    /// As shipped; for measurements.
    Release,
}

impl Profile {
    /// Cargo's flag.
    pub const fn flag(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }
}

/// Where cargo puts a program.
pub fn binary(name: &str, profile: Profile) -> PathBuf {
    let folder = if profile == Profile::Release {
        "release"
    } else {
        "debug"
    };
    let name = if cfg!(windows) {
        format!("{name}.exe")
    } else {
        name.to_string()
    };
    target().join(folder).join(name)
}

/// Cargo's folder for what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Writes the generated contract, or checks that it is current.
///
/// # Errors
/// When cargo fails or the file is stale.
pub fn codegen(check: bool) -> Result<ExitCode> {
    let mut cargo = command(
        "cargo",
        &[
            "run",
            "--quiet",
            "--locked",
            "-p",
            "radrum-app",
            "--example",
            "bindings",
        ],
    );
    if check {
        cargo.args(["--", "--check"]);
    }
    run(&mut cargo)?;
    Ok(ExitCode::SUCCESS)
}

/// Installs nextest into the target folder when the machine has none, and gives how to call it.
///
/// # Errors
/// When cargo fails.
pub fn nextest() -> Result<Vec<String>> {
    if exists("cargo-nextest") {
        return Ok(vec!["cargo".into(), "nextest".into()]);
    }
    let tools = target().join("tools");
    let program = tools.join("bin").join(if cfg!(windows) {
        "cargo-nextest.exe"
    } else {
        "cargo-nextest"
    });
    if !program.is_file() {
        println!("Installing cargo-nextest (once) …");
        let folder = tools.to_string_lossy().into_owned();
        let mut install = command(
            "cargo",
            &["install", "--quiet", "--locked", "cargo-nextest"],
        );
        // Outside the workspace's lock file and lints.
        install.args(["--version", "0.9.143", "--root", &folder]);
        run(&mut install)?;
    }
    Ok(vec![
        program.to_string_lossy().into_owned(),
        "nextest".into(),
    ])
}

fn stamp(name: &str) -> PathBuf {
    target().join("xtask").join(format!("{name}.stamp"))
}

fn is_current(stamp: &Path, fingerprint: u64) -> bool {
    fs::read_to_string(stamp).is_ok_and(|kept| kept == fingerprint.to_string())
}

fn keep(stamp: &Path, fingerprint: u64) -> Result<()> {
    let folder = stamp.parent().context("stamp folder")?;
    fs::create_dir_all(folder)?;
    Ok(fs::write(stamp, fingerprint.to_string())?)
}

fn fingerprint(files: &[PathBuf]) -> Result<u64> {
    let mut contents = BTreeMap::new();
    for file in files {
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        contents.insert(file.clone(), bytes);
    }
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    Ok(hasher.finish())
}

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}
