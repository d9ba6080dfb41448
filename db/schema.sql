-- What all migrations add up to. Generated from db/migrations; a test compares. Do not edit.

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

CREATE TABLE report_detail (
    report_id INTEGER PRIMARY KEY REFERENCES report (id),
    meta TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(meta)),
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),  -- unknown keys of the file it came from
    encoding TEXT NOT NULL DEFAULT '',
    file_name TEXT NOT NULL DEFAULT '',
    imported TEXT NOT NULL
) STRICT;

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

CREATE UNIQUE INDEX annotation_set_report ON annotation_set (report_id, id);

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
    step_id INTEGER REFERENCES step (id), proposed TEXT,                        -- the import that brought it
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
    decided TEXT, foreign_id TEXT, extra TEXT,
    PRIMARY KEY (report_id, uid),
    CHECK (start <= "end")
) STRICT, WITHOUT ROWID;

CREATE INDEX question_state ON question (state, report_id);

CREATE TABLE set_count (
    set_id INTEGER NOT NULL REFERENCES annotation_set (id),
    label_id INTEGER NOT NULL REFERENCES label (id),
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (set_id, label_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE total (
    what TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (what, person_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    person_id INTEGER NOT NULL REFERENCES person (id),
    report_id INTEGER NOT NULL REFERENCES report (id),
    caret INTEGER NOT NULL DEFAULT 0,
    scroll INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL, clause_pass INTEGER CHECK (clause_pass >= 0), number_pass INTEGER CHECK (number_pass >= 0),
    PRIMARY KEY (person_id, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX place_recent ON place (person_id, at);

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

CREATE TABLE work (
    person_id INTEGER NOT NULL REFERENCES person (id),
    report_id INTEGER NOT NULL REFERENCES report (id),
    seconds REAL NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    PRIMARY KEY (person_id, report_id)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX step_no_report ON step (report_id, id) WHERE report_id IS NULL;

CREATE TABLE site_rule (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,                                          -- a host, or a fingerprint of texts without address
    kind TEXT NOT NULL CHECK (kind IN ('line', 'prefix', 'between', 'words')),
    pattern TEXT NOT NULL CHECK (pattern <> ''),
    until TEXT NOT NULL DEFAULT '',
    furniture INTEGER NOT NULL CHECK (furniture IN (0, 1))       -- 0: never mark this
) STRICT;

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

CREATE TABLE text_step (
    report_id INTEGER NOT NULL REFERENCES report (id),
    step_id INTEGER NOT NULL REFERENCES step (id),
    version INTEGER NOT NULL,
    PRIMARY KEY (report_id, step_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposed (
    report_id INTEGER PRIMARY KEY REFERENCES report (id),
    text_version INTEGER NOT NULL,
    made_with TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    doubt REAL NOT NULL,
    proposals BLOB NOT NULL                                      -- zlib of a JSON array
) STRICT;

CREATE INDEX proposed_doubt ON proposed (doubt, report_id);

CREATE TABLE learned (
    source TEXT PRIMARY KEY NOT NULL,
    made TEXT NOT NULL,
    reports INTEGER NOT NULL,
    notes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(notes)),  -- scores and the like
    data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blind (
    what TEXT NOT NULL CHECK (what IN ('report', 'person', 'part')),
    uid TEXT NOT NULL CHECK (uid <> ''),
    PRIMARY KEY (what, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE "queue" (
    person_id INTEGER PRIMARY KEY NOT NULL REFERENCES person (id),
    "order" TEXT NOT NULL CHECK ("order" IN ('file', 'random', 'fewest', 'doubt', 'gain')),
    seed INTEGER NOT NULL DEFAULT 0
) STRICT;

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
