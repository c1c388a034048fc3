-- Disposable tables: dropped and rebuilt from docs.value when this file's hash changes.
-- The search tables are made by crates/store/src/search/table.rs in one of two slots, so
-- that an old index can answer while a new one is built.

CREATE TABLE items (
    n           INTEGER PRIMARY KEY,
    key         TEXT    NOT NULL UNIQUE,
    kind        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    sort_key    BLOB    NOT NULL,
    owner       TEXT    NOT NULL,
    area        TEXT    NOT NULL,
    parent      TEXT    NOT NULL,
    review_on   TEXT    NOT NULL,
    archived    INTEGER NOT NULL,
    merged_into TEXT    NOT NULL,
    -- Several people wrote the same field and nobody has chosen yet.
    voices      INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX items_by_kind ON items (kind, archived, sort_key);
CREATE INDEX items_by_parent ON items (parent) WHERE parent != '';
CREATE INDEX items_by_area ON items (area, kind) WHERE area != '';
CREATE INDEX items_by_review ON items (review_on) WHERE review_on != '';
CREATE INDEX items_by_update ON items (updated_at);
CREATE INDEX items_by_merge ON items (merged_into) WHERE merged_into != '';

-- What search keeps of the items in memory is read anew when this is another number. Items that
-- come under the next number are read beside it. The one table that is not dropped: no number may
-- be met twice, and nothing here may tell one computer from another.
CREATE TABLE IF NOT EXISTS items_moved (version INTEGER NOT NULL) STRICT;
INSERT INTO items_moved (version) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM items_moved);
UPDATE items_moved SET version = version + 1;
CREATE TRIGGER item_moved BEFORE INSERT ON items
WHEN NEW.n <= (SELECT max(n) FROM items) AND NOT EXISTS (
    SELECT 1 FROM items WHERE n = NEW.n AND key = NEW.key AND kind = NEW.kind
        AND parent = NEW.parent AND archived = NEW.archived)
BEGIN
    UPDATE items_moved SET version = version + 1;
END;
CREATE TRIGGER item_gone AFTER DELETE ON items
BEGIN
    UPDATE items_moved SET version = version + 1;
END;

CREATE TABLE item_labels (
    label TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (label, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_labels_by_item ON item_labels (n);

CREATE TABLE links (
    n        INTEGER NOT NULL,
    relation TEXT    NOT NULL,
    target   TEXT    NOT NULL,
    PRIMARY KEY (n, relation, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target, relation);

CREATE TABLE experience (
    n     INTEGER NOT NULL,
    entry TEXT    NOT NULL,
    area  TEXT    NOT NULL,
    level TEXT    NOT NULL,
    year  INTEGER,
    PRIMARY KEY (n, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX experience_by_area ON experience (area);

CREATE TABLE responsibility (
    n            INTEGER PRIMARY KEY,
    area         TEXT NOT NULL,
    municipality TEXT NOT NULL,
    kind         TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    member       TEXT NOT NULL
) STRICT;
CREATE INDEX responsibility_by_area ON responsibility (area);

CREATE TABLE questions (
    n      INTEGER PRIMARY KEY,
    form   TEXT    NOT NULL,
    -- Whoever asked has what she needs.
    clear  INTEGER NOT NULL,
    parked TEXT    NOT NULL,
    asked  TEXT    NOT NULL
) STRICT;
CREATE INDEX questions_by_clear ON questions (clear);
CREATE INDEX questions_by_parked ON questions (parked) WHERE parked != '';
CREATE INDEX questions_by_form ON questions (form) WHERE form = 'second_eyes';
