-- The project file. Offsets are Unicode code points, half open; every table that holds offsets names the
-- text version they count in. Times are UTC, ISO 8601. JSON columns hold objects unless said otherwise.

-- What is true of the whole project: uid, name, schema_name, created, program.
CREATE TABLE project (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    created TEXT NOT NULL
) STRICT;

-- ---- label schema: labels are rows with ids, so that renaming loses nothing ---------------------------------

CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    position INTEGER NOT NULL,
    key TEXT NOT NULL DEFAULT '',
    definition TEXT NOT NULL CHECK (json_valid(definition))     -- titles, colours, shape, attributes, examples
) STRICT;

CREATE UNIQUE INDEX label_key ON label (key) WHERE key <> '';

CREATE TABLE relation_type (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    position INTEGER NOT NULL,
    definition TEXT NOT NULL CHECK (json_valid(definition))     -- titles, labels allowed at each end
) STRICT;

-- ---- history: the undo stack -------------------------------------------------------------------------------

-- state: running (a bulk step that has not ended), done, undone (redo can bring it back),
-- closed (undone, and a later edit ended redo). A step that undoes or redoes another names it.
-- The uid has no index, since every save would write it: it ends with the row id, by which it is found.
CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,                                       -- gettext id
    params TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(params)),
    report_id INTEGER REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
    undoes INTEGER REFERENCES step (id),
    -- by OR: the list of an IN is built again for every row
    state TEXT NOT NULL CHECK (state = 'done' OR state = 'running' OR state = 'undone' OR state = 'closed')
) STRICT;

CREATE INDEX step_line ON step (person_id, state, id) WHERE undoes IS NULL;
CREATE INDEX step_running ON step (id) WHERE state = 'running';
CREATE INDEX step_report ON step (report_id, id) WHERE report_id IS NOT NULL;
CREATE INDEX step_undoes ON step (undoes, id) WHERE undoes IS NOT NULL;

-- Of a row that a step made or took away, only what differs from the fields' defaults stands here.
CREATE TABLE change (
    step_id INTEGER NOT NULL REFERENCES step (id),
    seq INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    report_id INTEGER,
    row_uid TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    PRIMARY KEY (step_id, seq),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- ---- reports and their texts -------------------------------------------------------------------------------

-- removed: taken back by undo of the import (or deleted); kept, so that redo can bring it back.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    foreign_id TEXT CHECK (foreign_id IS NULL OR json_valid(foreign_id)),  -- the file's own id as JSON, where no UUID
    title TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    year INTEGER,
    text_version INTEGER NOT NULL DEFAULT 1,
    text_hash TEXT NOT NULL,                                     -- SHA-256 of the normalised text, hex
    characters INTEGER NOT NULL,
    step_id INTEGER NOT NULL REFERENCES step (id),               -- the step that brought it
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX report_hash ON report (text_hash) WHERE removed = 0;
CREATE INDEX report_step ON report (step_id);

-- What lists do not show, apart, so that lists stay quick.
CREATE TABLE report_detail (
    report_id INTEGER PRIMARY KEY REFERENCES report (id),
    meta TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(meta)),
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),  -- unknown keys of the file it came from
    encoding TEXT NOT NULL DEFAULT '',
    file_name TEXT NOT NULL DEFAULT '',
    imported TEXT NOT NULL
) STRICT;

