use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Command line of the shell.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The Exempelkrets instead of a krets of one's own.
    pub example: bool,
    /// Folder of the profile instead of the standard one.
    pub profile: Option<PathBuf>,
    /// Page to begin on, such as `#/sok?q=adoption`.
    pub at: Option<String>,
    /// Dark whatever the system says.
    pub dark: bool,
    /// Window size.
    pub size: Option<(u32, u32)>,
    /// A day on which the clock stands still, for pictures.
    pub now: Option<NaiveDate>,
    /// Say on standard output when the window can be used.
    pub announce: bool,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// On an unknown or incomplete one.
    pub fn parse(args: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        let mut args = args;
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--demo" => options.example = true,
                "--profile" => options.profile = Some(PathBuf::from(value()?)),
                "--at" => options.at = Some(value()?),
                "--dark" => options.dark = true,
                "--size" => options.size = Some(size(&value()?)?),
                "--now" => options.now = Some(value()?.parse().context("--now")?),
                "--announce" => options.announce = true,
                _ => bail!("unknown argument {arg}"),
            }
        }
        Ok(options)
    }

    /// Folder of the profile.
    ///
    /// # Errors
    /// When the operating system names no home.
    pub fn folder(&self) -> Result<PathBuf> {
        let name = if self.example {
            "exempelkrets"
        } else {
            "krets"
        };
        self.profile
            .clone()
            .or_else(|| radrum_app::standard_folder(name))
            .context("no home folder; give --profile DIR")
    }
}

fn size(text: &str) -> Result<(u32, u32)> {
    let (width, height) = text.split_once('x').context("--size is WIDTHxHEIGHT")?;
    Ok((
        width.parse().context("--size")?,
        height.parse().context("--size")?,
    ))
}
