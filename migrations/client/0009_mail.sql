-- Own items that were given and that those who wait for letters have not been told of. Private,
-- and empty where nobody is told.

CREATE TABLE untold (
    item BLOB    PRIMARY KEY CHECK (length(item) = 16),
    -- The newest own entry about it.
    log  BLOB    NOT NULL CHECK (length(log) = 16),
    seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
