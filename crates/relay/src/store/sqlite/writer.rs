//! The only connection that writes.

use crate::store::StoreError;
use rusqlite::Connection;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Most requests in one transaction.
const GROUP: usize = 64;

/// Most requests that wait. More are told to come again.
const QUEUE: usize = 1024;

/// Told whether the transaction was committed.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// What a request leaves in the transaction.
enum Outcome {
    Keep(Answer),
    Undo(Answer),
}

type Job = Box<dyn FnOnce(&Connection) -> Outcome + Send>;

pub(super) struct Writer {
    jobs: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || run(&connection, &queue))
            .map_err(|_| StoreError::Failed("no thread".into()))?;
        Ok(Self {
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Runs in the next transaction, and answers after its COMMIT. What fails is undone alone.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |db| match work(db) {
            Ok(value) => Outcome::Keep(Box::new(move |committed| {
                let _ = answer.send(committed.map(|()| value));
            })),
            Err(error) => Outcome::Undo(Box::new(move |_| {
                let _ = answer.send(Err(error));
            })),
        });
        self.queue(job)?;
        answered
            .await
            .unwrap_or_else(|_| Err(StoreError::Away("stopped".into())))
    }

    fn queue(&self, job: Job) -> Result<(), StoreError> {
        let stopped = || StoreError::Away("stopped".into());
        let jobs = self.jobs.lock().map_err(|_| stopped())?;
        jobs.as_ref()
            .ok_or_else(stopped)?
            .try_send(job)
            .map_err(|_| StoreError::Away("queue".into()))
    }

    /// Finishes what waits.
    pub async fn stop(&self) {
        let thread = match (self.jobs.lock(), self.thread.lock()) {
            (Ok(mut jobs), Ok(mut thread)) => {
                jobs.take();
                thread.take()
            }
            _ => None,
        };
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn run(connection: &Connection, queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let jobs = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
        let mut answers = Vec::new();
        let committed = commit(connection, jobs, &mut answers);
        if committed.is_err() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        for answer in answers {
            answer(committed.as_ref().copied().map_err(again));
        }
    }
    // So that the file alone is the whole store after a stop.
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

fn commit(
    db: &Connection,
    jobs: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    for job in jobs {
        db.execute_batch("SAVEPOINT job")?;
        match job(db) {
            Outcome::Keep(answer) => {
                answers.push(answer);
                db.execute_batch("RELEASE job")?;
            }
            Outcome::Undo(answer) => {
                answers.push(answer);
                db.execute_batch("ROLLBACK TO job; RELEASE job")?;
            }
        }
    }
    db.execute_batch("COMMIT")?;
    Ok(())
}

/// One failed COMMIT is the answer to every request in it.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Away(code) => StoreError::Away(code.clone()),
        other => StoreError::Failed(other.to_string()),
    }
}
