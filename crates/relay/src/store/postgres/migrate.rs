//! Brings the database up to date.
//!
//! By hand and not with refinery as the files of SQLite are: its async half would put tokio
//! below the client's store, which the dependency table forbids.

use crate::store::{StoreError, draw, now_s};
use deadpool_postgres::{Object, Pool};
use std::time::Duration;

/// In the order in which they are applied; the first has number 1. Never changed once released.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../../../migrations/relay/postgres/0001_krets_entries_slots.sql"),
    include_str!("../../../../../migrations/relay/postgres/0002_anonymous_tokens.sql"),
    include_str!("../../../../../migrations/relay/postgres/0003_mail.sql"),
];

/// Processes that start at once step on each other; the next try finds the work done.
const TRIES: u32 = 10;

const AGAIN: Duration = Duration::from_millis(200);

const HISTORY: &str = "CREATE TABLE IF NOT EXISTS migrations (
    number   BIGINT PRIMARY KEY,
    checksum BYTEA NOT NULL
)";

pub(super) async fn run(pool: &Pool) -> Result<(), StoreError> {
    let mut left = TRIES;
    loop {
        left -= 1;
        match try_once(pool).await {
            Err(StoreError::Failed(_) | StoreError::Away(_)) if left > 0 => {
                tokio::time::sleep(AGAIN).await;
            }
            done => return done,
        }
    }
}

async fn try_once(pool: &Pool) -> Result<(), StoreError> {
    let mut db = pool.get().await?;
    db.batch_execute(HISTORY).await?;
    let applied = applied(&db).await?;
    for (n, sql) in MIGRATIONS.iter().enumerate().skip(applied) {
        // The number first: another process that applies the same one waits here for this
        // transaction, and then fails and looks again.
        let transaction = db.transaction().await?;
        let (number, checksum) = (n as i64 + 1, checksum(sql));
        let insert = "INSERT INTO migrations (number, checksum) VALUES ($1, $2)";
        let args: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [&number, &checksum.as_slice()];
        transaction.execute(insert, &args).await?;
        transaction.batch_execute(sql).await?;
        transaction.commit().await?;
    }
    let insert = "INSERT INTO relay (one, id, store, secret, made_at)
                  VALUES (1, $1, $2, $3, $4) ON CONFLICT (one) DO NOTHING";
    let (id, store, secret) = (draw()?, draw()?, draw()?);
    let (id, store) = (&id.as_bytes()[..], &store.as_bytes()[..]);
    let secret = &secret.as_bytes()[..];
    db.execute(insert, &[&id, &store, &secret, &now_s()])
        .await?;
    Ok(())
}

/// How many have been applied, and that they were these.
async fn applied(db: &Object) -> Result<usize, StoreError> {
    let select = "SELECT checksum FROM migrations ORDER BY number";
    let rows = db.query(select, &[]).await?;
    if rows.len() > MIGRATIONS.len() {
        return Err(StoreError::Newer {
            found: rows.len() as i64,
            known: MIGRATIONS.len() as i64,
        });
    }
    for (row, sql) in rows.iter().zip(MIGRATIONS) {
        let found: &[u8] = row.try_get(0)?;
        if found != checksum(sql) {
            return Err(StoreError::Failed("another migration was applied".into()));
        }
    }
    Ok(rows.len())
}

fn checksum(sql: &str) -> [u8; 32] {
    *blake3::hash(sql.as_bytes()).as_bytes()
}
