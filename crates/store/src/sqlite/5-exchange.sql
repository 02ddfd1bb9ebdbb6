-- Projections of the exchange between a node and its station; and, in the last two tables, what is
-- known of the other side, which no event holds: it comes again with the next bundle.

CREATE TABLE link (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    link      TEXT NOT NULL UNIQUE,        -- the name on both sides, hex
    state     TEXT NOT NULL,
    one_time  TEXT,                        -- the key of the invitation
    until     TEXT,
    company   TEXT,
    name      TEXT,                        -- the other side
    key       TEXT,
    recipient TEXT,
    witness   TEXT,
    url       TEXT,
    joined_at INTEGER
) STRICT;
CREATE INDEX link_company ON link (company);

CREATE TABLE letter (
    link   TEXT NOT NULL,
    way    TEXT NOT NULL,                  -- in or out
    seq    INTEGER NOT NULL,
    idx    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    digest TEXT NOT NULL,
    size   INTEGER NOT NULL,
    sort   TEXT,                           -- of a received one: known once it was opened
    opened INTEGER NOT NULL,               -- how often it was read
    PRIMARY KEY (link, way, seq)
) STRICT;
CREATE INDEX letter_idx ON letter (idx);
CREATE INDEX letter_unread ON letter (way, opened, link);

CREATE TABLE peer (
    link      TEXT PRIMARY KEY,
    next      INTEGER NOT NULL,            -- the letter that the other side expects
    receipted INTEGER NOT NULL,            -- it holds receipts up to this one of its letters
    cosigned  INTEGER NOT NULL,            -- the size of our log that it cosigned last
    witnessed INTEGER NOT NULL,            -- the size of its log that we cosigned last
    line      TEXT,                        -- our cosignature over that
    at        INTEGER NOT NULL             -- when it was last heard of
) STRICT;

CREATE TABLE receipt (
    link  TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    proof TEXT NOT NULL,                   -- JSON: event and tlog-proof
    leaf  INTEGER NOT NULL,                -- its place in the other side's ledger
    at    INTEGER NOT NULL,                -- when the other side received the letter
    PRIMARY KEY (link, seq)
) STRICT;
