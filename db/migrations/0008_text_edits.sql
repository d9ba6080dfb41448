-- From which version of a report's text another was made, and how: a JSON list of [start, end, new text] in offsets of
-- the version `base`. Versions that an undo left behind stay. `base_hash` is the SHA-256 of the version it was made from,
-- so that an older copy of a report is known again.
CREATE TABLE text_edit (
    report_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    base INTEGER NOT NULL,
    edit TEXT NOT NULL CHECK (json_valid(edit)),
    base_hash TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES report_text (report_id, version),
    FOREIGN KEY (report_id, base) REFERENCES report_text (report_id, version),
    CHECK (base < version)
) STRICT, WITHOUT ROWID;

CREATE INDEX text_edit_base_hash ON text_edit (base_hash);

-- Which version of its text a report has had since a step: what the offsets in the changes of each step count in.
CREATE TABLE text_step (
    report_id INTEGER NOT NULL REFERENCES report (id),
    step_id INTEGER NOT NULL REFERENCES step (id),
    version INTEGER NOT NULL,
    PRIMARY KEY (report_id, step_id)
) STRICT, WITHOUT ROWID;
