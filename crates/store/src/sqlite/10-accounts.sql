-- Accounts; and the sessions of the pages, which no event holds: they end with the program.

CREATE TABLE account (
    no          TEXT PRIMARY KEY,
    idx         INTEGER NOT NULL,          -- the event that holds the name
    at          INTEGER NOT NULL,
    role        TEXT NOT NULL,
    holder      TEXT,                      -- a person, or an expert
    secrets     TEXT,                      -- the chosen secret points, separated by commas
    until       TEXT,
    password    TEXT,                      -- how it came to its password
    password_at INTEGER,
    closed_idx  INTEGER
) STRICT;

CREATE TABLE session (
    id      TEXT PRIMARY KEY,              -- a name for people; it opens nothing
    account TEXT,                          -- null for the passphrase of the node
    begun   INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    address TEXT NOT NULL,
    ended   INTEGER
) STRICT;
CREATE INDEX session_account ON session (account, ended);

-- Whether an entry is about something that an account may not see.
CREATE INDEX about_idx ON about (idx);
