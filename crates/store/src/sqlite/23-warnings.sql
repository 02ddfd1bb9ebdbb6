-- Projections of early warning: rules with their scores, alerts. Each can be thrown away and rebuilt.

CREATE TABLE rule (
    rule       TEXT PRIMARY KEY,
    scored_idx INTEGER,                    -- the event that holds the score
    version    TEXT,                       -- what of the rule was scored
    score      TEXT,                       -- the score's digest
    running    TEXT,                       -- what of the rule is on
    switched   INTEGER                     -- the event that switched it last
) STRICT;

CREATE TABLE warning (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,           -- the event that raised it
    at         INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    version    TEXT NOT NULL,
    matter     TEXT NOT NULL,
    figures    TEXT NOT NULL,              -- one for each count of the rule, separated by commas
    counted    TEXT NOT NULL,              -- numbers, separated by commas
    companies  INTEGER NOT NULL,
    due        TEXT NOT NULL,
    unit       TEXT,                       -- who sees to it
    useful     INTEGER,
    closed     TEXT,
    closed_idx INTEGER,
    why        TEXT
) STRICT;
CREATE INDEX warning_open ON warning (closed, due, idx);
CREATE INDEX warning_matter ON warning (rule, matter, closed);

CREATE TABLE warning_company (
    warning TEXT NOT NULL,
    company TEXT NOT NULL,
    place   INTEGER NOT NULL,              -- whom to look at first
    PRIMARY KEY (warning, company)
) STRICT, WITHOUT ROWID;
CREATE INDEX warning_company_of ON warning_company (company);

-- The organisation that a case is against.
ALTER TABLE casefile ADD COLUMN respondent TEXT;
