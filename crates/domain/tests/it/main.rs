//! Documents through the public API: what two people write at once is never lost.

mod document;
mod history;
