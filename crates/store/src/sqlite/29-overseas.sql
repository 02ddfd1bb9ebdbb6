-- Projections of going abroad: pre-judgements, and answers before material leaves China.

CREATE TABLE assessment (
    no      TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    product TEXT NOT NULL,
    markets TEXT NOT NULL,               -- names of countries, separated by commas
    answers TEXT NOT NULL,               -- question:choice, separated by commas
    risks   TEXT NOT NULL,
    guides  TEXT NOT NULL,               -- country@edition
    edition INTEGER NOT NULL
) STRICT;

CREATE TABLE export (
    no      TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    secrets TEXT NOT NULL,               -- numbers, separated by commas
    dest    TEXT NOT NULL,               -- to whom and where
    answers TEXT NOT NULL,               -- question:choice, separated by commas
    proofs  TEXT NOT NULL,               -- question:paper, one a line
    edition INTEGER NOT NULL,
    clear   INTEGER NOT NULL
) STRICT;

-- The newest answers on each secret point decide.
CREATE TABLE export_secret (
    secret TEXT PRIMARY KEY,
    export TEXT NOT NULL,
    clear  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
