use anyhow::{Context as _, Result, bail};
use radrum_app::Size;

/// Command line of the benchmarks.
#[derive(Debug, Clone)]
pub struct Options {
    /// Sizes of the region, smaller first.
    pub sizes: Vec<Size>,
    /// What is measured, in the order of the table.
    pub parts: Vec<Part>,
}

/// One thing that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// From the start of the program to a window that takes input.
    Window,
    /// From a closed file to the first answer.
    Open,
    /// Answers at `rpc`.
    Search,
    /// From the call to the acknowledged, synced save.
    Write,
    /// Derived tables made anew.
    Rebuild,
    /// What the processes hold.
    Memory,
    /// Bytes on disk.
    File,
    /// Sealed sync between offices.
    Krets,
}

const PARTS: [Part; 8] = [
    Part::Window,
    Part::Open,
    Part::Search,
    Part::Write,
    Part::Rebuild,
    Part::Memory,
    Part::File,
    Part::Krets,
];

impl Part {
    /// Its name on the command line and in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Open => "open",
            Self::Search => "search",
            Self::Write => "write",
            Self::Rebuild => "rebuild",
            Self::Memory => "memory",
            Self::File => "file",
            Self::Krets => "krets",
        }
    }

    /// Whether it stands beside the raw full-text file.
    pub const fn needs_raw(self) -> bool {
        matches!(self, Self::Open | Self::Search | Self::Rebuild | Self::File)
    }

    fn from_name(name: &str) -> Result<Self> {
        PARTS
            .into_iter()
            .find(|part| part.name() == name)
            .with_context(|| format!("no part {name}; there are {}", names()))
    }
}

fn names() -> String {
    PARTS.map(Part::name).join(", ")
}

impl Options {
    /// Reads the arguments; parts may also stand as bare words.
    ///
    /// # Errors
    /// On an unknown or incomplete one.
    pub fn parse(args: impl Iterator<Item = String>) -> Result<Self> {
        let mut sizes = Vec::new();
        let mut parts = Vec::new();
        let mut args = args;
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--size" => {
                    let name = value()?;
                    let size = Size::from_name(&name);
                    sizes.push(size.with_context(|| format!("no size {name}"))?);
                }
                "--only" => {
                    for name in value()?.split(',') {
                        parts.push(Part::from_name(name)?);
                    }
                }
                other if other.starts_with('-') => bail!("unknown argument {other}"),
                name => parts.push(Part::from_name(name)?),
            }
        }
        if sizes.is_empty() {
            sizes = vec![Size::Plan, Size::Stress];
        }
        if parts.is_empty() {
            parts = PARTS.to_vec();
        }
        parts.sort_unstable();
        parts.dedup();
        Ok(Self { sizes, parts })
    }

    /// A run of some parts leaves the figures of a whole run alone.
    pub fn file_name(&self) -> String {
        let mut name = "figures".to_string();
        if let [size] = self.sizes.as_slice() {
            name = format!("{name}-{}", size.name());
        }
        if self.parts.len() < PARTS.len() {
            for part in &self.parts {
                name = format!("{name}-{}", part.name());
            }
        }
        format!("{name}.json")
    }
}
