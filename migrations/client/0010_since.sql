-- What others wrote since the window was last looked at, for *Sedan sist*. Private: it is in no
-- document, no log, no backup and nothing that is sent. A look empties it, unless the reader
-- comes back after weeks: then it stays, and grows, until she has read.

CREATE TABLE since (
    -- Order of arrival.
    n     INTEGER PRIMARY KEY,
    -- Of the item that came.
    key   TEXT    NOT NULL UNIQUE,
    -- What it stood on before, 32 bytes for each head; none when it was not here.
    heads BLOB
) STRICT;
