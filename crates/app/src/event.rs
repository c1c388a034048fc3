//! What the interface is told without asking.

use serde::Serialize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use ts_rs::TS;

/// Something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Items were written.
    Changed {
        /// Their keys; empty when too many to name.
        touched: Vec<String>,
        /// The window that did it, so that it can skip its own echo.
        origin: String,
    },
    /// A road is doing otherwise than before: ask `road`.
    Road {},
    /// Lists and search are being rebuilt, or are done.
    Rebuilding {
        /// False when done.
        busy: bool,
    },
}

/// Hands events to whoever listens.
#[derive(Debug, Clone, Default)]
pub struct Events {
    listeners: Arc<Mutex<Vec<Sender<Event>>>>,
}

impl Events {
    /// Listens from now on. Dropping the receiver ends it.
    #[must_use]
    pub fn listen(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(sender);
        receiver
    }

    pub(crate) fn tell(&self, event: &Event) {
        let mut listeners = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(event.clone()).is_ok());
    }
}
