-- Erasure. What was erased is gone; these rows say that it was, and never what it said.

-- What an entry of the own log is, for rows that are sealed later. A number of wire::Kind.
ALTER TABLE log ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;

-- Up to which row of `stubs` a relay has been asked to keep stubs only.
ALTER TABLE roads ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;

-- Erasures that somebody has said, in the order in which they came.
CREATE TABLE erasures (
    n          INTEGER PRIMARY KEY,
    log        BLOB    NOT NULL CHECK (length(log) = 16),
    seq        INTEGER NOT NULL,
    -- An encoded wire::Erase.
    body       BLOB    NOT NULL,
    author     BLOB    NOT NULL CHECK (length(author) = 16),
    -- 1 if the device's grant names the author.
    vouched    INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    -- Grant of the device that said it; empty before a krets.
    device     BLOB    NOT NULL,
    -- asked (whoever said it may not), standing (rows are gone), done (nothing is in the file).
    state      TEXT    NOT NULL,
    done_at    INTEGER NOT NULL DEFAULT 0,
    -- What was here of it: kinds of items, one a line.
    kinds      TEXT    NOT NULL DEFAULT '',
    -- Entries of this device that whoever erased had not seen.
    unseen     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (log, seq, body)
) STRICT;

-- The standing generation of each item that was erased from. Never removed.
CREATE TABLE erased_items (
    item       BLOB    PRIMARY KEY CHECK (length(item) = 16),
    generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Entries of which a stub is enough: named by an erasure, or by the device whose log it is (0).
CREATE TABLE stub_names (
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    erasure INTEGER NOT NULL,
    PRIMARY KEY (hash, erasure)
) STRICT, WITHOUT ROWID;

-- Stubs that came by a road and that nothing names yet.
CREATE TABLE met_stubs (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    stub BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Entries that became stubs here, for relays and for devices that come later.
CREATE TABLE stubs (
    n    INTEGER PRIMARY KEY,
    hash BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    log  BLOB    NOT NULL CHECK (length(log) = 16),
    seq  INTEGER NOT NULL,
    -- Until somebody has named it to others: 1 if this device is the one to do so, 2 if it will
    -- when nobody else does.
    unsaid INTEGER NOT NULL
) STRICT;

-- How far each device says that it has erased: up to which entry of which log.
CREATE TABLE receipts (
    device BLOB    NOT NULL CHECK (length(device) = 32),
    log    BLOB    NOT NULL CHECK (length(log) = 16),
    seq    INTEGER NOT NULL,
    PRIMARY KEY (device, log)
) STRICT, WITHOUT ROWID;
