-- Papers asked for.
CREATE TABLE commissions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  "group" BLOB,
  due TEXT,
  CONSTRAINT pk_commissions PRIMARY KEY (n),
  CONSTRAINT uq_commissions_id UNIQUE (id),
  CONSTRAINT ck_commissions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_commissions_ref UNIQUE (ref),
  CONSTRAINT fk_commissions_group FOREIGN KEY("group") REFERENCES groups (id),
  CONSTRAINT ck_commissions_due CHECK (date(substr(due, 1, 10)) IS substr(due, 1, 10) AND (length(due) = 10 OR substr(due, 11, 1) = ' '))
);

CREATE TABLE paragraphs (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  commission BLOB NOT NULL,
  number VARCHAR NOT NULL,
  question VARCHAR,
  text VARCHAR,
  as_at TEXT,
  CONSTRAINT pk_paragraphs PRIMARY KEY (n),
  CONSTRAINT uq_paragraphs_id UNIQUE (id),
  CONSTRAINT ck_paragraphs_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_paragraphs_commission FOREIGN KEY(commission) REFERENCES commissions (id),
  CONSTRAINT ck_paragraphs_as_at CHECK (date(substr(as_at, 1, 10)) IS substr(as_at, 1, 10) AND (length(as_at) = 10 OR substr(as_at, 11, 1) = ' '))
);
CREATE INDEX ix_paragraphs_commission ON paragraphs (commission);

CREATE TABLE paragraph_links (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  paragraph BLOB NOT NULL,
  kind VARCHAR NOT NULL,
  record BLOB NOT NULL,
  CONSTRAINT pk_paragraph_links PRIMARY KEY (n),
  CONSTRAINT uq_paragraph_links_id UNIQUE (id),
  CONSTRAINT ck_paragraph_links_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_paragraph_links_paragraph FOREIGN KEY(paragraph) REFERENCES paragraphs (id)
);
CREATE INDEX ix_paragraph_links_paragraph ON paragraph_links (paragraph);
