-- Actions, their updates, slips and dependencies.
CREATE TABLE actions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  ref_key VARCHAR DEFAULT '' NOT NULL,
  title VARCHAR NOT NULL,
  detail VARCHAR,
  objective BLOB,
  meeting BLOB,
  line BLOB,
  lead BLOB,
  closed_by BLOB,
  "group" BLOB,
  part_of BLOB,
  recommendation BLOB,
  due TEXT,
  original_due TEXT,
  review_on TEXT,
  started_on TEXT,
  raised_on TEXT,
  closed_on TEXT,
  status VARCHAR(24) DEFAULT 'planned' NOT NULL,
  brag VARCHAR(24),
  brag_reason VARCHAR,
  confidence VARCHAR(24),
  priority VARCHAR(24),
  marking VARCHAR(24) DEFAULT 'official' NOT NULL,
  evidence VARCHAR,
  closing_meeting BLOB,
  outcome VARCHAR,
  partner_text VARCHAR,
  in_plan BOOLEAN DEFAULT '0' NOT NULL,
  due_day TEXT GENERATED ALWAYS AS (coalesce(substr(due, 1, 10), '9999-12-31x')) VIRTUAL,
  is_open INTEGER GENERATED ALWAYS AS (status NOT IN ('done', 'cancelled') AND NOT deleted) VIRTUAL,
  CONSTRAINT pk_actions PRIMARY KEY (n),
  CONSTRAINT uq_actions_id UNIQUE (id),
  CONSTRAINT ck_actions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_actions_ref UNIQUE (ref),
  CONSTRAINT fk_actions_objective FOREIGN KEY(objective) REFERENCES objectives (id),
  CONSTRAINT fk_actions_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_actions_line FOREIGN KEY(line) REFERENCES minute_lines (id),
  CONSTRAINT fk_actions_lead FOREIGN KEY(lead) REFERENCES parties (id),
  CONSTRAINT fk_actions_closed_by FOREIGN KEY(closed_by) REFERENCES people (id),
  CONSTRAINT fk_actions_closing_meeting FOREIGN KEY(closing_meeting) REFERENCES meetings (id),
  CONSTRAINT fk_actions_group FOREIGN KEY("group") REFERENCES groups (id),
  CONSTRAINT fk_actions_part_of FOREIGN KEY(part_of) REFERENCES actions (id),
  CONSTRAINT fk_actions_recommendation FOREIGN KEY(recommendation) REFERENCES recommendations (id),
  CONSTRAINT ck_actions_status CHECK (status IN ('planned', 'in_progress', 'continuing', 'on_hold', 'proposed_complete', 'done', 'cancelled')),
  CONSTRAINT ck_actions_brag CHECK (brag IN ('B', 'R', 'A', 'G')),
  CONSTRAINT ck_actions_confidence CHECK (confidence IN ('high', 'medium', 'low')),
  CONSTRAINT ck_actions_priority CHECK (priority IN ('high', 'medium', 'low')),
  CONSTRAINT ck_actions_marking CHECK (marking IN ('official', 'official-sensitive')),
  CONSTRAINT ck_actions_in_plan CHECK (in_plan IN (0, 1)),
  CONSTRAINT ck_actions_due CHECK (date(substr(due, 1, 10)) IS substr(due, 1, 10) AND (length(due) = 10 OR substr(due, 11, 1) = ' ')),
  CONSTRAINT ck_actions_original_due CHECK (date(substr(original_due, 1, 10)) IS substr(original_due, 1, 10) AND (length(original_due) = 10 OR substr(original_due, 11, 1) = ' ')),
  CONSTRAINT ck_actions_review_on CHECK (date(substr(review_on, 1, 10)) IS substr(review_on, 1, 10) AND (length(review_on) = 10 OR substr(review_on, 11, 1) = ' ')),
  CONSTRAINT ck_actions_started_on CHECK (date(substr(started_on, 1, 10)) IS substr(started_on, 1, 10) AND (length(started_on) = 10 OR substr(started_on, 11, 1) = ' ')),
  CONSTRAINT ck_actions_raised_on CHECK (date(substr(raised_on, 1, 10)) IS substr(raised_on, 1, 10) AND (length(raised_on) = 10 OR substr(raised_on, 11, 1) = ' ')),
  CONSTRAINT ck_actions_closed_on CHECK (date(substr(closed_on, 1, 10)) IS substr(closed_on, 1, 10) AND (length(closed_on) = 10 OR substr(closed_on, 11, 1) = ' '))
);
CREATE INDEX ix_actions_due ON actions (deleted, due_day, n);
CREATE INDEX ix_actions_group ON actions ("group");
CREATE INDEX ix_actions_lead ON actions (lead);
CREATE INDEX ix_actions_lead_due ON actions (deleted, lead, due, status, id);
CREATE INDEX ix_actions_meeting ON actions (meeting);
CREATE INDEX ix_actions_objective ON actions (objective);
CREATE INDEX ix_actions_open_due ON actions (is_open, due_day, n, lead);
CREATE INDEX ix_actions_open_ref ON actions (is_open, ref_key, n);
CREATE INDEX ix_actions_part_of ON actions (part_of);
CREATE INDEX ix_actions_recommendation ON actions (recommendation);
CREATE INDEX ix_actions_ref ON actions (deleted, ref_key, n);
CREATE INDEX ix_actions_status ON actions (status, deleted, review_on, ref_key, n);

