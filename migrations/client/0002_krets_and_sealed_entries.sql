-- A krets that was founded or joined. Before that these tables are empty, and `log.body` holds
-- what is sealed then; afterwards `log` says who wrote an entry and when, and its bytes lie here.

CREATE TABLE krets (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    -- This device's grant: a fact.
    device_grant BLOB NOT NULL CHECK (length(device_grant) = 32),
    -- Addresses of relays, best first, one a line.
    relays TEXT    NOT NULL,
    -- The newest list of keys that relays let in: an encoded wire::Roster. 0 and empty before.
    roster_number INTEGER NOT NULL DEFAULT 0,
    roster        BLOB    NOT NULL DEFAULT x'',
    -- When something was last fetched, by whatever road. UTC ms, to be shown; 0 before.
    fetched_at    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What is remembered of each relay (sync::Memory), beside the entries that it stands for.
CREATE TABLE roads (
    address TEXT    PRIMARY KEY,
    -- The relay's store, as it named itself; empty before the first contact.
    store   BLOB    NOT NULL,
    cursor  INTEGER NOT NULL,
    -- How far it has confirmed the logs of this device: an encoded wire::Heads.
    sent    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- How far other devices have told that they hold a log.
CREATE TABLE reached (
    -- The log that names the device's heartbeat.
    device_log BLOB NOT NULL CHECK (length(device_log) = 16),
    log     BLOB    NOT NULL CHECK (length(log) = 16),
    seq     INTEGER NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (device_log, log)
) STRICT, WITHOUT ROWID;

-- Signed facts with every signature that has come. The krets is a function of the set.
CREATE TABLE facts (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    -- An encoded wire::SignedFact.
    fact BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys that open entries. The device's own keys lie in a file of their own, so that no copy of
-- this one holds them.
CREATE TABLE epochs (
    epoch  BLOB PRIMARY KEY CHECK (length(epoch) = 32),
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT, WITHOUT ROWID;

-- Append-only: sealed entries of all logs, byte for byte as every road carries them. Two at one
-- place are both kept: that is a fork.
CREATE TABLE entries (
    -- Order of arrival.
    n        INTEGER PRIMARY KEY,
    hash     BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    log      BLOB    NOT NULL CHECK (length(log) = 16),
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    prev     BLOB    NOT NULL CHECK (length(prev) = 32),
    envelope BLOB    NOT NULL
) STRICT;

CREATE INDEX entries_by_place ON entries (log, seq);

-- Entries that are kept and passed on but not taken into documents, and why.
CREATE TABLE untaken (
    n     INTEGER PRIMARY KEY REFERENCES entries (n),
    -- waits, set_aside, refused or unknown.
    state TEXT    NOT NULL,
    code  TEXT    NOT NULL
) STRICT;

-- What an entry waits for: the hash of an entry, a change, a grant, or the id of an epoch.
CREATE TABLE waits (
    need BLOB    NOT NULL CHECK (length(need) = 32),
    n    INTEGER NOT NULL REFERENCES entries (n),
    PRIMARY KEY (need, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX waits_by_entry ON waits (n);

-- First use of an actor and number by a change that is not in its document (domain::Claims).
CREATE TABLE claims (
    item       BLOB    NOT NULL CHECK (length(item) = 16),
    generation INTEGER NOT NULL,
    actor      BLOB    NOT NULL,
    actor_seq  INTEGER NOT NULL,
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (item, generation, actor, actor_seq)
) STRICT, WITHOUT ROWID;

-- The newest heartbeat of each log.
CREATE TABLE slots (
    log      BLOB PRIMARY KEY CHECK (length(log) = 16),
    seq      INTEGER NOT NULL,
    envelope BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Letters on their way: invitations given, and the own request until the welcome comes.
CREATE TABLE letters (
    -- Id of the invitation.
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    -- inviting or asking.
    role    TEXT NOT NULL,
    -- Encoded wire::Invitation.
    invitation BLOB NOT NULL,
    -- Encoded wire::JoinRequest, once there is one.
    request BLOB,
    -- The question that was drawn when the request was opened; six digits.
    question TEXT NOT NULL,
    -- Wrong answers so far; the third uses the invitation up.
    wrong   INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The snapshot that this device began to work from: at most one, and what became of it. It says
-- nothing about who belongs, and no entry is skipped because of it.
CREATE TABLE snapshot (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    id    BLOB    NOT NULL CHECK (length(id) = 32),
    -- Address of the relay that gave it.
    road  TEXT    NOT NULL,
    -- The maker's log and municipality.
    log   BLOB    NOT NULL CHECK (length(log) = 16),
    municipality BLOB NOT NULL CHECK (length(municipality) = 16),
    -- reading, checking, done, dropped or unproven.
    state TEXT    NOT NULL,
    -- Number of its last part, and of the next to be read.
    parts INTEGER NOT NULL,
    next  INTEGER NOT NULL,
    -- Items that it says it has, and that were read.
    items INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    -- Up to where the logs must come before it is judged: an encoded wire::Heads.
    heads BLOB    NOT NULL,
    -- How the maker's program reads values.
    reading TEXT  NOT NULL,
    -- When it came to be in this state. UTC ms, to be shown.
    at    INTEGER NOT NULL
) STRICT;

-- Items that show what the snapshot said, until the logs have said it too. Their rows of `docs`
-- have the snapshot's value and heads, and in `saved` what has come of the document: nothing at
-- first. No other item has changes that its heads do not name.
CREATE TABLE provisional (
    item BLOB PRIMARY KEY CHECK (length(item) = 16),
    -- First and last change that has come, as claimed, and the members who made them.
    created_at INTEGER NOT NULL,
    created_by BLOB    NOT NULL CHECK (length(created_by) = 16),
    updated_at INTEGER NOT NULL,
    updated_by BLOB    NOT NULL CHECK (length(updated_by) = 16)
) STRICT, WITHOUT ROWID;