-- original: the file's bytes, zlib, where they differ from the text in UTF-8.
CREATE TABLE report_text (
    report_id INTEGER NOT NULL REFERENCES report (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    text TEXT NOT NULL,
    original BLOB,
    PRIMARY KEY (report_id, version)
) STRICT;

CREATE TABLE furniture (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    text_version INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    rule TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (report_id, uid),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

-- ---- annotation sets, spans, relations ---------------------------------------------------------------------

CREATE TABLE annotation_set (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report_id INTEGER NOT NULL REFERENCES report (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    status TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'done', 'flagged', 'skipped')),
    note TEXT NOT NULL DEFAULT '',
    gold INTEGER NOT NULL DEFAULT 0 CHECK (gold IN (0, 1)),
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),
    step_id INTEGER REFERENCES step (id),                        -- the import that brought it
    replaced_by INTEGER REFERENCES step (id),                    -- the import with --replace that set it aside
    replaces TEXT,                                               -- the uid of the set that its import set aside
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX annotation_set_person ON annotation_set (report_id, person_id) WHERE removed = 0;
CREATE UNIQUE INDEX annotation_set_gold ON annotation_set (report_id) WHERE gold = 1 AND removed = 0;
CREATE INDEX annotation_set_status ON annotation_set (person_id, status, report_id) WHERE removed = 0;
CREATE INDEX annotation_set_step ON annotation_set (step_id) WHERE step_id IS NOT NULL;
CREATE INDEX annotation_set_replaced ON annotation_set (replaced_by) WHERE replaced_by IS NOT NULL;
-- What spans and relations refer to: the set of their own report. Through it, deleting a set looks for its spans in
-- that report alone, never in all of them.
CREATE UNIQUE INDEX annotation_set_report ON annotation_set (report_id, id);

-- Clustered by report: opening one reads one run of pages, and a foreign program's ids cannot clash across reports.
-- That the report exists follows from its set.
CREATE TABLE span (
    report_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    set_id INTEGER NOT NULL,
    label_id INTEGER NOT NULL REFERENCES label (id),
    text_version INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    attributes TEXT NOT NULL DEFAULT '{}',
    origin TEXT NOT NULL DEFAULT 'hand',
    score REAL,
    note TEXT NOT NULL DEFAULT '',
    certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1)),
    foreign_id TEXT,
    extra TEXT,                                                  -- unknown keys; NULL: none
    step_id INTEGER REFERENCES step (id),                        -- the import that brought it
    PRIMARY KEY (report_id, uid),
    FOREIGN KEY (report_id, set_id) REFERENCES annotation_set (report_id, id),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE relation (
    report_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    set_id INTEGER NOT NULL,
    type_id INTEGER NOT NULL REFERENCES relation_type (id),
    head TEXT NOT NULL,
    child TEXT NOT NULL CHECK (child <> head),
    note TEXT NOT NULL DEFAULT '',
    foreign_id TEXT,
    extra TEXT,
    step_id INTEGER REFERENCES step (id),
    PRIMARY KEY (report_id, uid),
    FOREIGN KEY (report_id, set_id) REFERENCES annotation_set (report_id, id),
    FOREIGN KEY (report_id, head) REFERENCES span (report_id, uid),
    FOREIGN KEY (report_id, child) REFERENCES span (report_id, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX relation_head ON relation (report_id, head);
CREATE INDEX relation_child ON relation (report_id, child);

-- ---- suggestions and questions -----------------------------------------------------------------------------

CREATE TABLE suggestion (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    label_id INTEGER NOT NULL REFERENCES label (id),
    text_version INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
    source TEXT NOT NULL,
    score REAL,
    reason TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected')),
    person_id INTEGER REFERENCES person (id),                    -- who decided
    decided TEXT,
    span_uid TEXT,                                               -- the span it became
    PRIMARY KEY (report_id, uid),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE question (
    report_id INTEGER NOT NULL REFERENCES report (id),
    uid TEXT NOT NULL,
    text_version INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    span_uid TEXT,                                               -- where it is about a span
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'decided')),
    asked_by INTEGER NOT NULL REFERENCES person (id),
    asked TEXT NOT NULL,
    text TEXT NOT NULL,
    answered_by INTEGER REFERENCES person (id),
    answered TEXT,
    answer TEXT NOT NULL DEFAULT '',
    decided_by INTEGER REFERENCES person (id),
    decided TEXT,
    PRIMARY KEY (report_id, uid),
    CHECK (start <= "end")
) STRICT, WITHOUT ROWID;

CREATE INDEX question_state ON question (state, report_id);

-- ---- counters, written in the transaction of what they count, so that nothing scans spans ------------------

-- Spans of one set by label; how many a set or a report has is their sum, so that a save writes one row.
CREATE TABLE set_count (
    set_id INTEGER NOT NULL REFERENCES annotation_set (id),
    label_id INTEGER NOT NULL REFERENCES label (id),
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (set_id, label_id)
) STRICT, WITHOUT ROWID;

-- Project-wide: ('reports', 0, ''), ('characters', 0, ''), ('label', person_id, label uid), ('status', person_id, status).
-- Reports in which a person has no set count as 'new' and are not kept here.
CREATE TABLE total (
    what TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (what, person_id, key)
) STRICT, WITHOUT ROWID;

-- Where each person was in each report: caret and scroll, and what a person looks at last.
CREATE TABLE place (
    person_id INTEGER NOT NULL REFERENCES person (id),
    report_id INTEGER NOT NULL REFERENCES report (id),
    caret INTEGER NOT NULL DEFAULT 0,
    scroll INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    PRIMARY KEY (person_id, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX place_recent ON place (person_id, at);
