-- What a person taught about the furniture of a site: made and taken away by changes of the noun site_rule.
CREATE TABLE site_rule (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,                                          -- a host, or a fingerprint of texts without address
    kind TEXT NOT NULL CHECK (kind IN ('line', 'prefix', 'between', 'words')),
    pattern TEXT NOT NULL CHECK (pattern <> ''),
    until TEXT NOT NULL DEFAULT '',
    furniture INTEGER NOT NULL CHECK (furniture IN (0, 1))       -- 0: never mark this
) STRICT;
