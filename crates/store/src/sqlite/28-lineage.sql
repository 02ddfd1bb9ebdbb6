-- Where secret points come from: merged into another, or split off one.

ALTER TABLE secret ADD COLUMN merged TEXT; -- into which one; `declassified` is its end then, too

CREATE TABLE lineage (
    idx        INTEGER PRIMARY KEY,
    how        TEXT NOT NULL,              -- merged, split
    source     TEXT NOT NULL,
    target     TEXT NOT NULL,
    statements TEXT NOT NULL,              -- old>new, separated by commas
    carriers   TEXT NOT NULL
) STRICT;
CREATE INDEX lineage_source ON lineage (source);
CREATE INDEX lineage_target ON lineage (target);
