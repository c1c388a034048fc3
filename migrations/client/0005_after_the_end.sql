-- Changes of entries that somebody wrote after her end and that are kept aside. They count when
-- somebody who belongs has built on them before she knew.
CREATE TABLE aside_changes (
    change BLOB    NOT NULL CHECK (length(change) = 32),
    n      INTEGER NOT NULL REFERENCES entries (n),
    PRIMARY KEY (change, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX aside_changes_by_entry ON aside_changes (n);
