//! Limits of everything that crosses a device boundary. Each reader of outside bytes checks
//! against these before it allocates (house rule 7).

/// Largest encoded entry body, in bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Most changes in one entry. One *Spara* makes one change; a long pasted note makes a few.
pub const CHANGES_MAX: usize = 1_024;

/// Most heads one change may stand on, so that a change's dependency list stays under 2 KiB.
pub const DEPS_MAX: usize = 64;

/// Most operations in one change (automerge-notes 5: 0.03 s and 13 MB at this size).
pub const CHANGE_OPS_MAX: usize = 20_000;

/// Most characters that one change may insert into or delete from a running text.
pub const TEXT_OPS_MAX: usize = 15_000;
