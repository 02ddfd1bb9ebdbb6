-- Projections of a station: its directory of companies and what each was given. Each can be thrown
-- away and rebuilt.

CREATE TABLE company (
    no           TEXT PRIMARY KEY,
    idx          INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    name         TEXT NOT NULL,
    sort         TEXT NOT NULL,
    code         TEXT,
    field        TEXT,
    park         TEXT,
    street       TEXT,
    tags         TEXT NOT NULL,            -- words and free texts, separated by commas
    weight       INTEGER NOT NULL,         -- of its key tags: the order of whom to serve first
    edition      INTEGER NOT NULL,
    served       INTEGER NOT NULL,         -- the set of services had, one bit each
    services     INTEGER NOT NULL,         -- how many times
    last_service TEXT,
    contact_idx  INTEGER,                  -- the newest event that holds the contact
    merged_into  TEXT
) STRICT;
CREATE INDEX company_code ON company (code);
CREATE INDEX company_name ON company (name);
CREATE INDEX company_idx ON company (idx);
CREATE INDEX company_first ON company (weight, name, idx);
CREATE INDEX company_last ON company (last_service, idx);
CREATE INDEX company_sort ON company (sort, merged_into, served);
CREATE INDEX company_field ON company (field, merged_into, served);
CREATE INDEX company_park ON company (park, merged_into, served);
CREATE INDEX company_street ON company (street, merged_into, served);

-- A merged company has no tags of its own.
CREATE TABLE company_tag (
    tag     TEXT NOT NULL,
    company TEXT NOT NULL,
    PRIMARY KEY (tag, company)
) STRICT, WITHOUT ROWID;
CREATE INDEX company_tag_company ON company_tag (company);

CREATE TABLE service (
    idx      INTEGER PRIMARY KEY,
    company  TEXT NOT NULL,
    service  TEXT NOT NULL,
    bit      INTEGER NOT NULL,
    happened TEXT NOT NULL,
    what     TEXT NOT NULL,
    who      TEXT
) STRICT;
CREATE INDEX service_company ON service (company);
CREATE INDEX service_happened ON service (happened);

CREATE TABLE import (
    idx     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    file    TEXT NOT NULL,
    rows    INTEGER NOT NULL,
    added   INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    same    INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;
