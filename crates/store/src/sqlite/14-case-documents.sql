-- Projection: the newest filling of each document of a case. Can be thrown away and rebuilt.

CREATE TABLE case_document (
    casefile TEXT NOT NULL,
    item     TEXT NOT NULL,
    idx      INTEGER NOT NULL,             -- the event that holds what was filled in
    lang     TEXT NOT NULL,
    PRIMARY KEY (casefile, item)
) STRICT, WITHOUT ROWID;
