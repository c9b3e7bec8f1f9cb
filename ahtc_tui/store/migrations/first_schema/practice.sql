-- Good practice and where it was taken up.
CREATE TABLE practices (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  origin_area BLOB,
  venue VARCHAR,
  lead BLOB,
  recognised_by BLOB,
  first_for BLOB,
  CONSTRAINT pk_practices PRIMARY KEY (n),
  CONSTRAINT uq_practices_id UNIQUE (id),
  CONSTRAINT ck_practices_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_practices_ref UNIQUE (ref),
  CONSTRAINT fk_practices_origin_area FOREIGN KEY(origin_area) REFERENCES areas (id),
  CONSTRAINT fk_practices_lead FOREIGN KEY(lead) REFERENCES parties (id),
  CONSTRAINT fk_practices_recognised_by FOREIGN KEY(recognised_by) REFERENCES organisations (id),
  CONSTRAINT fk_practices_first_for FOREIGN KEY(first_for) REFERENCES areas (id)
);

CREATE TABLE adoptions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  practice BLOB NOT NULL,
  area BLOB,
  organisation BLOB,
  status VARCHAR(24) NOT NULL,
  words VARCHAR,
  since TEXT,
  evidence VARCHAR,
  contact BLOB,
  CONSTRAINT pk_adoptions PRIMARY KEY (n),
  CONSTRAINT ck_adoptions_one_place CHECK ((area IS NULL) <> (organisation IS NULL)),
  CONSTRAINT uq_adoptions_id UNIQUE (id),
  CONSTRAINT ck_adoptions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_adoptions_ref UNIQUE (ref),
  CONSTRAINT fk_adoptions_practice FOREIGN KEY(practice) REFERENCES practices (id),
  CONSTRAINT fk_adoptions_area FOREIGN KEY(area) REFERENCES areas (id),
  CONSTRAINT fk_adoptions_organisation FOREIGN KEY(organisation) REFERENCES organisations (id),
  CONSTRAINT ck_adoptions_status CHECK (status IN ('planned', 'under_way', 'adopted', 'declined', 'not_applicable')),
  CONSTRAINT fk_adoptions_contact FOREIGN KEY(contact) REFERENCES parties (id),
  CONSTRAINT ck_adoptions_since CHECK (date(substr(since, 1, 10)) IS substr(since, 1, 10) AND (length(since) = 10 OR substr(since, 11, 1) = ' '))
);
CREATE INDEX ix_adoptions_practice ON adoptions (practice);

CREATE TABLE sessions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  practice BLOB,
  meeting BLOB,
  held_on TEXT,
  place VARCHAR,
  area BLOB,
  CONSTRAINT pk_sessions PRIMARY KEY (n),
  CONSTRAINT uq_sessions_id UNIQUE (id),
  CONSTRAINT ck_sessions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_sessions_practice FOREIGN KEY(practice) REFERENCES practices (id),
  CONSTRAINT fk_sessions_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_sessions_area FOREIGN KEY(area) REFERENCES areas (id),
  CONSTRAINT ck_sessions_held_on CHECK (date(substr(held_on, 1, 10)) IS substr(held_on, 1, 10) AND (length(held_on) = 10 OR substr(held_on, 11, 1) = ' '))
);
CREATE INDEX ix_sessions_practice ON sessions (practice);

CREATE TABLE session_numbers (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  session BLOB NOT NULL,
  organisation BLOB NOT NULL,
  people INTEGER NOT NULL,
  CONSTRAINT pk_session_numbers PRIMARY KEY (n),
  CONSTRAINT uq_session_numbers_id UNIQUE (id),
  CONSTRAINT ck_session_numbers_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_session_numbers_session FOREIGN KEY(session) REFERENCES sessions (id),
  CONSTRAINT fk_session_numbers_organisation FOREIGN KEY(organisation) REFERENCES organisations (id)
);
CREATE INDEX ix_session_numbers_session ON session_numbers (session);
