//! The program. `radrum-relay --data DIR` is all that a small krets needs.

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use radrum_relay::Server;
use radrum_relay::config::{Config, Database, KretsConfig};
use radrum_relay::store::Sqlite;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Keeps sealed entries that it cannot read, and hands them on.
#[derive(Parser)]
#[command(name = "radrum-relay", version)]
struct Options {
    /// Folder of `relay.toml` (if there is one) and of the database; made if it is not there.
    #[arg(long, default_value = ".")]
    data: PathBuf,
    /// Another configuration than `relay.toml` in the data folder.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Address and port for clients, such as 127.0.0.1:8440.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// A krets to serve: REGION=KEY[,KEY…], as printed at founding. May stand several times.
    #[arg(long, value_name = "REGION=KEYS")]
    krets: Vec<KretsConfig>,
    /// Writes a copy of the file database, also while a relay runs, and ends.
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    /// A backup has been put in place: clients are told to compare from the beginning.
    #[arg(long)]
    restored: bool,
}

fn config(options: &Options) -> Result<Config> {
    let beside = options.data.join("relay.toml");
    let mut config = match &options.config {
        Some(path) => Config::read(path)?,
        None if beside.exists() => Config::read(&beside)?,
        None => Config::default(),
    };
    config.listen = options.listen.unwrap_or(config.listen);
    config.krets.extend(options.krets.iter().cloned());
    config.check()?;
    Ok(config)
}

fn main() -> Result<()> {
    let options = Options::parse();
    let level = EnvFilter::try_from_env("RADRUM_RELAY_LOG").unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(level)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
    std::fs::create_dir_all(&options.data).context("data folder")?;
    let config = config(&options)?;
    if let Some(to) = &options.backup {
        return backup(&config, &options, to);
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(&config, &options))
}

fn backup(config: &Config, options: &Options, to: &std::path::Path) -> Result<()> {
    match config.database(&options.data) {
        Database::File(from) => Sqlite::backup(&from, to).context("backup"),
        Database::Postgres(_) => bail!("PostgreSQL is backed up with pg_dump or its own archive"),
    }
}

async fn run(config: &Config, options: &Options) -> Result<()> {
    // Before anything else, so that no signal is missed.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    if options.restored {
        let store = radrum_relay::open(config, &options.data).await?;
        store.restored().await?;
        store.close().await;
        tracing::info!("clients will compare from the beginning");
        return Ok(());
    }
    if config.krets.is_empty() {
        tracing::warn!("no krets is configured: every request will be told unknown_region");
    }
    let server = Server::start(config, &options.data).await?;
    tracing::info!(
        address = %server.address,
        operator = %server.operator,
        krets = config.krets.len(),
        "listening"
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    server.stop().await;
    tracing::info!("stopped");
    Ok(())
}
