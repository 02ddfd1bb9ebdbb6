-- Projections of the one-to-one programme: what procurements came to, firms engaged for companies,
-- their plans, work and payments, and whom a firm must keep away from. Each can be thrown away and
-- rebuilt.

CREATE TABLE procurement (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,
    title     TEXT NOT NULL,
    reference TEXT NOT NULL,
    happened  TEXT NOT NULL,               -- the day of the award
    criteria  TEXT NOT NULL,               -- name=points, one a line
    scores    TEXT NOT NULL,               -- number=points in hundredths, one a line
    awarded   TEXT NOT NULL,               -- numbers, separated by commas
    contract  TEXT,
    amount    INTEGER NOT NULL,            -- fen
    from_day  TEXT NOT NULL,
    until     TEXT NOT NULL
) STRICT;

CREATE TABLE engagement (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    company      TEXT NOT NULL,
    procurement  TEXT,
    title        TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    until        TEXT NOT NULL,
    pilot        INTEGER NOT NULL,
    declared     TEXT NOT NULL,
    ended        TEXT,
    ending       TEXT,
    mark         INTEGER                   -- the newest
) STRICT;
CREATE INDEX engagement_organisation ON engagement (organisation, ended);
CREATE INDEX engagement_company ON engagement (company);

CREATE TABLE engagement_item (
    engagement TEXT NOT NULL,
    no         INTEGER NOT NULL,
    sort       TEXT NOT NULL,
    title      TEXT NOT NULL,
    due        TEXT NOT NULL,
    amount     INTEGER NOT NULL,           -- of a payment, in fen
    after      INTEGER,
    delivered  TEXT,
    note_idx   INTEGER,                    -- the event that says what was handed in
    accepted   TEXT,                       -- or paid
    refused    TEXT,
    PRIMARY KEY (engagement, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_item_due ON engagement_item (accepted, due);

CREATE TABLE engagement_log (
    idx        INTEGER PRIMARY KEY,        -- the event that holds the note
    engagement TEXT NOT NULL,
    item       INTEGER,
    happened   TEXT NOT NULL,
    minutes    INTEGER NOT NULL,
    what       TEXT NOT NULL
) STRICT;
CREATE INDEX engagement_log_of ON engagement_log (engagement);

CREATE TABLE engagement_rating (
    idx        INTEGER PRIMARY KEY,        -- the event that holds the note
    engagement TEXT NOT NULL,
    mark       INTEGER NOT NULL,
    happened   TEXT NOT NULL
) STRICT;
CREATE INDEX engagement_rating_of ON engagement_rating (engagement);

CREATE TABLE firm_conflict (
    idx          INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    company      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    casefile     TEXT,
    until        TEXT,
    why          TEXT,
    cleared      TEXT
) STRICT;
CREATE INDEX firm_conflict_of ON firm_conflict (organisation, company);
