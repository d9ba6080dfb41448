-- Attributes that the program filled in and nobody has looked at yet: a JSON list of names; NULL: none.
ALTER TABLE span ADD COLUMN proposed TEXT;

-- Words that a person decided not to tag at one place, when repeats of them were tagged. `hash` is that of the words
-- with what stands around them, so that it holds when the text before them is edited; `label` is the label's uid.
CREATE TABLE rejected_repeat (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    label TEXT NOT NULL,
    hash TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (report_id, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX rejected_repeat_hash ON rejected_repeat (report_id, label, hash);

-- What a question brought from a file: the file's own id as JSON where that is no UUID, and unknown keys.
ALTER TABLE question ADD COLUMN foreign_id TEXT;
ALTER TABLE question ADD COLUMN extra TEXT;
