-- Projections of organisations and what one asks of another. Each can be thrown away and rebuilt.

CREATE TABLE organisation (
    no          TEXT PRIMARY KEY,
    idx         INTEGER NOT NULL,
    name        TEXT NOT NULL,
    sort        TEXT NOT NULL,
    area        TEXT,                      -- the park or street it looks after
    contact_idx INTEGER NOT NULL,          -- the newest event that may hold the contact
    ended       TEXT
) STRICT;
CREATE INDEX organisation_sort ON organisation (sort, name);

CREATE TABLE member (
    organisation TEXT NOT NULL,
    company      TEXT NOT NULL,
    idx          INTEGER NOT NULL,
    joined       TEXT NOT NULL,
    post         TEXT,
    PRIMARY KEY (organisation, company)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_company ON member (company);

CREATE TABLE assistance (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,            -- the event that holds the text
    asker     TEXT NOT NULL,
    asked     TEXT NOT NULL,
    escalated TEXT,                        -- the third organisation it went to
    sort      TEXT NOT NULL,
    title     TEXT NOT NULL,
    company   TEXT,
    casefile  TEXT,
    request   TEXT,
    follows   TEXT,
    happened  TEXT NOT NULL,
    due       TEXT NOT NULL,
    state     TEXT NOT NULL,
    received  TEXT,                        -- the day of the newest receipt
    reference TEXT,
    unit      TEXT,
    urgent    INTEGER NOT NULL,
    answer    TEXT,
    replied   TEXT,                        -- the day of the newest answer
    closed    TEXT,
    closing   TEXT
) STRICT;
CREATE INDEX assistance_state ON assistance (state, due);
CREATE INDEX assistance_asker ON assistance (asker);
CREATE INDEX assistance_asked ON assistance (asked);
CREATE INDEX assistance_escalated ON assistance (escalated);
CREATE INDEX assistance_company ON assistance (company);

CREATE TABLE assistance_reply (
    idx          INTEGER PRIMARY KEY,
    assistance   TEXT NOT NULL,
    organisation TEXT NOT NULL,
    answer       TEXT NOT NULL,
    happened     TEXT NOT NULL
) STRICT;
CREATE INDEX assistance_reply_of ON assistance_reply (assistance);
