-- Returns: what was sent to whom, and which heading of other people's files means what.
CREATE TABLE dispatches (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  party BLOB,
  sent_on TEXT NOT NULL,
  file VARCHAR NOT NULL,
  batch VARCHAR NOT NULL,
  said VARCHAR NOT NULL,
  CONSTRAINT pk_dispatches PRIMARY KEY (n),
  CONSTRAINT uq_dispatches_id UNIQUE (id),
  CONSTRAINT ck_dispatches_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_dispatches_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_dispatches_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_dispatches_sent_on CHECK (date(substr(sent_on, 1, 10)) IS substr(sent_on, 1, 10) AND (length(sent_on) = 10 OR substr(sent_on, 11, 1) = ' '))
);
CREATE INDEX ix_dispatches_action ON dispatches (action);
CREATE INDEX ix_dispatches_party ON dispatches (party);
CREATE INDEX ix_dispatches_batch ON dispatches (batch);

CREATE TABLE learnt_columns (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  heading VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  CONSTRAINT pk_learnt_columns PRIMARY KEY (n),
  CONSTRAINT uq_learnt_columns_id UNIQUE (id),
  CONSTRAINT uq_learnt_columns_heading UNIQUE (heading),
  CONSTRAINT ck_learnt_columns_deleted CHECK (deleted IN (0, 1))
);
