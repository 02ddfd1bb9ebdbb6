-- Projections of comparisons, and of what people concluded of them.

CREATE TABLE comparison (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    what       TEXT NOT NULL,
    source     TEXT,
    secrets    TEXT NOT NULL,            -- numbers, separated by commas
    files      INTEGER NOT NULL,
    faults     INTEGER NOT NULL,
    figures    TEXT NOT NULL,
    report     TEXT NOT NULL
) STRICT;

CREATE TABLE conclusion (
    idx        INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    comparison TEXT NOT NULL,
    secret     TEXT NOT NULL,
    person     TEXT NOT NULL,
    sameness   TEXT NOT NULL
) STRICT;
CREATE INDEX conclusion_comparison ON conclusion (comparison);
