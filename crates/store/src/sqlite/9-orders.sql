-- Orders of a station's lists with what views ask for, so that nothing is sorted and rows that are
-- skipped are not read.

DROP INDEX company_weight;
CREATE INDEX company_by_weight ON company (weight DESC, name, idx, served)
    WHERE merged_into IS NULL;
CREATE INDEX company_by_name ON company (name, idx, served, weight) WHERE merged_into IS NULL;
CREATE INDEX company_by_last ON company (last_service, idx, served, weight)
    WHERE merged_into IS NULL;
CREATE INDEX reply_expert ON reply (expert);
