-- Findings of checks that a person put aside, with a note. `words` is a hash of the finding's words with what stands
-- around them, so that it holds when the text elsewhere is edited; a finding of lint is put aside for that person only.
CREATE TABLE dismissal (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    person_id INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (report_id, uid)
) STRICT, WITHOUT ROWID;
