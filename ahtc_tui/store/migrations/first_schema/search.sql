-- The full-text index over every kind of record. A row's number is n * 32 + the code of its kind.
CREATE VIRTUAL TABLE search USING fts5(
  ref, title, body,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3 4'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- The journal is append-only.
CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
