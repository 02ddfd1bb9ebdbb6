-- Projection: the newest filling of each document of a case. Can be thrown away and rebuilt.

CREATE TABLE case_document (
    casefile TEXT NOT NULL,
    item     TEXT NOT NULL,
    idx      INTEGER NOT NULL,             -- the event that holds what was filled in
    lang     TEXT NOT NULL,
    PRIMARY KEY (casefile, item)
) STRICT, WITHOUT ROWID;

-- The newest reckoning by each way of counting, and which counts.
CREATE TABLE case_reckoning (
    casefile TEXT NOT NULL,
    sheet    TEXT NOT NULL,
    method   TEXT NOT NULL,
    gives    TEXT NOT NULL,
    relied   INTEGER NOT NULL,
    idx      INTEGER NOT NULL,             -- the event that holds inputs and result
    PRIMARY KEY (casefile, sheet, method)
) STRICT, WITHOUT ROWID;
