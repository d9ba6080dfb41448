-- What the machine proposed for a report, kept so that it need not be asked again: no step, worth nothing that could not
-- be made anew. Decisions are rows of `suggestion`, written by steps. `made_with` tells what the proposals rest on
-- (sources, what they had learned, furniture); `doubt` is how unsure they are, from 0 to 1, for the order of work.
CREATE TABLE proposed (
    report_id INTEGER PRIMARY KEY REFERENCES report (id),
    text_version INTEGER NOT NULL,
    made_with TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    doubt REAL NOT NULL,
    proposals BLOB NOT NULL                                      -- zlib of a JSON array
) STRICT;

CREATE INDEX proposed_doubt ON proposed (doubt, report_id);

-- What a source learned from the project's finished reports, one row a source.
CREATE TABLE learned (
    source TEXT PRIMARY KEY NOT NULL,
    made TEXT NOT NULL,
    reports INTEGER NOT NULL,
    notes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(notes)),  -- scores and the like
    data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Where nobody is to see suggestions (annotate blind), and from where nothing is learned: a report, a person, or a part
-- of the project by the value of the metadata field `part`.
CREATE TABLE blind (
    what TEXT NOT NULL CHECK (what IN ('report', 'person', 'part')),
    uid TEXT NOT NULL CHECK (uid <> ''),
    PRIMARY KEY (what, uid)
) STRICT, WITHOUT ROWID;
