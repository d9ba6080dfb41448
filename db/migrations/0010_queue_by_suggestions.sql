-- Two more orders of work: by how unsure the suggestions of a report are ("doubt"), and by how many wrong ones are to be
-- expected in it, which is what deciding about them would teach ("gain").
CREATE TABLE queue_new (
    person_id INTEGER PRIMARY KEY NOT NULL REFERENCES person (id),
    "order" TEXT NOT NULL CHECK ("order" IN ('file', 'random', 'fewest', 'doubt', 'gain')),
    seed INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO queue_new (person_id, "order", seed) SELECT person_id, "order", seed FROM queue;

DROP TABLE queue;

ALTER TABLE queue_new RENAME TO queue;
