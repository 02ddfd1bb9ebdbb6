-- The journal: what has happened, and what proves it. Nothing here is ever updated, but for
-- envelopes and keys, which erasure deletes.

CREATE TABLE event (
    idx     INTEGER PRIMARY KEY,
    kind    TEXT   NOT NULL,
    at      INTEGER NOT NULL,              -- received: milliseconds since 1970, UTC
    leaf    BLOB   NOT NULL,              -- RFC 6962 leaf hash
    digests BLOB   NOT NULL,              -- 32 bytes for each item, in the kind's order
    plain   TEXT   NOT NULL               -- texts of the items in clear, one a line; a blank line for a sealed one
) STRICT;

-- Sealed items: secret under a secret point's key, personal under a person's.
CREATE TABLE envelope (
    idx    INTEGER NOT NULL,
    slot   INTEGER NOT NULL,
    key_id TEXT   NOT NULL,
    sealed BLOB   NOT NULL,
    PRIMARY KEY (idx, slot)
) STRICT;
CREATE INDEX envelope_key ON envelope (key_id);

-- Wrapped keys. Deleting one erases what it opened.
CREATE TABLE subject_key (
    key_id  TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    sort    TEXT NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;
CREATE INDEX subject_key_subject ON subject_key (subject);

-- Roots of complete subtrees of 256, 65,536, … leaves: hash `number` of tile level `level`.
CREATE TABLE node (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB   NOT NULL,
    PRIMARY KEY (level, number)
) STRICT;

-- The newest size and root: locked by whoever appends.
CREATE TABLE head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    root BLOB   NOT NULL
) STRICT;

-- Every size that was ever committed, and so may have been signed.
CREATE TABLE root (
    size INTEGER PRIMARY KEY,
    hash BLOB   NOT NULL
) STRICT;

-- Commands that were carried out, so that a repeated one gets the first receipt.
CREATE TABLE command (
    key    BLOB   PRIMARY KEY,
    first  INTEGER NOT NULL,
    events INTEGER NOT NULL,
    number TEXT
) STRICT;

-- Cosigned checkpoints, and the time-stamps over them.
CREATE TABLE anchor (
    id   INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT   NOT NULL,
    hash BLOB   NOT NULL,                 -- SHA-256 of the note's bytes
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX anchor_size ON anchor (size);
CREATE TABLE stamp (
    anchor    INTEGER NOT NULL,
    authority TEXT   NOT NULL,
    token     BLOB   NOT NULL,
    chain     TEXT   NOT NULL,            -- PEM, root last
    at        INTEGER NOT NULL,            -- the authority's time, milliseconds
    PRIMARY KEY (anchor, authority)
) STRICT;
