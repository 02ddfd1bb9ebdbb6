-- Answers to controls: what papers may be added to, and what was taken back. What controls come to is
-- read from the events themselves.

CREATE TABLE answer (
    no      TEXT PRIMARY KEY,
    idx     INTEGER NOT NULL,
    control TEXT NOT NULL,
    withdrawn INTEGER                      -- the event that took it back
) STRICT;
