-- What is known about reports, value by value, so that lists are filtered without reading every report. It repeats
-- report_detail.meta (short texts, whole numbers, yes and no; not what each report has to itself) and is written in the
-- same transaction.
CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    field TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value <> ''),
    UNIQUE (field, value)
) STRICT;

CREATE TABLE report_fact (
    fact_id INTEGER NOT NULL REFERENCES fact (id),
    report_id INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (fact_id, report_id)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE found AS
SELECT d.report_id, j.key AS field,
       CASE j.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(j.atom AS TEXT) END AS value
FROM report_detail d, json_each(d.meta) j
WHERE (j.type IN ('text', 'true', 'false') OR (j.type = 'integer' AND typeof(j.atom) = 'integer'))
  AND j.key NOT IN ('title', 'name', 'url', 'saved', 'file_hash');
DELETE FROM found WHERE value = '' OR length(value) > 200;
INSERT INTO fact (field, value) SELECT DISTINCT field, value FROM found ORDER BY field, value;
INSERT INTO report_fact SELECT f.id, found.report_id FROM found JOIN fact f USING (field, value);
DROP TABLE found;
