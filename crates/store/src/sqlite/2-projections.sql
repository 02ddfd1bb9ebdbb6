-- Projections: readings of the events in clear. Each can be thrown away and rebuilt.

CREATE TABLE about (
    subject TEXT   NOT NULL,
    idx     INTEGER NOT NULL,
    PRIMARY KEY (subject, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    letters TEXT   PRIMARY KEY,
    last    INTEGER NOT NULL
) STRICT;

CREATE TABLE node_card (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    name      TEXT NOT NULL,
    role      TEXT NOT NULL,
    origin    TEXT NOT NULL,
    log_key   TEXT NOT NULL,
    vault_key TEXT NOT NULL,
    shares    TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    post       TEXT,
    department TEXT,
    joined     TEXT
) STRICT;

CREATE TABLE partner (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,
    name     TEXT NOT NULL,
    relation TEXT NOT NULL,
    code     TEXT
) STRICT;

CREATE TABLE secret (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    title        TEXT NOT NULL,
    class        TEXT NOT NULL,
    form         TEXT,
    level        TEXT NOT NULL,
    level_rank   INTEGER NOT NULL,
    owner        TEXT,
    department   TEXT,
    review       TEXT,
    happened     TEXT,
    edition      INTEGER NOT NULL,
    declassified INTEGER,                  -- the event that did it
    origin_idx   INTEGER,                  -- the newest event that holds this remark
    public_idx   INTEGER,
    value_idx    INTEGER
) STRICT;
CREATE INDEX secret_owner ON secret (owner);

CREATE TABLE statement (
    secret    TEXT   NOT NULL,
    no        INTEGER NOT NULL,
    edition   INTEGER NOT NULL,
    idx       INTEGER NOT NULL,
    taken_back INTEGER,
    PRIMARY KEY (secret, no, edition)
) STRICT;

CREATE TABLE carrier (
    secret   TEXT   NOT NULL,
    no       INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    blob     TEXT   NOT NULL,
    size     INTEGER NOT NULL,
    sealed   TEXT   NOT NULL,
    media    TEXT   NOT NULL,
    happened TEXT,
    retired  INTEGER,
    PRIMARY KEY (secret, no)
) STRICT;

CREATE TABLE measure (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,
    item     TEXT NOT NULL,
    title    TEXT NOT NULL,
    detail   TEXT,
    from_day TEXT,
    until    TEXT,
    ended    TEXT,                        -- its last day when ended early; '' when no day was given
    ended_idx INTEGER
) STRICT;

CREATE TABLE measure_match (
    idx        INTEGER PRIMARY KEY,
    measure    TEXT NOT NULL,
    secret     TEXT NOT NULL,
    statements TEXT,
    why        TEXT
) STRICT;
CREATE INDEX measure_match_secret ON measure_match (secret);
CREATE INDEX measure_match_measure ON measure_match (measure);

CREATE TABLE clearance (
    idx      INTEGER PRIMARY KEY,
    person   TEXT NOT NULL,
    secret   TEXT NOT NULL,
    from_day TEXT,
    until    TEXT,
    why      TEXT,
    barred   TEXT,                        -- from this day; '' when no day was given
    barred_idx INTEGER
) STRICT;
CREATE INDEX clearance_secret ON clearance (secret);
CREATE INDEX clearance_person ON clearance (person);

CREATE TABLE agreement (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,
    partner  TEXT NOT NULL,
    title    TEXT NOT NULL,
    from_day TEXT,
    until    TEXT,
    secrets  TEXT
) STRICT;
CREATE INDEX agreement_partner ON agreement (partner);

CREATE TABLE paper (
    about    TEXT   NOT NULL,
    no       INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    blob     TEXT   NOT NULL,
    size     INTEGER NOT NULL,
    sealed   TEXT   NOT NULL,
    media    TEXT   NOT NULL,
    happened TEXT,
    PRIMARY KEY (about, no)
) STRICT;

CREATE TABLE disclosure (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    secret     TEXT NOT NULL,
    statements TEXT,
    carriers   TEXT NOT NULL,
    partner    TEXT NOT NULL,
    person     TEXT,
    happened   TEXT,
    purpose    TEXT NOT NULL,
    until      TEXT,
    agreement  TEXT,
    ending     TEXT,
    ended      TEXT,
    ended_idx  INTEGER
) STRICT;
CREATE INDEX disclosure_secret ON disclosure (secret);
CREATE INDEX disclosure_partner ON disclosure (partner);

CREATE TABLE witness (
    idx      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    key      TEXT NOT NULL,
    url      TEXT,
    relation TEXT NOT NULL,
    removed  INTEGER
) STRICT;

CREATE TABLE authority (
    idx      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    url      TEXT NOT NULL,
    roots    TEXT NOT NULL,
    relation TEXT NOT NULL,
    removed  INTEGER
) STRICT;

CREATE TABLE dossier (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    purpose  TEXT NOT NULL,
    secrets  TEXT NOT NULL,
    manifest TEXT NOT NULL,
    withheld TEXT NOT NULL
) STRICT;
