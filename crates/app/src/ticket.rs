//! File commands take a ticket that the host gave for a place the user chose, never a path
//! from the interface (issue 1/4, web host; security.md 3.12).

use crate::{Code, Error, World};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Tickets that are waiting to be used, each once.
#[derive(Debug, Default)]
pub struct Tickets {
    open: Mutex<BTreeMap<String, PathBuf>>,
}

/// Most tickets that wait at once; the oldest name goes first.
const OPEN_MAX: usize = 64;

impl Tickets {
    /// Gives a ticket for a file that the user chose.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn give(&self, world: &World, path: PathBuf) -> Result<String, Error> {
        let ticket = hex::encode(world.random::<16>()?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= OPEN_MAX {
            open.pop_first();
        }
        open.insert(ticket.clone(), path);
        Ok(ticket)
    }

    /// The place of a ticket that stays good.
    pub(crate) fn look(&self, ticket: &str) -> Result<PathBuf, Error> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(ticket)
            .cloned()
            .ok_or_else(|| Error::new(Code::BadTicket, "ticket"))
    }

    pub(crate) fn take(&self, ticket: &str) -> Result<PathBuf, Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(ticket)
            .ok_or_else(|| Error::new(Code::BadTicket, "ticket"))
    }
}
