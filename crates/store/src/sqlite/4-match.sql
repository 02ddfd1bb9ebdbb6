-- Projections of looking for secret points: sweeps, and what was asked to leave. Each can be thrown
-- away and rebuilt.

CREATE TABLE sweep (
    no         TEXT PRIMARY KEY,
    idx        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    what       TEXT NOT NULL,
    partial    INTEGER NOT NULL,
    files      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    faults     INTEGER NOT NULL,
    hits       INTEGER NOT NULL,
    secrets    TEXT NOT NULL,            -- numbers, separated by commas
    guaranteed INTEGER NOT NULL,
    manifest   TEXT NOT NULL,
    report     TEXT NOT NULL
) STRICT;

CREATE TABLE release (
    no          TEXT PRIMARY KEY,
    idx         INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    what        TEXT NOT NULL,
    destination TEXT,
    verdict     TEXT NOT NULL,
    files       INTEGER NOT NULL,
    faults      INTEGER NOT NULL,
    secrets     TEXT NOT NULL,
    approvers   TEXT NOT NULL,
    approved    TEXT NOT NULL,           -- who has approved, separated by commas
    refused_idx INTEGER,
    guaranteed  INTEGER NOT NULL,
    manifest    TEXT NOT NULL,
    report      TEXT NOT NULL
) STRICT;
CREATE INDEX release_manifest ON release (manifest);
