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
  asked_by BLOB,
  reference VARCHAR,
  due TEXT,
  from_on TEXT,
  to_on TEXT,
  follows BLOB,
  cleared_by BLOB,
  sent_on TEXT,
  marking VARCHAR(24) DEFAULT 'official' NOT NULL,
  CONSTRAINT pk_commissions PRIMARY KEY (n),
  CONSTRAINT uq_commissions_id UNIQUE (id),
  CONSTRAINT ck_commissions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_commissions_ref UNIQUE (ref),
  CONSTRAINT fk_commissions_asked_by FOREIGN KEY(asked_by) REFERENCES parties (id),
  CONSTRAINT fk_commissions_follows FOREIGN KEY(follows) REFERENCES commissions (id),
  CONSTRAINT fk_commissions_cleared_by FOREIGN KEY(cleared_by) REFERENCES parties (id),
  CONSTRAINT ck_commissions_marking CHECK (marking IN ('official', 'official-sensitive')),
  CONSTRAINT ck_commissions_due CHECK (date(substr(due, 1, 10)) IS substr(due, 1, 10) AND (length(due) = 10 OR substr(due, 11, 1) = ' ')),
  CONSTRAINT ck_commissions_from_on CHECK (date(substr(from_on, 1, 10)) IS substr(from_on, 1, 10) AND (length(from_on) = 10 OR substr(from_on, 11, 1) = ' ')),
  CONSTRAINT ck_commissions_to_on CHECK (date(substr(to_on, 1, 10)) IS substr(to_on, 1, 10) AND (length(to_on) = 10 OR substr(to_on, 11, 1) = ' ')),
  CONSTRAINT ck_commissions_sent_on CHECK (date(substr(sent_on, 1, 10)) IS substr(sent_on, 1, 10) AND (length(sent_on) = 10 OR substr(sent_on, 11, 1) = ' '))
);

CREATE TABLE commission_questions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  commission BLOB NOT NULL,
  number INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  takes VARCHAR,
  CONSTRAINT pk_commission_questions PRIMARY KEY (n),
  CONSTRAINT uq_commission_questions_id UNIQUE (id),
  CONSTRAINT ck_commission_questions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_commission_questions_commission FOREIGN KEY(commission) REFERENCES commissions (id)
);
CREATE INDEX ix_commission_questions_commission ON commission_questions (commission);

CREATE TABLE paragraphs (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  question BLOB NOT NULL,
  number INTEGER NOT NULL,
  title VARCHAR,
  text VARCHAR,
  as_at TEXT,
  CONSTRAINT pk_paragraphs PRIMARY KEY (n),
  CONSTRAINT uq_paragraphs_id UNIQUE (id),
  CONSTRAINT ck_paragraphs_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_paragraphs_question FOREIGN KEY(question) REFERENCES commission_questions (id),
  CONSTRAINT ck_paragraphs_as_at CHECK (date(substr(as_at, 1, 10)) IS substr(as_at, 1, 10) AND (length(as_at) = 10 OR substr(as_at, 11, 1) = ' '))
);
CREATE INDEX ix_paragraphs_question ON paragraphs (question);

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
  said VARCHAR,
  CONSTRAINT pk_paragraph_links PRIMARY KEY (n),
  CONSTRAINT uq_paragraph_links_id UNIQUE (id),
  CONSTRAINT ck_paragraph_links_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_paragraph_links_paragraph FOREIGN KEY(paragraph) REFERENCES paragraphs (id)
);
CREATE INDEX ix_paragraph_links_paragraph ON paragraph_links (paragraph);
