-- How many companies of a station's directory there are of each value, tag and set of services: the
-- figures of lists, menus and the coverage table are sums over a few of these rows.

CREATE TABLE tally (
    dimension TEXT NOT NULL,               -- 'all', or by what they are told apart
    value     TEXT NOT NULL,               -- blank for those without, and for all
    key       INTEGER NOT NULL,            -- whether they have a tag of public policy
    served    INTEGER NOT NULL,            -- the set of services had, one bit each
    n         INTEGER NOT NULL,
    PRIMARY KEY (dimension, value, key, served)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_empty ON tally (n) WHERE n = 0;

INSERT INTO tally (dimension, value, key, served, n)
SELECT 'all', '', weight > 0, served, COUNT(*) FROM company WHERE merged_into IS NULL GROUP BY 3, 4
UNION ALL
SELECT 'kind', sort, weight > 0, served, COUNT(*) FROM company WHERE merged_into IS NULL
GROUP BY 2, 3, 4
UNION ALL
SELECT 'field', COALESCE(field, ''), weight > 0, served, COUNT(*) FROM company
WHERE merged_into IS NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'park', COALESCE(park, ''), weight > 0, served, COUNT(*) FROM company
WHERE merged_into IS NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'street', COALESCE(street, ''), weight > 0, served, COUNT(*) FROM company
WHERE merged_into IS NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'tag', t.tag, c.weight > 0, c.served, COUNT(*) FROM company_tag t
JOIN company c ON c.no = t.company WHERE c.merged_into IS NULL GROUP BY 2, 3, 4;
