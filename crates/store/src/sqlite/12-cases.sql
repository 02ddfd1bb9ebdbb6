-- Projections of cases: what has happened, what is in the file. Each can be thrown away and rebuilt.

CREATE TABLE casefile (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,            -- the event that holds the text
    procedure TEXT NOT NULL,
    version   INTEGER NOT NULL,
    company   TEXT,
    title     TEXT NOT NULL,
    source    TEXT NOT NULL,
    happened  TEXT NOT NULL,
    unit      TEXT,                        -- the office in charge
    handler   INTEGER,                     -- the event that names the person in charge
    state     TEXT NOT NULL,               -- of the main track
    ended     TEXT,                        -- the day on which it ended
    changed   INTEGER NOT NULL             -- the last event about it
) STRICT;
CREATE INDEX casefile_company ON casefile (company);
CREATE INDEX casefile_changed ON casefile (changed);
CREATE INDEX casefile_open ON casefile (ended, idx);

CREATE TABLE case_step (
    idx       INTEGER PRIMARY KEY,         -- the event that holds the note
    casefile  TEXT NOT NULL,
    no        INTEGER NOT NULL,
    step      TEXT NOT NULL,
    role      TEXT NOT NULL,
    happened  TEXT NOT NULL,
    minute    INTEGER,
    planned   TEXT,
    withdrawn INTEGER                      -- the event that took it back
) STRICT;
CREATE INDEX case_step_of ON case_step (casefile, no);

CREATE TABLE case_item (
    casefile TEXT NOT NULL,
    item     TEXT NOT NULL,
    idx      INTEGER NOT NULL,
    paper    INTEGER,
    bears    TEXT NOT NULL,                -- words, separated by commas
    happened TEXT,
    why      TEXT,
    PRIMARY KEY (casefile, item)
) STRICT, WITHOUT ROWID;
