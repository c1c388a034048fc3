-- Without a name one can also say a word later about what one has written, and take it away.
CREATE TABLE anonymous_acts (
    n          INTEGER PRIMARY KEY,
    act        TEXT    NOT NULL CHECK (act IN ('write', 'change', 'erase')),
    item       BLOB    NOT NULL CHECK (length(item) = 16),
    question   BLOB    NOT NULL REFERENCES anonymous_threads (question),
    key        TEXT    NOT NULL,
    said       TEXT    NOT NULL, -- JSON: edits, or why it is erased; empty when it has come back
    release_at INTEGER NOT NULL, -- UTC ms; not sealed before
    entry      BLOB,             -- hash of the sealed entry
    post       BLOB              -- what the relay is given, always the same bytes
) STRICT;

INSERT INTO anonymous_acts (n, act, item, question, key, said, release_at, entry, post)
SELECT n, 'write', item, question, key, edits, release_at, entry, post FROM anonymous_posts;

DROP TABLE anonymous_posts;
