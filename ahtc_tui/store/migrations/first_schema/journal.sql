-- The journal, and what belongs to this copy of the file alone.
CREATE TABLE step (
  id BLOB NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  user VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  reverses BLOB,
  CONSTRAINT pk_step PRIMARY KEY (id),
  CONSTRAINT ck_step_kind CHECK (kind IN ('do', 'undo', 'redo', 'load', 'erase')),
  CONSTRAINT fk_step_reverses FOREIGN KEY(reverses) REFERENCES step (id)
);
CREATE INDEX ix_step_reverses ON step (reverses);
CREATE INDEX ix_step_seq ON step (seq);

CREATE TABLE change (
  id BLOB NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  user VARCHAR NOT NULL,
  "transaction" BLOB NOT NULL,
  "table" VARCHAR NOT NULL,
  row_id BLOB NOT NULL,
  field VARCHAR NOT NULL,
  value VARCHAR,
  parents VARCHAR DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_change PRIMARY KEY (id),
  CONSTRAINT fk_change_transaction FOREIGN KEY("transaction") REFERENCES step (id)
);
CREATE INDEX ix_change_row ON change ("table", row_id);
CREATE INDEX ix_change_transaction ON change ("transaction");

CREATE TABLE setting (
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT pk_setting PRIMARY KEY (name)
);

CREATE TABLE counter (
  pattern VARCHAR NOT NULL,
  last INTEGER NOT NULL,
  CONSTRAINT pk_counter PRIMARY KEY (pattern)
);

CREATE TABLE erasure (
  row_id BLOB NOT NULL,
  erased_on VARCHAR NOT NULL,
  ground VARCHAR NOT NULL,
  marks VARCHAR DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_erasure PRIMARY KEY (row_id)
);
