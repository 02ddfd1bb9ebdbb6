-- What companies filed of themselves: on a node what it filed, on a station what came. The content is
-- sealed in the event; here is only what stays when it is forgotten.

CREATE TABLE profile (
    link    TEXT NOT NULL,
    seq     INTEGER NOT NULL,              -- the letter that carries it
    idx     INTEGER NOT NULL,              -- the event that holds the content
    company TEXT,                          -- on a station
    day     TEXT NOT NULL,
    fields  TEXT NOT NULL,                 -- words, separated by commas
    entries INTEGER NOT NULL,              -- of its ledger, shown and checked
    size    INTEGER NOT NULL,
    newest  INTEGER NOT NULL,              -- whether no later one came on the link
    ended   INTEGER,                       -- the event that took it back, or forgot it
    PRIMARY KEY (link, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_company ON profile (company, newest, ended);

-- Up to which letter of a link what was filed is forgotten.
CREATE TABLE profile_forgotten (
    link TEXT NOT NULL,
    seq  INTEGER NOT NULL,
    idx  INTEGER NOT NULL,
    PRIMARY KEY (link, seq)
) STRICT, WITHOUT ROWID;
