-- Projections of a station's workstation: experts, requests, visits, prescriptions. Each can be
-- thrown away and rebuilt.

CREATE TABLE expert (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,         -- the event that holds name and contact
    fields       TEXT NOT NULL,            -- words, separated by commas
    organisation TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    until        TEXT,
    ended        TEXT
) STRICT;

CREATE TABLE conflict (
    expert  TEXT NOT NULL,
    company TEXT NOT NULL,
    idx     INTEGER NOT NULL,
    why     TEXT,
    PRIMARY KEY (expert, company)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_company ON conflict (company);

CREATE TABLE request (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,             -- the event that holds the text
    company  TEXT NOT NULL,
    channel  TEXT NOT NULL,
    theme    TEXT NOT NULL,
    title    TEXT NOT NULL,
    happened TEXT NOT NULL,
    due      TEXT NOT NULL,
    urgent   INTEGER NOT NULL,
    expert   TEXT,                         -- to whom it was routed last
    body     TEXT,
    state    TEXT NOT NULL,
    replied  TEXT,                         -- the day of the first reply
    closed   TEXT,
    closing  TEXT
) STRICT;
CREATE INDEX request_company ON request (company);
CREATE INDEX request_expert ON request (expert, state);
CREATE INDEX request_state ON request (state, urgent, due);

CREATE TABLE reply (
    idx      INTEGER PRIMARY KEY,
    request  TEXT NOT NULL,
    expert   TEXT,
    happened TEXT NOT NULL
) STRICT;
CREATE INDEX reply_request ON reply (request);

CREATE TABLE visit (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,
    company   TEXT NOT NULL,
    day       TEXT NOT NULL,               -- as planned, then as it was
    title     TEXT NOT NULL,
    checklist TEXT NOT NULL,
    request   TEXT,
    follows   TEXT,                        -- the visit that this one follows up
    state     TEXT NOT NULL,
    marks     TEXT NOT NULL,               -- point=mark, separated by commas
    made_idx  INTEGER                      -- the event that holds the note
) STRICT;
CREATE INDEX visit_company ON visit (company);
CREATE INDEX visit_state ON visit (state, day);

CREATE TABLE visit_expert (
    visit  TEXT NOT NULL,
    expert TEXT NOT NULL,
    PRIMARY KEY (visit, expert)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_expert_expert ON visit_expert (expert);

CREATE TABLE prescription (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,             -- the event that holds finding and advice
    company  TEXT NOT NULL,
    visit    TEXT NOT NULL,
    point    TEXT NOT NULL,
    theme    TEXT NOT NULL,
    grade    TEXT NOT NULL,
    rank     INTEGER NOT NULL,             -- of the grade, the gravest first
    happened TEXT NOT NULL,
    due      TEXT NOT NULL,
    state    TEXT NOT NULL,
    reviewed TEXT                          -- the day of the last look
) STRICT;
CREATE INDEX prescription_company ON prescription (company);
CREATE INDEX prescription_visit ON prescription (visit);
CREATE INDEX prescription_state ON prescription (state, due);

CREATE TABLE prescription_step (
    idx          INTEGER PRIMARY KEY,
    prescription TEXT NOT NULL,
    word         TEXT NOT NULL,            -- of a pace or a verdict
    happened     TEXT NOT NULL,
    visit        TEXT,
    due          TEXT
) STRICT;
CREATE INDEX prescription_step_of ON prescription_step (prescription);

-- Whom to serve first, without sorting the whole directory.
CREATE INDEX company_weight ON company (weight DESC, name, idx);
