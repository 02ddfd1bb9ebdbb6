-- Projections of incidents: what is known of the act, exhibits with their hands, what was laid beside.

CREATE TABLE incident (
    no          TEXT PRIMARY KEY,
    idx         INTEGER NOT NULL,          -- the event whose items text and others are sealed
    at          INTEGER NOT NULL,
    title       TEXT NOT NULL,
    conduct     TEXT NOT NULL,
    secrets     TEXT NOT NULL,
    persons     TEXT NOT NULL,
    partners    TEXT NOT NULL,
    from_day    TEXT NOT NULL,
    until       TEXT NOT NULL,
    noticed     TEXT NOT NULL,
    act_idx     INTEGER NOT NULL,          -- the event that said so last
    outcome     TEXT,
    closed      TEXT,
    closed_idx  INTEGER
) STRICT;

CREATE TABLE incident_note (
    idx      INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    happened TEXT
) STRICT;
CREATE INDEX incident_note_of ON incident_note (incident);

CREATE TABLE incident_link (
    incident TEXT NOT NULL,
    thing    TEXT NOT NULL,
    idx      INTEGER NOT NULL,
    PRIMARY KEY (incident, thing)
) STRICT;

CREATE TABLE exhibit (
    incident TEXT NOT NULL,
    no       INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    item     TEXT NOT NULL,
    paper    INTEGER,
    bears    TEXT NOT NULL,
    dated    TEXT,
    happened TEXT NOT NULL,
    dropped  INTEGER,
    PRIMARY KEY (incident, no)
) STRICT;

CREATE TABLE handing (
    idx      INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    exhibit  INTEGER NOT NULL,
    happened TEXT NOT NULL
) STRICT;
CREATE INDEX handing_of ON handing (incident, exhibit);
