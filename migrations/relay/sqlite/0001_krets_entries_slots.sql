-- What a relay keeps. Everything that members write lies in `envelope`, sealed.
-- Nothing here says which device brought what.

-- One row. `id` is what devices sign towards; `store` says which life of the database this is.
CREATE TABLE relay (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    id      BLOB NOT NULL,
    store   BLOB NOT NULL,
    secret  BLOB NOT NULL, -- what tokens are proved with
    made_at INTEGER NOT NULL -- seconds since 1970, when `store` was drawn
) STRICT;

CREATE TABLE krets (
    id            INTEGER PRIMARY KEY,
    region        BLOB NOT NULL UNIQUE,
    cursor        INTEGER NOT NULL DEFAULT 0, -- of the newest entry
    bytes         INTEGER NOT NULL DEFAULT 0, -- of all envelopes
    turn          INTEGER NOT NULL DEFAULT 0, -- counts whole snapshots
    roster_number INTEGER NOT NULL DEFAULT 0,
    roster        BLOB
) STRICT;

CREATE TABLE entries (
    krets    INTEGER NOT NULL,
    cursor   INTEGER NOT NULL,
    log      BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    envelope BLOB NOT NULL,
    PRIMARY KEY (krets, cursor)
) STRICT;

-- A hash commits to its place, so this is also what finds doubles.
CREATE UNIQUE INDEX entries_place ON entries (krets, log, seq, hash);

-- The last entries that are there with every one before them.
CREATE TABLE heads (
    krets INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    log   BLOB NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (krets, hash)
) STRICT, WITHOUT ROWID;

-- Entries after a gap, by what they wait for. Mostly empty.
CREATE TABLE waiting (
    krets INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    log   BLOB NOT NULL,
    seq   INTEGER NOT NULL,
    prev  BLOB NOT NULL,
    PRIMARY KEY (krets, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_prev ON waiting (krets, prev);

CREATE TABLE slots (
    krets    INTEGER NOT NULL,
    log      BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    PRIMARY KEY (krets, log)
) STRICT;

CREATE TABLE snapshots (
    krets      INTEGER NOT NULL,
    snapshot   BLOB NOT NULL,
    log        BLOB NOT NULL,
    turn       INTEGER NOT NULL, -- zero until whole
    changed_at INTEGER NOT NULL, -- seconds since 1970
    PRIMARY KEY (krets, snapshot, log)
) STRICT, WITHOUT ROWID;

CREATE TABLE parts (
    krets    INTEGER NOT NULL,
    snapshot BLOB NOT NULL,
    log      BLOB NOT NULL,
    part     INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    PRIMARY KEY (krets, snapshot, log, part)
) STRICT;

CREATE TABLE letters (
    krets  INTEGER NOT NULL,
    letter BLOB NOT NULL,
    kind   INTEGER NOT NULL, -- 2 request, 3 welcome
    put_at INTEGER NOT NULL, -- seconds since 1970
    file   BLOB NOT NULL,
    PRIMARY KEY (krets, letter, kind)
) STRICT;
