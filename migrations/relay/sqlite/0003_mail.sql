-- Letters to whoever follows something. Whose a row is stands nowhere but in its address.

CREATE TABLE mail (
    krets     INTEGER NOT NULL,
    key       BLOB NOT NULL, -- drawn for this order alone
    number    INTEGER NOT NULL, -- of the wish
    address   TEXT NOT NULL,
    due       INTEGER NOT NULL, -- 1: a hint of it was told since the last letter
    mailed_at INTEGER NOT NULL, -- seconds since 1970; 0: never
    PRIMARY KEY (krets, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_hints (
    krets INTEGER NOT NULL,
    hint  BLOB NOT NULL,
    key   BLOB NOT NULL,
    PRIMARY KEY (krets, hint, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_hints_of ON mail_hints (krets, key);