CREATE TABLE action_parties (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  party BLOB NOT NULL,
  role VARCHAR(24) NOT NULL,
  CONSTRAINT pk_action_parties PRIMARY KEY (n),
  CONSTRAINT uq_action_parties_id UNIQUE (id),
  CONSTRAINT ck_action_parties_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_action_parties_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_action_parties_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_action_parties_role CHECK (role IN ('support', 'partner', 'participant', 'beneficiary', 'commissioner'))
);
CREATE INDEX ix_action_parties_action ON action_parties (action);
CREATE INDEX ix_action_parties_party ON action_parties (party);

CREATE TABLE action_areas (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  area BLOB NOT NULL,
  CONSTRAINT pk_action_areas PRIMARY KEY (n),
  CONSTRAINT uq_action_areas_id UNIQUE (id),
  CONSTRAINT ck_action_areas_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_action_areas_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_action_areas_area FOREIGN KEY(area) REFERENCES areas (id)
);
CREATE INDEX ix_action_areas_action ON action_areas (action);
CREATE INDEX ix_action_areas_area ON action_areas (area);

CREATE TABLE updates (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  said_on TEXT NOT NULL,
  text VARCHAR NOT NULL,
  brag VARCHAR(24),
  status VARCHAR(24),
  said_by BLOB,
  CONSTRAINT pk_updates PRIMARY KEY (n),
  CONSTRAINT uq_updates_id UNIQUE (id),
  CONSTRAINT ck_updates_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_updates_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT ck_updates_brag CHECK (brag IN ('B', 'R', 'A', 'G')),
  CONSTRAINT ck_updates_status CHECK (status IN ('planned', 'in_progress', 'continuing', 'on_hold', 'proposed_complete', 'done', 'cancelled')),
  CONSTRAINT fk_updates_said_by FOREIGN KEY(said_by) REFERENCES parties (id),
  CONSTRAINT ck_updates_said_on CHECK (date(substr(said_on, 1, 10)) IS substr(said_on, 1, 10) AND (length(said_on) = 10 OR substr(said_on, 11, 1) = ' '))
);
CREATE INDEX ix_updates_latest ON updates (action, said_on, n, deleted, brag, status);
CREATE INDEX ix_updates_said ON updates (said_on, action, deleted);

