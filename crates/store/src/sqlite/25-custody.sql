-- Legal holds, and what was destroyed.

CREATE TABLE hold (
    thing  TEXT NOT NULL,                  -- a person or a secret point
    no     INTEGER NOT NULL,
    idx    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    ground TEXT,                           -- the incident or case for which it is kept
    why    TEXT NOT NULL,
    lifted INTEGER,                        -- the event that lifted it
    PRIMARY KEY (thing, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_ground ON hold (ground);

CREATE TABLE erasure (
    thing TEXT PRIMARY KEY,
    idx   INTEGER NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the ledger says is destroyed and is not yet gone from the disk: a list of work, no projection.
-- Written with the event, removed when all is gone; what a crash leaves is done at the next opening.
CREATE TABLE erasing (
    thing TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
