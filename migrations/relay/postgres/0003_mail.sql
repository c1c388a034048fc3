-- Letters to whoever follows something. Whose a row is stands nowhere but in its address.

CREATE TABLE mail (
    krets     BIGINT NOT NULL,
    key       BYTEA NOT NULL, -- drawn for this order alone
    number    BIGINT NOT NULL, -- of the wish
    address   TEXT NOT NULL,
    due       BIGINT NOT NULL, -- 1: a hint of it was told since the last letter
    mailed_at BIGINT NOT NULL, -- seconds since 1970; 0: never
    PRIMARY KEY (krets, key)
);

CREATE TABLE mail_hints (
    krets BIGINT NOT NULL,
    hint  BYTEA NOT NULL,
    key   BYTEA NOT NULL,
    PRIMARY KEY (krets, hint, key)
);

CREATE INDEX mail_hints_of ON mail_hints (krets, key);
