//! Pushes of one krets wait for one row's lock, so those that come at once are written
//! together: one transaction, one fsync.

use super::entries;
use crate::store::intake::{Push, sort_out};
use crate::store::{Entry, KretsId, StoreError, Stored};
use deadpool_postgres::Pool;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_postgres::IsolationLevel;

/// Most pushes in one transaction.
const GROUP: usize = 64;

/// Most pushes of one krets that wait. More are told to come again.
const QUEUE: usize = 512;

/// How often a transaction that the database rolled back is tried.
const TRIES: u32 = 3;

struct Job {
    push: Push,
    answer: oneshot::Sender<Result<Stored, StoreError>>,
}

/// A queue and what empties it.
struct Queue {
    jobs: mpsc::Sender<Job>,
    task: JoinHandle<()>,
}

pub(super) struct Pushers {
    pool: Pool,
    /// None after a stop.
    queues: Mutex<Option<BTreeMap<KretsId, Queue>>>,
}

impl Pushers {
    pub fn new(pool: Pool) -> Self {
        Self {
            pool,
            queues: Mutex::new(Some(BTreeMap::new())),
        }
    }

    pub async fn push(
        &self,
        krets: KretsId,
        entries: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError> {
        let (answer, answered) = oneshot::channel();
        let push = Push { entries, room };
        self.queue(krets)?
            .try_send(Job { push, answer })
            .map_err(|_| StoreError::Away("queue".into()))?;
        answered
            .await
            .unwrap_or_else(|_| Err(StoreError::Away("stopped".into())))
    }

    fn queue(&self, krets: KretsId) -> Result<mpsc::Sender<Job>, StoreError> {
        let stopped = || StoreError::Away("stopped".into());
        let mut queues = self.queues.lock().map_err(|_| stopped())?;
        let queue = queues.as_mut().ok_or_else(stopped)?;
        let queue = queue.entry(krets).or_insert_with(|| {
            let (jobs, waiting) = mpsc::channel(QUEUE);
            let task = tokio::spawn(run(self.pool.clone(), krets, waiting));
            Queue { jobs, task }
        });
        Ok(queue.jobs.clone())
    }

    /// Finishes what waits.
    pub async fn stop(&self) {
        let queues = self.queues.lock().ok().and_then(|mut all| all.take());
        for queue in queues.into_iter().flat_map(BTreeMap::into_values) {
            drop(queue.jobs);
            let _ = queue.task.await;
        }
    }
}

async fn run(pool: Pool, krets: KretsId, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut jobs, GROUP).await > 0 {
        let (pushes, answers): (Vec<Push>, Vec<_>) =
            jobs.drain(..).map(|job| (job.push, job.answer)).unzip();
        match write(&pool, krets, &pushes).await {
            Ok(results) => {
                for (answer, result) in answers.into_iter().zip(results) {
                    let _ = answer.send(result);
                }
                hint(&pool).await;
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(StoreError::Away(error.to_string())));
                }
            }
        }
    }
}

/// After the commit and on its own: a notification inside the transaction would take a lock
/// that all transactions of the database share.
async fn hint(pool: &Pool) {
    if let Ok(db) = pool.get().await {
        // Databases without notifications answer with an error.
        let _ = db.simple_query("NOTIFY radrum_relay").await;
    }
}

async fn write(
    pool: &Pool,
    krets: KretsId,
    pushes: &[Push],
) -> Result<Vec<Result<Stored, StoreError>>, StoreError> {
    let mut left = TRIES;
    loop {
        left -= 1;
        match commit(pool, krets, pushes).await {
            // Rolled back, not lost: what was committed in spite of the error is known next time.
            Err(StoreError::Away(code)) if left > 0 && code.starts_with("postgres 40") => {}
            done => return done,
        }
    }
}

async fn commit(
    pool: &Pool,
    krets: KretsId,
    pushes: &[Push],
) -> Result<Vec<Result<Stored, StoreError>>, StoreError> {
    let mut db = pool.get().await?;
    let transaction = db
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .start()
        .await?;
    // First the lock: what is read after it is what the process before has committed.
    let counter = entries::lock(&transaction, krets).await?;
    let (known, logs) = entries::known(&transaction, krets, pushes).await?;
    let intake = sort_out(pushes, &known, &logs, counter);
    if !intake.fresh.is_empty() {
        entries::insert(&transaction, krets, &intake.fresh).await?;
        let fresh = intake.fresh.iter().map(|(_, entry)| *entry);
        entries::chain(&transaction, krets, fresh).await?;
        entries::count(&transaction, krets, intake.counter).await?;
    }
    transaction.commit().await?;
    Ok(intake.answers)
}
