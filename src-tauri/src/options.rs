use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use std::ffi::OsString;
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
    /// A file to begin with: the backup that a first start restores.
    pub opened: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// On an unknown or incomplete one.
    pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Self> {
        let mut options = Self::default();
        let mut args = args;
        while let Some(arg) = args.next() {
            let name = arg.to_string_lossy().into_owned();
            let mut path = || args.next().with_context(|| format!("{name} wants a value"));
            let text = |value: OsString| value.into_string().ok().context(name.clone());
            match name.as_str() {
                "--demo" => options.example = true,
                "--profile" => options.profile = Some(PathBuf::from(path()?)),
                "--at" => options.at = Some(text(path()?)?),
                "--dark" => options.dark = true,
                "--size" => options.size = Some(size(&text(path()?)?)?),
                "--now" => options.now = Some(text(path()?)?.parse().context("--now")?),
                "--announce" => options.announce = true,
                _ if name.starts_with("--") || options.opened.is_some() => {
                    bail!("unknown argument {name}")
                }
                _ => options.opened = Some(PathBuf::from(arg)),
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

#[cfg(test)]
mod tests {
    use super::Options;
    use std::ffi::OsString;
    use std::path::Path;

    fn parsed(args: &[&str]) -> anyhow::Result<Options> {
        Options::parse(args.iter().map(OsString::from))
    }

    #[test]
    fn one_file_is_opened_and_what_looks_like_an_option_must_be_one() -> anyhow::Result<()> {
        let file = "/media/Min sticka/säkerhetskopia.age";
        let options = parsed(&["--dark", file, "--size", "800x600"])?;
        assert_eq!(options.opened.as_deref(), Some(Path::new(file)));
        assert!(options.dark && options.size == Some((800, 600)));
        assert_eq!(parsed(&[])?.opened, None);
        for wrong in [["--fil", file], [file, file]] {
            assert!(parsed(&wrong).is_err(), "{wrong:?}");
        }
        Ok(())
    }
}
