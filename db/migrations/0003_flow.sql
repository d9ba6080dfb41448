-- Seconds a person worked at a report: counted while the window was active and they did something. No history: time passes.
CREATE TABLE work (
    person_id INTEGER NOT NULL REFERENCES person (id),
    report_id INTEGER NOT NULL REFERENCES report (id),
    seconds REAL NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    PRIMARY KEY (person_id, report_id)
) STRICT, WITHOUT ROWID;

-- Places a person marked to come back to.
CREATE TABLE bookmark (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    text_version INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (report_id, uid),
    CHECK (start <= "end")
) STRICT, WITHOUT ROWID;

CREATE INDEX bookmark_person ON bookmark (person_id, report_id, start);

-- In which order a person works through the reports: file, random (by the seed) or fewest (spans first).
CREATE TABLE queue (
    person_id INTEGER PRIMARY KEY NOT NULL REFERENCES person (id),
    "order" TEXT NOT NULL CHECK ("order" IN ('file', 'random', 'fewest')),
    seed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The history of one report also shows the steps over several.
CREATE INDEX step_no_report ON step (report_id, id) WHERE report_id IS NULL;
