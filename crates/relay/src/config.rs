//! What the operator decides.

use radrum_wire::{AuthKey, RegionId};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// `relay.toml`. Every field has a sane value; without a krets the relay serves nobody.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where clients or the proxy before it connect.
    pub listen: SocketAddr,
    /// Where `/healthz`, `/readyz` and `/metrics` are. Without it they are at `listen`.
    pub operator: Option<SocketAddr>,
    /// A file, or `postgres://…`. Without it `relay.db` in the data folder.
    pub database: Option<String>,
    /// HTTPS without a proxy.
    pub tls: Option<Tls>,
    /// Whom the relay serves.
    pub krets: Vec<KretsConfig>,
    /// What one device and one krets may take.
    pub quotas: Quotas,
    /// Letters to whoever follows something. Without it none are sent.
    pub mail: Option<MailConfig>,
}

/// How letters are sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// `smtp://host:port`, `smtps://user:password@host`, or `smtp://…?tls=required`.
    pub server: String,
    /// Who they are from.
    pub from: String,
    /// From and to which hour of the day they go, in Sweden.
    #[serde(default = "by_day")]
    pub hours: [u32; 2],
    /// How often it is looked whether some are due, in seconds.
    #[serde(default = "each_minute")]
    pub every_s: u64,
}

impl std::fmt::Debug for MailConfig {
    /// Without the server, whose address may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailConfig").finish_non_exhaustive()
    }
}

const fn by_day() -> [u32; 2] {
    [7, 18]
}

const fn each_minute() -> u64 {
    60
}

/// Files in PEM, read at start.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Certificate and those that signed it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// One krets; the program prints both values at founding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KretsConfig {
    /// Its id.
    pub region: RegionId,
    /// Relay keys that may sign its roster or the first link to other keys.
    pub roster_keys: Vec<AuthKey>,
}

/// Limits (FORMAT.md 8). See the README for what is counted.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quotas {
    /// New entries that one device may bring of one log in a day.
    pub entries_a_day: u64,
    /// Their bytes.
    pub bytes_a_day: u64,
    /// How many times as much a device may bring of all logs together.
    pub carried_times: u64,
    /// Requests of one device in a minute.
    pub requests_a_minute: u32,
    /// Bytes of envelopes that one krets may hold.
    pub krets_bytes: u64,
    /// For so many hours after the database was made nothing is counted: clients fill it again.
    pub refill_hours: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            entries_a_day: 2_000,
            bytes_a_day: 100_000_000,
            carried_times: 10,
            requests_a_minute: 120,
            krets_bytes: 20_000_000_000,
            refill_hours: 7 * 24,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8440)),
            operator: None,
            database: None,
            tls: None,
            krets: Vec::new(),
            quotas: Quotas::default(),
            mail: None,
        }
    }
}

/// Where the entries lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of SQLite.
    File(PathBuf),
    /// An address of PostgreSQL.
    Postgres(String),
}

/// Why a configuration is of no use.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {0}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// Not TOML, an unknown field or a value of another form.
    #[error("{0}: {1}")]
    Form(PathBuf, String),
    /// `--krets` is not `REGION=KEY[,KEY…]`, all in hexadecimal.
    #[error("not REGION=KEY[,KEY…] in hexadecimal")]
    Krets,
    /// The Exempelkrets, which no relay serves.
    #[error("the Exempelkrets is never served")]
    Example,
    /// One krets stands there twice, or one has no keys.
    #[error("krets {0} stands there twice or has no roster keys")]
    Keys(RegionId),
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ConfigError::Unreadable`] and [`ConfigError::Form`].
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |error| ConfigError::Unreadable(path.to_path_buf(), error);
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        // The message alone: the whole text of the error quotes the line, which may hold a
        // database password.
        let form = |e: toml::de::Error| ConfigError::Form(path.to_path_buf(), e.message().into());
        toml::from_str(&text).map_err(form)
    }

    /// What the deserialiser does not see.
    ///
    /// # Errors
    /// [`ConfigError::Example`] and [`ConfigError::Keys`].
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut seen = std::collections::BTreeSet::new();
        for krets in &self.krets {
            if krets.region == RegionId::EXAMPLE {
                return Err(ConfigError::Example);
            }
            if krets.roster_keys.is_empty() || !seen.insert(krets.region) {
                return Err(ConfigError::Keys(krets.region));
            }
        }
        Ok(())
    }

    /// Where the entries lie.
    #[must_use]
    pub fn database(&self, data: &Path) -> Database {
        match &self.database {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Database::Postgres(url.clone())
            }
            Some(path) => Database::File(data.join(path)),
            None => Database::File(data.join("relay.db")),
        }
    }
}

impl std::str::FromStr for KretsConfig {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let (region, keys) = text.split_once('=').ok_or(ConfigError::Krets)?;
        let roster_keys: Result<Vec<AuthKey>, _> = keys.split(',').map(str::parse).collect();
        Ok(Self {
            region: region.parse().map_err(|_| ConfigError::Krets)?,
            roster_keys: roster_keys.map_err(|_| ConfigError::Krets)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Database, KretsConfig};
    use std::path::Path;

    #[test]
    fn the_example_in_dist_is_read() {
        let text = include_str!("../dist/relay.toml");
        let config: Config = toml::from_str(text).expect("config");
        config.check().expect("checked");
        assert_eq!(config.krets.len(), 1);
    }

    #[test]
    fn an_unknown_field_is_refused() {
        assert!(toml::from_str::<Config>("lisen = '127.0.0.1:1'").is_err());
    }

    #[test]
    fn krets_of_the_command_line() {
        let region = "ab".repeat(16);
        let key = "cd".repeat(32);
        let krets: KretsConfig = format!("{region}={key},{key}").parse().expect("krets");
        assert_eq!(krets.roster_keys.len(), 2);
        for text in ["", "ab=cd", &region, &format!("{region}=")] {
            assert!(text.parse::<KretsConfig>().is_err(), "{text}");
        }
        let example = format!("{}={key}", radrum_wire::RegionId::EXAMPLE);
        let config = Config {
            krets: vec![example.parse().expect("krets")],
            ..Config::default()
        };
        assert!(config.check().is_err());
    }

    #[test]
    fn a_database_is_a_file_unless_it_says_postgres() {
        let data = Path::new("/srv");
        let of = |database: Option<&str>| {
            let database = database.map(String::from);
            Config {
                database,
                ..Config::default()
            }
            .database(data)
        };
        assert_eq!(of(None), Database::File("/srv/relay.db".into()));
        assert_eq!(of(Some("a.db")), Database::File("/srv/a.db".into()));
        assert!(matches!(of(Some("postgres://x/y")), Database::Postgres(_)));
    }
}
