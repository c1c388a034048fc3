//! What `cargo xtask run` was asked for.

use anyhow::{Context as _, Result, bail};
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug, Default)]
pub struct Wish {
    /// Save a picture here instead of staying open.
    pub picture: Option<PathBuf>,
    /// Page to begin on.
    pub at: Option<String>,
    /// Dark.
    pub dark: bool,
    /// Size of the window.
    pub size: Option<String>,
    /// A day on which the clock stands still.
    pub now: Option<String>,
}

impl Wish {
    /// Reads the arguments.
    ///
    /// # Errors
    /// On an unknown or incomplete one.
    pub fn parse(args: &[String]) -> Result<Self> {
        let mut wish = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || {
                args.next()
                    .cloned()
                    .with_context(|| format!("{arg} wants a value"))
            };
            match arg.as_str() {
                "--picture" => wish.picture = Some(PathBuf::from(value()?)),
                "--at" => wish.at = Some(value()?),
                "--dark" => wish.dark = true,
                "--size" => wish.size = Some(value()?),
                "--now" => wish.now = Some(value()?),
                _ => bail!("unknown argument {arg}"),
            }
        }
        Ok(wish)
    }

    /// Arguments for the window's program.
    pub fn arguments(&self) -> Vec<String> {
        let mut args = vec!["--demo".to_string()];
        for (name, value) in [
            ("--at", &self.at),
            ("--size", &self.size),
            ("--now", &self.now),
        ] {
            if let Some(value) = value {
                args.extend([name.to_string(), value.clone()]);
            }
        }
        if self.dark {
            args.push("--dark".to_string());
        }
        args
    }
}
