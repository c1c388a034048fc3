-- Tokens for anonymous posts. No table here, and no two together, says who gave which entry.

-- The RSA key that a krets' tokens are signed with, PKCS #8. The first one stays.
CREATE TABLE issuers (
    krets BIGINT PRIMARY KEY,
    key   BYTEA NOT NULL
);

-- For which week a device has had its tokens. Every device has them each week, used or not.
CREATE TABLE issued (
    krets   BIGINT NOT NULL,
    device  BYTEA NOT NULL, -- relay key
    week    BIGINT NOT NULL, -- since 1970
    request BYTEA NOT NULL, -- hash of what was blinded: the same may be asked again
    PRIMARY KEY (krets, device)
);

-- Tokens that have paid for an entry.
CREATE TABLE spent (
    krets BIGINT NOT NULL,
    token BYTEA NOT NULL,
    entry BYTEA NOT NULL,
    PRIMARY KEY (krets, token)
);
