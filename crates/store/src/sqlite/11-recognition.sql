-- Projections of recognition: applications, evidence, reviews, objections, checks. Each can be thrown
-- away and rebuilt.

CREATE TABLE recognition (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,         -- the event that holds the statement
    company      TEXT NOT NULL,
    scheme       TEXT NOT NULL,            -- with its edition
    layer        TEXT NOT NULL,            -- the scheme without its edition
    under        TEXT,                     -- the recognition it stands under
    source       TEXT,
    happened     TEXT NOT NULL,
    state        TEXT NOT NULL,
    experts      TEXT NOT NULL,            -- numbers, separated by commas
    due          TEXT,
    visit        TEXT,
    marks        TEXT NOT NULL,            -- agreed on: criterion=points, separated by commas
    bars         TEXT NOT NULL,
    score        INTEGER,                  -- in tenths of a point
    agreed       TEXT,
    agreed_why   TEXT,
    notice_from  TEXT,
    notice_until TEXT,
    awarded      TEXT,
    until        TEXT,
    check_day    TEXT,
    code         TEXT,
    ended        TEXT,
    how          TEXT
) STRICT;
CREATE INDEX recognition_company ON recognition (company, layer);
CREATE INDEX recognition_layer ON recognition (layer, state, idx);
CREATE INDEX recognition_state ON recognition (state, idx);
CREATE INDEX recognition_under ON recognition (under);
CREATE UNIQUE INDEX recognition_code ON recognition (code);

CREATE TABLE recognition_evidence (
    idx         INTEGER PRIMARY KEY,       -- the event that holds the note
    recognition TEXT NOT NULL,
    criterion   TEXT NOT NULL,
    papers      TEXT NOT NULL,
    entry       INTEGER,
    log         TEXT
) STRICT;
CREATE INDEX recognition_evidence_of ON recognition_evidence (recognition);

CREATE TABLE recognition_review (
    idx         INTEGER PRIMARY KEY,       -- the event that holds the note
    recognition TEXT NOT NULL,
    expert      TEXT NOT NULL,
    marks       TEXT NOT NULL,
    bars        TEXT NOT NULL,
    score       INTEGER NOT NULL,
    happened    TEXT NOT NULL
) STRICT;
CREATE INDEX recognition_review_of ON recognition_review (recognition);

CREATE TABLE objection (
    recognition TEXT NOT NULL,
    no          INTEGER NOT NULL,
    idx         INTEGER NOT NULL,          -- the event that holds name and text
    happened    TEXT NOT NULL,
    upheld      INTEGER,
    answered    TEXT,
    why         TEXT,
    PRIMARY KEY (recognition, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE recognition_check (
    idx         INTEGER PRIMARY KEY,
    recognition TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    happened    TEXT NOT NULL,
    next        TEXT NOT NULL,
    why         TEXT
) STRICT;
CREATE INDEX recognition_check_of ON recognition_check (recognition);
