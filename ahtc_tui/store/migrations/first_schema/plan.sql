-- The Delivery Plan.
CREATE TABLE plans (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  version VARCHAR,
  agreed_on TEXT,
  owner BLOB,
  action_pattern VARCHAR DEFAULT 'DP-{n:02}' NOT NULL,
  brag_definitions VARCHAR,
  CONSTRAINT pk_plans PRIMARY KEY (n),
  CONSTRAINT uq_plans_id UNIQUE (id),
  CONSTRAINT ck_plans_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_plans_ref UNIQUE (ref),
  CONSTRAINT fk_plans_owner FOREIGN KEY(owner) REFERENCES parties (id),
  CONSTRAINT ck_plans_agreed_on CHECK (date(substr(agreed_on, 1, 10)) IS substr(agreed_on, 1, 10) AND (length(agreed_on) = 10 OR substr(agreed_on, 11, 1) = ' '))
);

CREATE TABLE aims (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  "plan" BLOB,
  text VARCHAR NOT NULL,
  CONSTRAINT pk_aims PRIMARY KEY (n),
  CONSTRAINT uq_aims_id UNIQUE (id),
  CONSTRAINT ck_aims_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_aims_ref UNIQUE (ref),
  CONSTRAINT fk_aims_plan FOREIGN KEY("plan") REFERENCES plans (id)
);

CREATE TABLE objectives (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  "plan" BLOB,
  number INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  basis VARCHAR(24) NOT NULL,
  CONSTRAINT pk_objectives PRIMARY KEY (n),
  CONSTRAINT uq_objectives_id UNIQUE (id),
  CONSTRAINT ck_objectives_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_objectives_ref UNIQUE (ref),
  CONSTRAINT fk_objectives_plan FOREIGN KEY("plan") REFERENCES plans (id),
  CONSTRAINT ck_objectives_basis CHECK (basis IN ('stated', 'grouping'))
);

CREATE TABLE objective_aims (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  objective BLOB NOT NULL,
  aim BLOB NOT NULL,
  CONSTRAINT pk_objective_aims PRIMARY KEY (n),
  CONSTRAINT uq_objective_aims_id UNIQUE (id),
  CONSTRAINT ck_objective_aims_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_objective_aims_objective FOREIGN KEY(objective) REFERENCES objectives (id),
  CONSTRAINT fk_objective_aims_aim FOREIGN KEY(aim) REFERENCES aims (id)
);
CREATE INDEX ix_objective_aims_objective ON objective_aims (objective);

CREATE TABLE milestones (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  objective BLOB NOT NULL,
  title VARCHAR NOT NULL,
  due TEXT,
  met_on TEXT,
  CONSTRAINT pk_milestones PRIMARY KEY (n),
  CONSTRAINT uq_milestones_id UNIQUE (id),
  CONSTRAINT ck_milestones_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_milestones_ref UNIQUE (ref),
  CONSTRAINT fk_milestones_objective FOREIGN KEY(objective) REFERENCES objectives (id),
  CONSTRAINT ck_milestones_due CHECK (date(substr(due, 1, 10)) IS substr(due, 1, 10) AND (length(due) = 10 OR substr(due, 11, 1) = ' ')),
  CONSTRAINT ck_milestones_met_on CHECK (date(substr(met_on, 1, 10)) IS substr(met_on, 1, 10) AND (length(met_on) = 10 OR substr(met_on, 11, 1) = ' '))
);
CREATE INDEX ix_milestones_objective ON milestones (objective);
