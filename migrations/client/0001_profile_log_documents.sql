-- Durable tables. Everything else is derived from these (migrations/projection/schema.sql).
-- Times are UTC milliseconds; they are shown, never compared by a rule (house rule 13).

-- What this profile is. One row.
CREATE TABLE profile (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    region     BLOB    NOT NULL CHECK (length(region) = 16),
    region_name TEXT   NOT NULL,
    device     BLOB    NOT NULL CHECK (length(device) = 16),
    log        BLOB    NOT NULL CHECK (length(log) = 16),
    -- Key of the member who uses this computer; empty until chosen or written.
    me         TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

-- Logs by a short number, so that a row of `changes` stays small.
CREATE TABLE logs (
    n   INTEGER PRIMARY KEY,
    log BLOB    NOT NULL UNIQUE CHECK (length(log) = 16)
) STRICT;

-- Append-only. `body` is an encoded wire::Body in the clear until the krets is founded or
-- joined; sealing then takes rows in order of seq.
CREATE TABLE log (
    log_n      INTEGER NOT NULL REFERENCES logs (n),
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    -- Item id of the member who wrote; 16 zero bytes for content that came with the program.
    author     BLOB    NOT NULL CHECK (length(author) = 16),
    written_at INTEGER NOT NULL,
    body       BLOB    NOT NULL,
    UNIQUE (log_n, seq)
) STRICT;

-- One row for each automerge change: what the gate of automerge-notes 5 asks about.
CREATE TABLE changes (
    item       BLOB    NOT NULL CHECK (length(item) = 16),
    generation INTEGER NOT NULL,
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),
    -- The last 8 bytes of the actor; the first 16 are the log.
    actor      BLOB    NOT NULL CHECK (length(actor) = 8),
    actor_seq  INTEGER NOT NULL,
    start_op   INTEGER NOT NULL,
    max_op     INTEGER NOT NULL,
    -- 32 bytes for each dependency, in order.
    deps       BLOB    NOT NULL,
    log_n      INTEGER NOT NULL REFERENCES logs (n),
    seq        INTEGER NOT NULL,
    PRIMARY KEY (item, generation, hash)
) STRICT, WITHOUT ROWID;

-- The newest form of each item. `n` is also its row in items and in the search tables.
CREATE TABLE docs (
    n          INTEGER PRIMARY KEY,
    item       BLOB    NOT NULL UNIQUE CHECK (length(item) = 16),
    key        TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    -- 32 bytes for each head, ordered.
    heads      BLOB    NOT NULL,
    -- Automerge bytes. Never compared: they depend on arrival order.
    saved      BLOB    NOT NULL,
    -- The plain value as JSON: what rows, search lines and pages are derived from.
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT    NOT NULL
) STRICT;

-- Where two people wrote at once, told when it happened.
CREATE TABLE merges (
    item       BLOB    NOT NULL CHECK (length(item) = 16),
    -- The change that met others, and the change it met.
    change     BLOB    NOT NULL CHECK (length(change) = 32),
    beside     BLOB    NOT NULL CHECK (length(beside) = 32),
    -- JSON: fields that both wrote.
    fields     TEXT    NOT NULL,
    merged_at  INTEGER NOT NULL,
    PRIMARY KEY (item, change, beside)
) STRICT, WITHOUT ROWID;

-- Private from here on: never a document, never in a log.

-- What is being typed, per window.
CREATE TABLE drafts (
    key        TEXT    NOT NULL,
    field      TEXT    NOT NULL,
    window     TEXT    NOT NULL,
    base       BLOB    NOT NULL,
    text       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (key, field, window)
) STRICT, WITHOUT ROWID;

-- Ticked steps of cards.
CREATE TABLE ticks (
    playbook  TEXT    NOT NULL,
    step      TEXT    NOT NULL,
    ticked_at INTEGER NOT NULL,
    PRIMARY KEY (playbook, step)
) STRICT, WITHOUT ROWID;

-- Small choices of this computer and state of the projections.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
