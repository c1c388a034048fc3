//! Connections, migrations and what the relay knows about itself.

use crate::store::{KretsId, StoreError, draw, now_s};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use radrum_wire::{Digest, RegionId};
use refinery::{Migration, Runner};
use std::time::Duration;
use tokio_postgres::{Config, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

const MIGRATIONS: &[(&str, &str)] = &[(
    "V1__krets_entries_slots",
    include_str!("../../../../../migrations/relay/postgres/0001_krets_entries_slots.sql"),
)];

/// Connections of one process.
const CONNECTIONS: usize = 16;

/// How long a request waits for a connection, and for the database to answer a new one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Processes that start at once step on each other's migrations; the next try finds them done.
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

pub(super) async fn migrate(pool: &Pool) -> Result<(), StoreError> {
    let mut left = TRIES;
    loop {
        left -= 1;
        match try_migrate(pool).await {
            Err(StoreError::Failed(_)) if left > 0 => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            done => return done,
        }
    }
}

async fn try_migrate(pool: &Pool) -> Result<(), StoreError> {
    let mut db = pool.get().await?;
    refuse_newer(&db).await?;
    let mut migrations = Vec::with_capacity(MIGRATIONS.len());
    for (name, sql) in MIGRATIONS {
        migrations.push(Migration::unapplied(name, sql)?);
    }
    let client: &mut tokio_postgres::Client = &mut db;
    Runner::new(&migrations)
        .set_grouped(true)
        .run_async(client)
        .await?;
    let insert = "INSERT INTO relay (one, id, store, made_at) VALUES (1, $1, $2, $3)
                  ON CONFLICT (one) DO NOTHING";
    let (id, store) = (draw()?, draw()?);
    let (id, store) = (id.as_bytes().as_slice(), store.as_bytes().as_slice());
    db.execute(insert, &[&id, &store, &now_s()]).await?;
    Ok(())
}

async fn refuse_newer(db: &Object) -> Result<(), StoreError> {
    let table = "SELECT 1 FROM information_schema.tables
                 WHERE table_schema = current_schema()
                 AND table_name = 'refinery_schema_history'";
    if db.query_opt(table, &[]).await?.is_none() {
        return Ok(());
    }
    let select = "SELECT coalesce(max(version), 0)::bigint FROM refinery_schema_history";
    let found: i64 = db.query_one(select, &[]).await?.try_get(0)?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
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
