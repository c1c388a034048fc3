-- Tokens for anonymous posts. No table here, and no two together, says who gave which entry.

-- The RSA key that a krets' tokens are signed with, PKCS #8. The first one stays.
CREATE TABLE issuers (
    krets INTEGER PRIMARY KEY,
    key   BLOB NOT NULL
) STRICT;

-- For which week a device has had its tokens. Every device has them each week, used or not.
CREATE TABLE issued (
    krets   INTEGER NOT NULL,
    device  BLOB NOT NULL, -- relay key
    week    INTEGER NOT NULL, -- since 1970
    request BLOB NOT NULL, -- hash of what was blinded: the same may be asked again
    PRIMARY KEY (krets, device)
) STRICT, WITHOUT ROWID;

-- Tokens that have paid for an entry.
CREATE TABLE spent (
    krets INTEGER NOT NULL,
    token BLOB NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (krets, token)
) STRICT, WITHOUT ROWID;
