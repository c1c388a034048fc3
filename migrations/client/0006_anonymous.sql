-- Posts without a name, as only their writer's computer knows them. Nothing here is sent, lies in
-- a backup or counts in what the computer says that it holds: a post stands in `entries` when it
-- has come back from a relay, as everybody else's does.

-- The key of each thread that was written in, by the item of the question.
CREATE TABLE anonymous_threads (
    question BLOB PRIMARY KEY CHECK (length(question) = 16),
    secret   BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE anonymous_posts (
    n          INTEGER PRIMARY KEY,
    item       BLOB    NOT NULL UNIQUE CHECK (length(item) = 16),
    question   BLOB    NOT NULL REFERENCES anonymous_threads (question),
    key        TEXT    NOT NULL,
    edits      TEXT    NOT NULL, -- JSON; empty when it has come back
    release_at INTEGER NOT NULL, -- UTC ms; not sealed before
    entry      BLOB,             -- hash of the sealed entry
    post       BLOB              -- what the relay is given, always the same bytes
) STRICT;

CREATE TABLE anonymous_tokens (
    n        INTEGER PRIMARY KEY,
    secret   BLOB    NOT NULL CHECK (length(secret) = 32),
    issuer   INTEGER NOT NULL, -- number of the fact that names the key
    message  BLOB    NOT NULL, -- blinded
    blinding BLOB    NOT NULL, -- undoes it; told to nobody
    issued   BLOB              -- the signature, when it has come
) STRICT;
