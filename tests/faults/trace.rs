//! What the program asked of the disk, recorded by `disk.c`.

use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One of the two files that matter. The shared memory beside them is made anew at each start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    Database,
    Wal,
}

/// What was done to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Write { at: u64, bytes: Vec<u8> },
    Cut { length: u64 },
    Sync,
}

/// An act, and where its record ends in the trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub file: File,
    pub act: Act,
    pub end: u64,
}

/// Compiles the recorder, once for each test.
pub fn recorder(folder: &Path) -> Result<PathBuf> {
    let library = folder.join("disk.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/disk.c");
    let compiled = Command::new("cc")
        .args([
            "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
        ])
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .status()?;
    if !compiled.success() {
        bail!("the recorder does not compile");
    }
    Ok(library)
}

/// Reads a trace. A record that was cut off at the end had not been finished.
pub fn read(path: &Path) -> Result<Vec<Event>> {
    let all = std::fs::read(path).context("trace")?;
    let mut events = Vec::new();
    let mut rest = all.as_slice();
    while let Some((head, after)) = rest.split_at_checked(18) {
        let number = |at: usize| -> u64 {
            head[at..at + 8]
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let (offset, length) = (number(2), number(10));
        let file = if head[1] == 1 {
            File::Database
        } else {
            File::Wal
        };
        let (act, after) = match head[0] {
            b'W' => {
                let Some((bytes, after)) = after.split_at_checked(usize::try_from(length)?) else {
                    break;
                };
                (
                    Act::Write {
                        at: offset,
                        bytes: bytes.to_vec(),
                    },
                    after,
                )
            }
            b'T' => (Act::Cut { length }, after),
            b'S' => (Act::Sync, after),
            other => bail!("record {other}"),
        };
        rest = after;
        let end = u64::try_from(all.len() - rest.len())?;
        events.push(Event { file, act, end });
    }
    Ok(events)
}
