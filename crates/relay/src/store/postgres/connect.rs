//! Connections.

use crate::store::{KretsId, StoreError};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use radrum_wire::{Digest, RegionId};
use std::time::Duration;
use tokio_postgres::{Config, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connections of one process.
const CONNECTIONS: usize = 16;

/// How long a request waits for a connection, and for the database to answer a new one.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a number of a krets is drawn that another process may draw at the same time.
const TRIES: u32 = 5;

pub(super) fn parse(url: &str) -> Result<(Config, MakeRustlsConnect), StoreError> {
    // Without the text of the error: it may quote a password.
    let mut config: Config = url
        .parse()
        .map_err(|_| StoreError::Failed("postgres address".into()))?;
    config.connect_timeout(PATIENCE);
    config.application_name("radrum-relay");
    if config.get_options().is_none() {
        // What was answered is on disk, also where the operator chose otherwise for all.
        config.options("-c synchronous_commit=on");
    }
    Ok((config, tls()?))
}

/// A machine without trusted authorities can still use a socket or a plain connection.
fn tls() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| StoreError::Failed("tls".into()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

pub(super) fn pool(config: &Config, tls: MakeRustlsConnect) -> Result<Pool, StoreError> {
    let recycling_method = RecyclingMethod::Fast;
    let manager = Manager::from_config(config.clone(), tls, ManagerConfig { recycling_method });
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .build()
        .map_err(|_| StoreError::Failed("pool".into()))
}

pub(super) async fn krets(db: &mut Object, region: RegionId) -> Result<KretsId, StoreError> {
    let region = region.as_bytes().as_slice();
    let select = "SELECT id FROM krets WHERE region = $1";
    // Two processes may draw the same number; the loser looks again.
    let insert = "INSERT INTO krets (id, region)
                  SELECT coalesce(max(id), 0) + 1, $1 FROM krets
                  ON CONFLICT DO NOTHING";
    for _ in 0..TRIES {
        if let Some(row) = db.query_opt(select, &[&region]).await? {
            return Ok(KretsId(row.try_get(0)?));
        }
        db.execute(insert, &[&region]).await?;
    }
    Err(StoreError::Away("krets".into()))
}

/// A column of 32 bytes.
pub(super) fn bytes(row: &Row, column: usize) -> Result<Digest, StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    Digest::try_from(bytes).map_err(|_| StoreError::Failed("column".into()))
}
