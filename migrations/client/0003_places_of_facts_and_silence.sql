-- Which entries carried each fact: part of the evidence (FORMAT.md section 5). A fact that came
-- in a letter has none yet.

CREATE TABLE fact_places (
    fact BLOB    NOT NULL CHECK (length(fact) = 32),
    log  BLOB    NOT NULL CHECK (length(log) = 16),
    seq  INTEGER NOT NULL CHECK (seq >= 1),
    -- Of the entry.
    hash BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (fact, hash)
) STRICT, WITHOUT ROWID;

-- When something new of a log came last, an entry or a heartbeat, by the own clock, UTC ms: a
-- device that is silent for long rests.
CREATE TABLE heard (
    log BLOB    PRIMARY KEY CHECK (length(log) = 16),
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
