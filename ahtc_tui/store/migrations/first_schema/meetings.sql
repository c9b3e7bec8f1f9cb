-- Meetings, minutes and decisions.
CREATE TABLE meetings (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  "group" BLOB,
  kind VARCHAR(24) DEFAULT 'meeting' NOT NULL,
  title VARCHAR NOT NULL,
  day TEXT,
  start_time VARCHAR,
  ends VARCHAR,
  tz VARCHAR DEFAULT 'Europe/London' NOT NULL,
  all_day BOOLEAN DEFAULT '0' NOT NULL,
  place VARCHAR,
  venue VARCHAR,
  link VARCHAR,
  state VARCHAR(24) DEFAULT 'confirmed' NOT NULL,
  uid VARCHAR NOT NULL,
  sequence INTEGER DEFAULT '0' NOT NULL,
  recurrence VARCHAR,
  series BLOB,
  recurrence_id VARCHAR,
  number INTEGER,
  area BLOB,
  organiser BLOB,
  host BLOB,
  keynote BLOB,
  occasion VARCHAR,
  attendance_text VARCHAR,
  attendance_at_least INTEGER,
  reference VARCHAR,
  marking VARCHAR(24) DEFAULT 'official' NOT NULL,
  CONSTRAINT pk_meetings PRIMARY KEY (n),
  CONSTRAINT ck_meetings_start_time CHECK (start_time IS NULL OR start_time GLOB '[0-2][0-9]:[0-5][0-9]'),
  CONSTRAINT uq_meetings_id UNIQUE (id),
  CONSTRAINT ck_meetings_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_meetings_ref UNIQUE (ref),
  CONSTRAINT fk_meetings_group FOREIGN KEY("group") REFERENCES groups (id),
  CONSTRAINT ck_meetings_kind CHECK (kind IN ('meeting', 'visit', 'conference', 'scrutiny', 'decision', 'launch', 'appointment', 'publication')),
  CONSTRAINT ck_meetings_all_day CHECK (all_day IN (0, 1)),
  CONSTRAINT ck_meetings_state CHECK (state IN ('tentative', 'confirmed', 'held', 'cancelled')),
  CONSTRAINT uq_meetings_uid UNIQUE (uid),
  CONSTRAINT fk_meetings_series FOREIGN KEY(series) REFERENCES meetings (id),
  CONSTRAINT fk_meetings_area FOREIGN KEY(area) REFERENCES areas (id),
  CONSTRAINT fk_meetings_organiser FOREIGN KEY(organiser) REFERENCES parties (id),
  CONSTRAINT fk_meetings_host FOREIGN KEY(host) REFERENCES organisations (id),
  CONSTRAINT fk_meetings_keynote FOREIGN KEY(keynote) REFERENCES parties (id),
  CONSTRAINT ck_meetings_marking CHECK (marking IN ('official', 'official-sensitive')),
  CONSTRAINT ck_meetings_day CHECK (date(substr(day, 1, 10)) IS substr(day, 1, 10) AND (length(day) = 10 OR substr(day, 11, 1) = ' '))
);
CREATE INDEX ix_meetings_group_day ON meetings ("group", day);

CREATE TABLE agenda_items (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  meeting BLOB NOT NULL,
  position INTEGER NOT NULL,
  section VARCHAR,
  title VARCHAR NOT NULL,
  presenter BLOB,
  minutes INTEGER,
  standing BOOLEAN DEFAULT '0' NOT NULL,
  carried_from BLOB,
  CONSTRAINT pk_agenda_items PRIMARY KEY (n),
  CONSTRAINT uq_agenda_items_id UNIQUE (id),
  CONSTRAINT ck_agenda_items_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_agenda_items_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_agenda_items_presenter FOREIGN KEY(presenter) REFERENCES parties (id),
  CONSTRAINT ck_agenda_items_standing CHECK (standing IN (0, 1)),
  CONSTRAINT fk_agenda_items_carried_from FOREIGN KEY(carried_from) REFERENCES agenda_items (id)
);
CREATE INDEX ix_agenda_items_meeting ON agenda_items (meeting);

CREATE TABLE invitations (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  meeting BLOB NOT NULL,
  party BLOB,
  words VARCHAR,
  role VARCHAR(24) DEFAULT 'required' NOT NULL,
  reply VARCHAR(24) DEFAULT 'needs_action' NOT NULL,
  CONSTRAINT pk_invitations PRIMARY KEY (n),
  CONSTRAINT ck_invitations_one_invitee CHECK ((party IS NULL) <> (words IS NULL)),
  CONSTRAINT uq_invitations_id UNIQUE (id),
  CONSTRAINT ck_invitations_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_invitations_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_invitations_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_invitations_role CHECK (role IN ('chair', 'required', 'optional', 'speaker')),
  CONSTRAINT ck_invitations_reply CHECK (reply IN ('needs_action', 'accepted', 'declined', 'tentative', 'delegated'))
);
CREATE INDEX ix_invitations_meeting ON invitations (meeting);
CREATE INDEX ix_invitations_party ON invitations (party);

