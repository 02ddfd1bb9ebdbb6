-- Projections of organisations' desks: which request lies at whose, what was answered there, and
-- when to ask whether it helped. Each can be thrown away and rebuilt.

CREATE TABLE request_desk (
    request      TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    again        TEXT,                     -- when to ask whether the answer helped
    outcome      TEXT                      -- of the newest follow-up
) STRICT;
CREATE INDEX request_desk_of ON request_desk (organisation);
CREATE INDEX request_desk_again ON request_desk (again);

CREATE TABLE request_answer (
    idx          INTEGER PRIMARY KEY,      -- the event that holds the text
    request      TEXT NOT NULL,
    organisation TEXT NOT NULL,
    happened     TEXT NOT NULL
) STRICT;
CREATE INDEX request_answer_of ON request_answer (request);

CREATE TABLE request_follow (
    idx      INTEGER PRIMARY KEY,          -- the event that holds the note
    request  TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    happened TEXT NOT NULL
) STRICT;
CREATE INDEX request_follow_of ON request_follow (request);
