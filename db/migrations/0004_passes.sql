-- Where a person left the pass over the clauses and the one over the numbers; NULL where they began none.
ALTER TABLE place ADD COLUMN clause_pass INTEGER CHECK (clause_pass >= 0);
ALTER TABLE place ADD COLUMN number_pass INTEGER CHECK (number_pass >= 0);
