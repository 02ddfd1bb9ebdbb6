-- Projections of inventories, and of what became of their proposals.

CREATE TABLE inventory (
    no          TEXT PRIMARY KEY,
    idx         INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    what        TEXT,
    partial     INTEGER NOT NULL,
    files       INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    faults      INTEGER NOT NULL,
    proposals   INTEGER NOT NULL,
    adjustments INTEGER NOT NULL,
    rules       TEXT NOT NULL,
    manifest    TEXT NOT NULL,
    report      TEXT NOT NULL
) STRICT;

CREATE TABLE proposal (
    inventory TEXT NOT NULL,
    no        INTEGER NOT NULL,
    idx       INTEGER NOT NULL,          -- the newest decision
    at        INTEGER NOT NULL,
    answer    TEXT NOT NULL,
    secret    TEXT,
    reason    TEXT,
    PRIMARY KEY (inventory, no)
) STRICT;
