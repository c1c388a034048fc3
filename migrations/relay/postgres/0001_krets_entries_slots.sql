-- What a relay keeps. Everything that members write lies in `envelope`, sealed.
-- Nothing here says which device brought what.
--
-- Only what PostgreSQL, CockroachDB and YugabyteDB have in common. No sequence numbers entries:
-- sequences give numbers out of the order of commits, and a reader would skip rows. The counter
-- is `krets.cursor`, under the lock of its row.

-- One row. `id` is what devices sign towards; `store` says which life of the database this is.
CREATE TABLE relay (
    one     BIGINT PRIMARY KEY CHECK (one = 1),
    id      BYTEA NOT NULL,
    store   BYTEA NOT NULL,
    secret  BYTEA NOT NULL, -- what tokens are proved with
    made_at BIGINT NOT NULL -- seconds since 1970, when `store` was drawn
);

CREATE TABLE krets (
    id            BIGINT PRIMARY KEY,
    region        BYTEA NOT NULL UNIQUE,
    cursor        BIGINT NOT NULL DEFAULT 0, -- of the newest entry
    bytes         BIGINT NOT NULL DEFAULT 0, -- of all envelopes
    turn          BIGINT NOT NULL DEFAULT 0, -- counts whole snapshots
    roster_number BIGINT NOT NULL DEFAULT 0,
    roster        BYTEA
);

CREATE TABLE entries (
    krets    BIGINT NOT NULL,
    cursor   BIGINT NOT NULL,
    log      BYTEA NOT NULL,
    seq      BIGINT NOT NULL,
    hash     BYTEA NOT NULL,
    envelope BYTEA NOT NULL,
    PRIMARY KEY (krets, cursor)
);

-- A hash commits to its place, so this is also what finds doubles.
CREATE UNIQUE INDEX entries_place ON entries (krets, log, seq, hash);

-- The last entries that are there with every one before them.
CREATE TABLE heads (
    krets BIGINT NOT NULL,
    hash  BYTEA NOT NULL,
    log   BYTEA NOT NULL,
    seq   BIGINT NOT NULL,
    PRIMARY KEY (krets, hash)
);

-- Entries after a gap, by what they wait for. Mostly empty.
CREATE TABLE waiting (
    krets BIGINT NOT NULL,
    hash  BYTEA NOT NULL,
    log   BYTEA NOT NULL,
    seq   BIGINT NOT NULL,
    prev  BYTEA NOT NULL,
    PRIMARY KEY (krets, hash)
);
CREATE INDEX waiting_prev ON waiting (krets, prev);

CREATE TABLE slots (
    krets    BIGINT NOT NULL,
    log      BYTEA NOT NULL,
    seq      BIGINT NOT NULL,
    envelope BYTEA NOT NULL,
    PRIMARY KEY (krets, log)
);

CREATE TABLE snapshots (
    krets      BIGINT NOT NULL,
    snapshot   BYTEA NOT NULL,
    log        BYTEA NOT NULL,
    turn       BIGINT NOT NULL, -- zero until whole
    changed_at BIGINT NOT NULL, -- seconds since 1970
    PRIMARY KEY (krets, snapshot, log)
);

CREATE TABLE parts (
    krets    BIGINT NOT NULL,
    snapshot BYTEA NOT NULL,
    log      BYTEA NOT NULL,
    part     BIGINT NOT NULL,
    envelope BYTEA NOT NULL,
    PRIMARY KEY (krets, snapshot, log, part)
);

CREATE TABLE letters (
    krets  BIGINT NOT NULL,
    letter BYTEA NOT NULL,
    kind   BIGINT NOT NULL, -- 2 request, 3 welcome
    put_at BIGINT NOT NULL, -- seconds since 1970
    file   BYTEA NOT NULL,
    PRIMARY KEY (krets, letter, kind)
);

-- Who has shown his key, so that every process of the relay knows. Hashes of tokens only.
CREATE TABLE tokens (
    hash    BYTEA PRIMARY KEY,
    krets   BIGINT NOT NULL,
    key     BYTEA NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL -- by the database's clock, which all processes share
);
