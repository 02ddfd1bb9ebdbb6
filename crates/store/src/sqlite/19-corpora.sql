-- Projections of public corpora, and of what secret points were looked for in them.

CREATE TABLE corpus (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    name         TEXT NOT NULL,
    sort         TEXT NOT NULL,
    source       TEXT,
    day          TEXT,
    files        INTEGER NOT NULL,
    faults       INTEGER NOT NULL,
    documents    INTEGER NOT NULL,
    undated      INTEGER NOT NULL,
    first        TEXT,
    last         TEXT,
    bytes        INTEGER NOT NULL,
    fingerprints INTEGER NOT NULL,
    guaranteed   INTEGER NOT NULL,
    manifest     TEXT NOT NULL,
    digest       TEXT NOT NULL,
    removed_idx  INTEGER
) STRICT;

CREATE TABLE public_check (
    no        TEXT PRIMARY KEY,
    idx       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    secret    TEXT NOT NULL,
    day       TEXT,
    corpora   TEXT NOT NULL,             -- numbers, separated by commas
    documents INTEGER NOT NULL,
    parts     INTEGER NOT NULL,
    found     INTEGER NOT NULL,
    earlier   INTEGER NOT NULL,
    leads     INTEGER NOT NULL,
    report    TEXT NOT NULL
) STRICT;
CREATE INDEX public_check_secret ON public_check (secret);
