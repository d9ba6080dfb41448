-- What finds near duplicates: the hash of a report's body without white space, and four bands of a MinHash over its
-- clauses. Worked out from the text and its furniture as they were; whoever finds a report here compares the texts.
CREATE TABLE body (
    report_id INTEGER PRIMARY KEY NOT NULL REFERENCES report (id),
    text_version INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX body_hash ON body (hash);

CREATE TABLE body_band (
    band INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (band, report_id)
) STRICT, WITHOUT ROWID;