CREATE TABLE attendances (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  meeting BLOB NOT NULL,
  party BLOB,
  words VARCHAR,
  state VARCHAR(24) NOT NULL,
  deputy_for BLOB,
  items VARCHAR,
  reason VARCHAR,
  CONSTRAINT pk_attendances PRIMARY KEY (n),
  CONSTRAINT ck_attendances_one_attendee CHECK ((party IS NULL) <> (words IS NULL)),
  CONSTRAINT uq_attendances_id UNIQUE (id),
  CONSTRAINT ck_attendances_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_attendances_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_attendances_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_attendances_state CHECK (state IN ('present', 'online', 'deputy', 'apologies', 'absent', 'in_attendance', 'part')),
  CONSTRAINT fk_attendances_deputy_for FOREIGN KEY(deputy_for) REFERENCES parties (id)
);
CREATE INDEX ix_attendances_meeting ON attendances (meeting);
CREATE INDEX ix_attendances_party ON attendances (party);

CREATE TABLE minute_lines (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  meeting BLOB NOT NULL,
  item BLOB,
  position INTEGER NOT NULL,
  kind VARCHAR(24) NOT NULL,
  text VARCHAR NOT NULL,
  text_cy VARCHAR,
  action BLOB,
  CONSTRAINT pk_minute_lines PRIMARY KEY (n),
  CONSTRAINT uq_minute_lines_id UNIQUE (id),
  CONSTRAINT ck_minute_lines_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_minute_lines_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_minute_lines_item FOREIGN KEY(item) REFERENCES agenda_items (id),
  CONSTRAINT ck_minute_lines_kind CHECK (kind IN ('note', 'decision', 'action')),
  CONSTRAINT fk_minute_lines_action FOREIGN KEY(action) REFERENCES actions (id)
);
CREATE INDEX ix_minute_lines_item ON minute_lines (item);
CREATE INDEX ix_minute_lines_meeting ON minute_lines (meeting);

CREATE TABLE papers (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  meeting BLOB NOT NULL,
  item BLOB,
  title VARCHAR NOT NULL,
  author BLOB,
  due_on TEXT,
  published BOOLEAN DEFAULT '0' NOT NULL,
  withheld_because VARCHAR,
  CONSTRAINT pk_papers PRIMARY KEY (n),
  CONSTRAINT uq_papers_id UNIQUE (id),
  CONSTRAINT ck_papers_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_papers_ref UNIQUE (ref),
  CONSTRAINT fk_papers_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_papers_item FOREIGN KEY(item) REFERENCES agenda_items (id),
  CONSTRAINT fk_papers_author FOREIGN KEY(author) REFERENCES parties (id),
  CONSTRAINT ck_papers_published CHECK (published IN (0, 1)),
  CONSTRAINT ck_papers_due_on CHECK (date(substr(due_on, 1, 10)) IS substr(due_on, 1, 10) AND (length(due_on) = 10 OR substr(due_on, 11, 1) = ' '))
);
CREATE INDEX ix_papers_meeting ON papers (meeting);

CREATE TABLE decisions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  meeting BLOB,
  "group" BLOB,
  line BLOB,
  decided_on TEXT,
  text VARCHAR NOT NULL,
  text_cy VARCHAR,
  reason VARCHAR,
  superseded_by BLOB,
  CONSTRAINT pk_decisions PRIMARY KEY (n),
  CONSTRAINT uq_decisions_id UNIQUE (id),
  CONSTRAINT ck_decisions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_decisions_ref UNIQUE (ref),
  CONSTRAINT fk_decisions_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_decisions_group FOREIGN KEY("group") REFERENCES groups (id),
  CONSTRAINT fk_decisions_line FOREIGN KEY(line) REFERENCES minute_lines (id),
  CONSTRAINT fk_decisions_superseded_by FOREIGN KEY(superseded_by) REFERENCES decisions (id),
  CONSTRAINT ck_decisions_decided_on CHECK (date(substr(decided_on, 1, 10)) IS substr(decided_on, 1, 10) AND (length(decided_on) = 10 OR substr(decided_on, 11, 1) = ' '))
);
CREATE INDEX ix_decisions_group ON decisions ("group");
CREATE INDEX ix_decisions_meeting ON decisions (meeting);

CREATE TABLE decision_actions (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  decision BLOB NOT NULL,
  action BLOB NOT NULL,
  CONSTRAINT pk_decision_actions PRIMARY KEY (n),
  CONSTRAINT uq_decision_actions_id UNIQUE (id),
  CONSTRAINT ck_decision_actions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_decision_actions_decision FOREIGN KEY(decision) REFERENCES decisions (id),
  CONSTRAINT fk_decision_actions_action FOREIGN KEY(action) REFERENCES actions (id)
);
CREATE INDEX ix_decision_actions_action ON decision_actions (action);
CREATE INDEX ix_decision_actions_decision ON decision_actions (decision);
