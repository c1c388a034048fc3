//! Processes that this program started: what they hold, and how they end.

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Processes of a tree may take so long to follow their root.
const END_WITHIN: Duration = Duration::from_secs(5);

/// What a process holds, in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Held {
    /// Resident, shared pages counted in full.
    pub rss: u64,
    /// Resident, shared pages counted by share.
    pub pss: u64,
}

/// What a process holds now.
///
/// # Errors
/// When it has ended or may not be looked at.
pub fn held(pid: u32) -> Result<Held> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))
        .with_context(|| format!("memory of process {pid}"))?;
    let bytes = |name: &str| -> Result<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        Ok(kib
            .with_context(|| name.to_string())?
            .trim()
            .parse::<u64>()?
            * 1024)
    };
    Ok(Held {
        rss: bytes("Rss:")?,
        pss: bytes("Pss:")?,
    })
}

/// Bytes that this process has had read from the disk; what lay in the page cache does not count.
///
/// # Errors
/// When the system does not tell.
pub fn disk_read() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/io").context("/proc/self/io")?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("read_bytes: "));
    Ok(line.context("read_bytes")?.trim().parse()?)
}

/// A process and all that it started, with their names.
///
/// # Errors
/// When `/proc` cannot be read.
pub fn tree(root: u32) -> Result<Vec<(u32, String)>> {
    let mut children: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        if let Some((parent, name)) = parent_of(pid) {
            if pid == root {
                found.push((pid, name.clone()));
            }
            children.entry(parent).or_default().push((pid, name));
        }
    }
    let mut at = 0;
    while let Some((pid, _)) = found.get(at) {
        found.extend(children.remove(pid).unwrap_or_default());
        at += 1;
    }
    Ok(found)
}

/// Parent and name; none when the process has ended.
fn parent_of(pid: u32) -> Option<(u32, String)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (head, rest) = stat.rsplit_once(')')?;
    let name = head.split_once('(')?.1.to_string();
    let mut fields = rest.split_whitespace();
    // An ended process that nobody has waited for holds nothing.
    if fields.next()? == "Z" {
        return None;
    }
    Some((fields.next()?.parse().ok()?, name))
}

/// Lines that a program prints, as they come.
///
/// # Errors
/// When its output is not piped.
pub fn lines(child: &mut Child) -> Result<Receiver<String>> {
    let out = child.stdout.take().context("output of the program")?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            // Read on when nobody listens: a full pipe would stop the program.
            let _ = sender.send(line);
        }
    });
    Ok(receiver)
}

/// Asks a program to end in order, and ends it when it does not.
pub fn stop(child: &mut Child) {
    let _ = send(child.id(), Signal::TERM);
    let began = Instant::now();
    while began.elapsed() < END_WITHIN {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends a program and waits until all that it started has ended too.
pub fn end_tree(child: &mut Child) {
    let started = tree(child.id()).unwrap_or_default();
    let _ = child.kill();
    let _ = child.wait();
    let began = Instant::now();
    loop {
        let left: Vec<u32> = started
            .iter()
            .filter(|(pid, name)| parent_of(*pid).is_some_and(|(_, now)| now == *name))
            .map(|(pid, _)| *pid)
            .collect();
        if left.is_empty() {
            return;
        }
        if began.elapsed() > END_WITHIN {
            for pid in left {
                let _ = send(pid, Signal::KILL);
            }
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn send(pid: u32, signal: Signal) -> Option<()> {
    let pid = Pid::from_raw(i32::try_from(pid).ok()?)?;
    kill_process(pid, signal).ok()
}