CREATE TABLE dependencies (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  blocked_by BLOB NOT NULL,
  CONSTRAINT pk_dependencies PRIMARY KEY (n),
  CONSTRAINT ck_dependencies_not_itself CHECK (action <> blocked_by),
  CONSTRAINT uq_dependencies_id UNIQUE (id),
  CONSTRAINT ck_dependencies_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_dependencies_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_dependencies_blocked_by FOREIGN KEY(blocked_by) REFERENCES actions (id)
);
CREATE INDEX ix_dependencies_action ON dependencies (action);
CREATE INDEX ix_dependencies_blocked_by ON dependencies (blocked_by);

CREATE TABLE slips (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  slipped_on TEXT NOT NULL,
  from_due TEXT,
  to_due TEXT,
  reason VARCHAR,
  CONSTRAINT pk_slips PRIMARY KEY (n),
  CONSTRAINT uq_slips_id UNIQUE (id),
  CONSTRAINT ck_slips_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_slips_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT ck_slips_slipped_on CHECK (date(substr(slipped_on, 1, 10)) IS substr(slipped_on, 1, 10) AND (length(slipped_on) = 10 OR substr(slipped_on, 11, 1) = ' ')),
  CONSTRAINT ck_slips_from_due CHECK (date(substr(from_due, 1, 10)) IS substr(from_due, 1, 10) AND (length(from_due) = 10 OR substr(from_due, 11, 1) = ' ')),
  CONSTRAINT ck_slips_to_due CHECK (date(substr(to_due, 1, 10)) IS substr(to_due, 1, 10) AND (length(to_due) = 10 OR substr(to_due, 11, 1) = ' '))
);
CREATE INDEX ix_slips_first ON slips (action, slipped_on, n, deleted, from_due);

CREATE TABLE recurrences (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  rule VARCHAR NOT NULL,
  from_completion BOOLEAN DEFAULT '0' NOT NULL,
  template BLOB,
  number INTEGER DEFAULT '1' NOT NULL,
  CONSTRAINT pk_recurrences PRIMARY KEY (n),
  CONSTRAINT uq_recurrences_id UNIQUE (id),
  CONSTRAINT ck_recurrences_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_recurrences_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT ck_recurrences_from_completion CHECK (from_completion IN (0, 1)),
  CONSTRAINT fk_recurrences_template FOREIGN KEY(template) REFERENCES actions (id)
);
CREATE INDEX ix_recurrences_action ON recurrences (action);

CREATE TABLE chases (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  party BLOB NOT NULL,
  chased_on TEXT NOT NULL,
  channel VARCHAR(24) NOT NULL,
  CONSTRAINT pk_chases PRIMARY KEY (n),
  CONSTRAINT uq_chases_id UNIQUE (id),
  CONSTRAINT ck_chases_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_chases_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_chases_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_chases_channel CHECK (channel IN ('eml', 'text')),
  CONSTRAINT ck_chases_chased_on CHECK (date(substr(chased_on, 1, 10)) IS substr(chased_on, 1, 10) AND (length(chased_on) = 10 OR substr(chased_on, 11, 1) = ' '))
);
CREATE INDEX ix_chases_action ON chases (action);
CREATE INDEX ix_chases_party ON chases (party);

CREATE TABLE views (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  name VARCHAR NOT NULL,
  words VARCHAR DEFAULT '' NOT NULL,
  which VARCHAR(24) DEFAULT 'open' NOT NULL,
  sort VARCHAR(24) DEFAULT 'due' NOT NULL,
  columns VARCHAR,
  context BOOLEAN DEFAULT '0' NOT NULL,
  CONSTRAINT pk_views PRIMARY KEY (n),
  CONSTRAINT uq_views_id UNIQUE (id),
  CONSTRAINT ck_views_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_views_which CHECK (which IN ('open', 'closed', 'all')),
  CONSTRAINT ck_views_sort CHECK (sort IN ('due', 'urgency', 'ref')),
  CONSTRAINT ck_views_context CHECK (context IN (0, 1))
);
