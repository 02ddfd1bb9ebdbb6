-- Marked copies: batches, their copies, and what turned up.

CREATE TABLE batch (
    no      TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    secret  TEXT NOT NULL,
    carrier INTEGER NOT NULL,
    seed    TEXT NOT NULL,
    plan    TEXT NOT NULL,
    sites   INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    until   TEXT,
    notice  TEXT,
    program TEXT NOT NULL
) STRICT;
CREATE INDEX batch_secret ON batch (secret);

CREATE TABLE copy (
    no           TEXT PRIMARY KEY,
    place        INTEGER NOT NULL,         -- its count, for the order
    batch        TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    idx          INTEGER,                  -- the event by which it was made
    at           INTEGER,
    chosen       TEXT,
    nonce        TEXT,
    beacon       TEXT,
    file         TEXT,
    size         INTEGER,
    received     TEXT,                     -- the day; '' when no day was given
    received_idx INTEGER,
    ending       TEXT,
    ended        TEXT,
    ended_idx    INTEGER,
    recalled     TEXT,                     -- to be back by this day; '' when no day was given
    recalled_idx INTEGER
) STRICT;
CREATE INDEX copy_batch ON copy (batch, place);
CREATE INDEX copy_recipient ON copy (recipient);

CREATE TABLE find (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    batches    TEXT NOT NULL,
    live       TEXT NOT NULL,
    source     TEXT NOT NULL,
    named      TEXT,
    epsilon    TEXT,
    among      INTEGER,
    report     TEXT,
    traced_idx INTEGER
) STRICT;
