//! What the figures were measured on: two runs are compared only when these are alike.

use super::place::Place;
use serde_json::{Value, json};
use std::fmt;
use std::fs;
use std::process::Command;

/// The machine, the program and how busy the machine was.
pub struct Conditions {
    system: String,
    processor: String,
    cores: usize,
    memory_mb: u64,
    disk: String,
    commit: String,
    loads: Vec<String>,
}

impl Conditions {
    /// As they are at the start.
    pub fn now(place: &Place) -> Self {
        let mut conditions = Self {
            system: first_line("/proc/version").unwrap_or_default(),
            processor: field("/proc/cpuinfo", "model name").unwrap_or_default(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory_mb: memory_mb().unwrap_or_default(),
            disk: disk(place).unwrap_or_default(),
            commit: commit().unwrap_or_default(),
            loads: Vec::new(),
        };
        conditions.look();
        conditions
    }

    /// How busy the machine is now, told beside the figures.
    pub fn look(&mut self) {
        let load = first_line("/proc/loadavg").unwrap_or_default();
        let load: Vec<&str> = load.split(' ').take(1).collect();
        self.loads.push(load.join(""));
    }

    /// For the file.
    pub fn json(&self) -> Value {
        json!({
            "system": self.system, "processor": self.processor, "cores": self.cores,
            "memory_mb": self.memory_mb, "disk": self.disk, "commit": self.commit,
            "profile": profile(), "load": self.loads,
        })
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            processor,
            cores,
            memory_mb,
            disk,
            commit,
            ..
        } = self;
        writeln!(
            f,
            "{cores} × {processor}, {memory_mb} MB, {disk}; commit {commit}, {} profile",
            profile()
        )?;
        writeln!(f, "load before each part: {}", self.loads.join(" "))
    }
}

/// Only the release profile is worth comparing.
const fn profile() -> &'static str {
    if cfg!(debug_assertions) {
        "DEV (no figure counts)"
    } else {
        "release"
    }
}

fn first_line(path: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().next()?.to_string())
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_string())
}

fn memory_mb() -> Option<u64> {
    let kib = field("/proc/meminfo", "MemTotal")?;
    let kib: u64 = kib.strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1_024)
}

/// The file system under the stores: an fsync costs what its disk costs.
fn disk(place: &Place) -> Option<String> {
    let mounts = fs::read_to_string("/proc/mounts").ok()?;
    let folder = place.bench.to_string_lossy().into_owned();
    let on = |line: &&str| {
        let at = line.split(' ').nth(1).unwrap_or("-");
        folder.starts_with(at)
    };
    let length = |line: &&str| line.split(' ').nth(1).map_or(0, str::len);
    let line = mounts.lines().filter(on).max_by_key(length)?;
    Some(line.split(' ').nth(2)?.to_string())
}

/// With a plus when the tree holds more than the commit.
fn commit() -> Option<String> {
    let git = |args: &[&str]| -> Option<String> {
        let output = Command::new("git").args(args).output().ok()?;
        output.status.success().then_some(())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_string())
    };
    let head = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain"])?;
    let plus = if changed.is_empty() { "" } else { "+" };
    Some(format!("{head}{plus}"))
}
