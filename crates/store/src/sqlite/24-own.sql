-- Projections of blind comparisons with other parties.

CREATE TABLE blind (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    side       TEXT NOT NULL,
    secrets    TEXT NOT NULL,            -- numbers, separated by commas
    partner    TEXT,
    own        INTEGER NOT NULL,
    theirs     INTEGER,
    guaranteed INTEGER NOT NULL,
    messages   TEXT NOT NULL,            -- SHA-256 in hex, separated by commas
    faults     INTEGER NOT NULL DEFAULT 0,
    ended_idx  INTEGER,
    found      INTEGER,
    report     TEXT
) STRICT;

-- Projection of the records of the company's own work.
CREATE TABLE work (
    no      TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    what    TEXT NOT NULL,
    secrets TEXT NOT NULL,               -- numbers, separated by commas
    after   TEXT,
    thread  TEXT,
    commits INTEGER NOT NULL,
    files   INTEGER NOT NULL,
    faults  INTEGER NOT NULL,
    first   TEXT,
    last    TEXT,
    chain   TEXT NOT NULL,
    report  TEXT NOT NULL
) STRICT;
