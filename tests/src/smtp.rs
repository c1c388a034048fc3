//! A real mail server as a child process.

use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = include_str!("smtp.py");

/// A running mail server. It is killed when this is dropped.
pub struct Smtp {
    child: Child,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    folder: TempDir,
}

impl Smtp {
    /// Starts it, and waits until it listens.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut child = Command::new("python3")
            .args(["-W", "ignore", "-c", PROGRAM])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .context("python3")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("stdout")?).read_line(&mut line)?;
        Ok(Self {
            child,
            port: line.trim().parse()?,
            folder,
        })
    }

    /// The letters that have come, whole, in order.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn letters(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(self.folder.path())? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "eml") {
                paths.push(path);
            }
        }
        paths.sort();
        let read = |path| Ok(String::from_utf8_lossy(&std::fs::read(path)?).into_owned());
        paths.into_iter().map(read).collect()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
