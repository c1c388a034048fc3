//! Tries the newest backup once a week, at a quiet time: some while after the start, on a
//! thread of its own that the windows do not wait for.

use super::{newest, try_newest};
use crate::{Error, Session};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

/// From the start to the first look.
const FIRST: Duration = Duration::from_secs(2 * 60);

/// Between looks.
const THEN: Duration = Duration::from_secs(60 * 60);

/// The thread of an open profile. Dropping it waits for a trial that is going on.
pub(crate) struct Quiet {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Quiet {
    /// Looks after the backups of a session as long as this is kept.
    pub fn keep(session: &Arc<Session>) -> Self {
        let (stop, stopped) = channel();
        let session = Arc::downgrade(session);
        let thread = std::thread::Builder::new()
            .name("radrum-backup".into())
            .spawn(move || look(&session, &stopped));
        if let Err(error) = &thread {
            tracing::error!(%error, "no trials of backups");
        }
        Self {
            stop: Some(stop),
            thread: thread.ok(),
        }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn look(session: &Weak<Session>, stopped: &Receiver<()>) {
    let mut wait = FIRST;
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = THEN;
        let Some(session) = session.upgrade() else {
            return;
        };
        if let Err(error) = try_if_due(&session) {
            tracing::error!(%error, "trial of the backup");
        }
    }
}

fn try_if_due(session: &Session) -> Result<(), Error> {
    let now = session.world.clock.now_ms();
    let newest = session.read(|read| newest(&read))?;
    if newest.is_some_and(|newest| newest.is_due(now)) {
        try_newest(session)?;
    }
    Ok(())
}
