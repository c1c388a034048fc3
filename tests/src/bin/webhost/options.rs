use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use radrum_app::Size;
use radrum_store::Fault;
use std::path::PathBuf;

/// Command line of the web host.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of the profile.
    pub profile: Option<PathBuf>,
    /// Port; zero lets the system choose.
    pub port: u16,
    /// The Exempelkrets in this size.
    pub demo: Option<Size>,
    /// A day on which the clock stands still.
    pub now: Option<NaiveDate>,
    /// The built interface.
    pub ui: PathBuf,
    /// `full=PAGES` or `no-sync`: a fault in what the profile stands on.
    pub planted: Option<Fault>,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// On an unknown or incomplete one.
    pub fn parse(args: impl Iterator<Item = String>) -> Result<Self> {
        let built = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
        let mut options = Self {
            profile: None,
            port: 0,
            demo: None,
            now: None,
            ui: built,
            planted: None,
        };
        let mut args = args;
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--profile" => options.profile = Some(PathBuf::from(value()?)),
                "--port" => options.port = value()?.parse().context("--port")?,
                "--demo" => {
                    let name = value()?;
                    let size = Size::from_name(&name);
                    options.demo = Some(size.with_context(|| format!("no size {name}"))?);
                }
                "--now" => options.now = Some(value()?.parse().context("--now")?),
                "--ui" => options.ui = PathBuf::from(value()?),
                "--fault" => options.planted = Some(fault(&value()?)?),
                _ => bail!("unknown argument {arg}"),
            }
        }
        Ok(options)
    }
}

fn fault(text: &str) -> Result<Fault> {
    match text.split_once('=') {
        Some(("full", pages)) => Ok(Fault::Full(pages.parse().context("--fault")?)),
        None if text == "no-sync" => Ok(Fault::NoSync),
        _ => bail!("no fault {text}"),
    }
}
