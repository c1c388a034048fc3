-- What the user of this computer follows, and what has come of it since she looked. Private: it
-- is in no document, no log, no backup and nothing that is sent.

CREATE TABLE follows (
    -- Of a label, an area or a question.
    key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE news (
    -- Order of arrival.
    n     INTEGER PRIMARY KEY,
    -- Of the item that came.
    key   TEXT    NOT NULL UNIQUE,
    -- It was not here before.
    fresh INTEGER NOT NULL,
    -- The desktop has told that there is something.
    said  INTEGER NOT NULL
) STRICT;
