-- Projections of what letters bring about: tasks of a node, and which letters have had their effect.

CREATE TABLE task (
    no       TEXT PRIMARY KEY,
    idx      INTEGER NOT NULL,             -- the event that holds title, finding and advice
    link     TEXT NOT NULL,
    seq      INTEGER NOT NULL,             -- the letter that asked it
    sort     TEXT NOT NULL,
    theirs   TEXT,                         -- its number at the station
    theme    TEXT,
    grade    TEXT,
    happened TEXT NOT NULL,
    due      TEXT,
    state    TEXT NOT NULL,
    open     INTEGER NOT NULL,             -- whether something is still to be done here
    seen     INTEGER NOT NULL              -- how many words of the station on it came
) STRICT;
CREATE UNIQUE INDEX task_theirs ON task (link, theirs);
CREATE INDEX task_open ON task (open DESC, due, idx);

CREATE TABLE task_step (
    idx      INTEGER PRIMARY KEY,          -- the event that holds the note
    task     TEXT NOT NULL,
    ours     INTEGER NOT NULL,             -- whether this company said it
    said     TEXT NOT NULL,
    seq      INTEGER NOT NULL,             -- of the letter that carries it
    happened TEXT NOT NULL,
    due      TEXT
) STRICT;
CREATE INDEX task_step_of ON task_step (task);

-- Which of our entries a letter that was sent tells of.
CREATE TABLE carried (
    link  TEXT NOT NULL,
    entry INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (link, entry)
) STRICT, WITHOUT ROWID;

-- What came of letters that ask for more than to be read.
CREATE TABLE settled (
    link    TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    idx     INTEGER NOT NULL,
    about   TEXT,
    refused TEXT,                          -- why it had no effect
    PRIMARY KEY (link, seq)
) STRICT, WITHOUT ROWID;

-- Steps of a prescription that a company's node said itself.
ALTER TABLE prescription_step ADD COLUMN link TEXT;

-- Up to which letter of a link the vault has looked for effects. No event: looking again is harmless.
CREATE TABLE looked (
    link TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL
) STRICT;
