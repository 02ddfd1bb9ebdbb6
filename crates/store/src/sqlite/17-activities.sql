-- Projections of a station's activities. Each can be thrown away and rebuilt.

CREATE TABLE activity (
    no            TEXT PRIMARY KEY,
    idx           INTEGER NOT NULL,
    title         TEXT NOT NULL,
    series        TEXT,
    theme         TEXT NOT NULL,
    day           TEXT NOT NULL,
    from_minute   INTEGER NOT NULL,
    until_minute  INTEGER NOT NULL,
    place         TEXT NOT NULL,
    seats         INTEGER NOT NULL,        -- 0 for any number
    closes        TEXT NOT NULL,
    keep          INTEGER NOT NULL,        -- days after it
    open          INTEGER NOT NULL,        -- to the public
    summary       TEXT NOT NULL,
    state         TEXT NOT NULL,
    moved_idx     INTEGER,                 -- the event that said the newest time and place
    cancelled_idx INTEGER,
    why           TEXT,                    -- it was cancelled
    invited       INTEGER NOT NULL,
    registered    INTEGER NOT NULL,        -- that stand
    registrations INTEGER NOT NULL,        -- ever
    came          INTEGER NOT NULL,
    questions     INTEGER NOT NULL,
    answered      INTEGER NOT NULL,
    rated         INTEGER NOT NULL,
    marks         INTEGER NOT NULL         -- their sum
) STRICT;
CREATE INDEX activity_day ON activity (day, from_minute);
CREATE INDEX activity_state ON activity (state, day);

CREATE TABLE invited (
    activity TEXT NOT NULL,
    company  TEXT NOT NULL,
    idx      INTEGER NOT NULL,             -- the event that invited it first
    PRIMARY KEY (activity, company)
) STRICT, WITHOUT ROWID;
CREATE INDEX invited_company ON invited (company);

CREATE TABLE registration (
    activity  TEXT NOT NULL,
    no        INTEGER NOT NULL,
    idx       INTEGER NOT NULL,            -- the event that holds name, contact and organisation
    at        INTEGER NOT NULL,
    company   TEXT,
    channel   TEXT NOT NULL,
    ticket    TEXT NOT NULL,               -- SHA-256 of the code, hex
    withdrawn INTEGER NOT NULL,
    came_at   INTEGER,
    mark      INTEGER,
    rated_idx INTEGER,
    erased    INTEGER NOT NULL,
    PRIMARY KEY (activity, no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX registration_ticket ON registration (ticket);
CREATE INDEX registration_company ON registration (company);

CREATE TABLE activity_question (
    activity     TEXT NOT NULL,
    no           INTEGER NOT NULL,
    idx          INTEGER NOT NULL,         -- the event that holds the text
    registration INTEGER,
    answer_idx   INTEGER,
    expert       TEXT,
    shown        INTEGER NOT NULL,
    PRIMARY KEY (activity, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE material (
    idx      INTEGER PRIMARY KEY,
    activity TEXT NOT NULL,
    title    TEXT NOT NULL,
    url      TEXT NOT NULL
) STRICT;
CREATE INDEX material_of ON material (activity);
