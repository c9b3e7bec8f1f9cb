-- Places, parties and the engagement log.
CREATE TABLE areas (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  kind VARCHAR(24) NOT NULL,
  name VARCHAR NOT NULL,
  name_cy VARCHAR,
  parent BLOB,
  police BLOB,
  CONSTRAINT pk_areas PRIMARY KEY (n),
  CONSTRAINT uq_areas_id UNIQUE (id),
  CONSTRAINT ck_areas_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_areas_ref UNIQUE (ref),
  CONSTRAINT ck_areas_kind CHECK (kind IN ('nation', 'multi-nation', 'forum-area', 'place')),
  CONSTRAINT fk_areas_parent FOREIGN KEY(parent) REFERENCES areas (id),
  CONSTRAINT fk_areas_police FOREIGN KEY(police) REFERENCES organisations (id)
);

CREATE TABLE parties (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  kind VARCHAR(24) NOT NULL,
  name VARCHAR NOT NULL,
  name_cy VARCHAR,
  short VARCHAR,
  area BLOB,
  email VARCHAR,
  phone VARCHAR,
  card_uid VARCHAR,
  tier INTEGER,
  merged_into BLOB,
  CONSTRAINT pk_parties PRIMARY KEY (n),
  CONSTRAINT uq_parties_id UNIQUE (id),
  CONSTRAINT ck_parties_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_parties_ref UNIQUE (ref),
  CONSTRAINT ck_parties_kind CHECK (kind IN ('person', 'post', 'organisation', 'group')),
  CONSTRAINT fk_parties_area FOREIGN KEY(area) REFERENCES areas (id),
  CONSTRAINT fk_parties_merged_into FOREIGN KEY(merged_into) REFERENCES parties (id)
);
CREATE INDEX ix_parties_merged_into ON parties (merged_into);

CREATE TABLE aliases (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  party BLOB NOT NULL,
  name VARCHAR NOT NULL,
  from_on TEXT,
  to_on TEXT,
  CONSTRAINT pk_aliases PRIMARY KEY (n),
  CONSTRAINT uq_aliases_id UNIQUE (id),
  CONSTRAINT ck_aliases_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_aliases_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_aliases_from_on CHECK (date(substr(from_on, 1, 10)) IS substr(from_on, 1, 10) AND (length(from_on) = 10 OR substr(from_on, 11, 1) = ' ')),
  CONSTRAINT ck_aliases_to_on CHECK (date(substr(to_on, 1, 10)) IS substr(to_on, 1, 10) AND (length(to_on) = 10 OR substr(to_on, 11, 1) = ' '))
);
CREATE INDEX ix_aliases_party ON aliases (party);

CREATE TABLE organisations (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  kind VARCHAR(24) NOT NULL,
  parent BLOB,
  parent_from TEXT,
  police BLOB,
  forum_area BLOB,
  first_responder BOOLEAN DEFAULT '0' NOT NULL,
  first_responder_since TEXT,
  competent_authority BOOLEAN DEFAULT '0' NOT NULL,
  jurisdiction VARCHAR,
  CONSTRAINT pk_organisations PRIMARY KEY (n),
  CONSTRAINT uq_organisations_id UNIQUE (id),
  CONSTRAINT fk_organisations_id FOREIGN KEY(id) REFERENCES parties (id),
  CONSTRAINT ck_organisations_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_organisations_kind CHECK (kind IN ('government', 'government-unit', 'police', 'law-enforcement', 'prosecutor', 'health-board', 'local-authority', 'ngo', 'university', 'legislature', 'international', 'professional-body', 'agency', 'other')),
  CONSTRAINT fk_organisations_parent FOREIGN KEY(parent) REFERENCES organisations (id),
  CONSTRAINT fk_organisations_police FOREIGN KEY(police) REFERENCES organisations (id),
  CONSTRAINT fk_organisations_forum_area FOREIGN KEY(forum_area) REFERENCES areas (id),
  CONSTRAINT ck_organisations_first_responder CHECK (first_responder IN (0, 1)),
  CONSTRAINT ck_organisations_competent_authority CHECK (competent_authority IN (0, 1)),
  CONSTRAINT ck_organisations_parent_from CHECK (date(substr(parent_from, 1, 10)) IS substr(parent_from, 1, 10) AND (length(parent_from) = 10 OR substr(parent_from, 11, 1) = ' ')),
  CONSTRAINT ck_organisations_first_responder_since CHECK (date(substr(first_responder_since, 1, 10)) IS substr(first_responder_since, 1, 10) AND (length(first_responder_since) = 10 OR substr(first_responder_since, 11, 1) = ' '))
);
CREATE INDEX ix_organisations_parent ON organisations (parent);

CREATE TABLE posts (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  organisation BLOB,
  collective BOOLEAN DEFAULT '0' NOT NULL,
  established_on TEXT,
  CONSTRAINT pk_posts PRIMARY KEY (n),
  CONSTRAINT uq_posts_id UNIQUE (id),
  CONSTRAINT fk_posts_id FOREIGN KEY(id) REFERENCES parties (id),
  CONSTRAINT ck_posts_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_posts_organisation FOREIGN KEY(organisation) REFERENCES organisations (id),
  CONSTRAINT ck_posts_collective CHECK (collective IN (0, 1)),
  CONSTRAINT ck_posts_established_on CHECK (date(substr(established_on, 1, 10)) IS substr(established_on, 1, 10) AND (length(established_on) = 10 OR substr(established_on, 11, 1) = ' '))
);
CREATE INDEX ix_posts_organisation ON posts (organisation);

CREATE TABLE people (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  organisation BLOB,
  role VARCHAR,
  other_roles VARCHAR,
  postnominal VARCHAR,
  language VARCHAR,
  lawful_basis VARCHAR,
  told_on TEXT,
  review_on TEXT,
  CONSTRAINT pk_people PRIMARY KEY (n),
  CONSTRAINT uq_people_id UNIQUE (id),
  CONSTRAINT fk_people_id FOREIGN KEY(id) REFERENCES parties (id),
  CONSTRAINT ck_people_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_people_organisation FOREIGN KEY(organisation) REFERENCES organisations (id),
  CONSTRAINT ck_people_told_on CHECK (date(substr(told_on, 1, 10)) IS substr(told_on, 1, 10) AND (length(told_on) = 10 OR substr(told_on, 11, 1) = ' ')),
  CONSTRAINT ck_people_review_on CHECK (date(substr(review_on, 1, 10)) IS substr(review_on, 1, 10) AND (length(review_on) = 10 OR substr(review_on, 11, 1) = ' '))
);
CREATE INDEX ix_people_organisation ON people (organisation);

CREATE TABLE holdings (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  post BLOB NOT NULL,
  person BLOB,
  ordinal INTEGER,
  from_on TEXT,
  to_on TEXT,
  acting BOOLEAN DEFAULT '0' NOT NULL,
  CONSTRAINT pk_holdings PRIMARY KEY (n),
  CONSTRAINT uq_holdings_id UNIQUE (id),
  CONSTRAINT ck_holdings_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_holdings_post FOREIGN KEY(post) REFERENCES posts (id),
  CONSTRAINT fk_holdings_person FOREIGN KEY(person) REFERENCES people (id),
  CONSTRAINT ck_holdings_acting CHECK (acting IN (0, 1)),
  CONSTRAINT ck_holdings_from_on CHECK (date(substr(from_on, 1, 10)) IS substr(from_on, 1, 10) AND (length(from_on) = 10 OR substr(from_on, 11, 1) = ' ')),
  CONSTRAINT ck_holdings_to_on CHECK (date(substr(to_on, 1, 10)) IS substr(to_on, 1, 10) AND (length(to_on) = 10 OR substr(to_on, 11, 1) = ' '))
);
CREATE INDEX ix_holdings_person ON holdings (person);
CREATE INDEX ix_holdings_post ON holdings (post);

CREATE TABLE engagements (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  held_on TEXT NOT NULL,
  kind VARCHAR(24) NOT NULL,
  subject VARCHAR NOT NULL,
  text VARCHAR,
  follow_up BLOB,
  CONSTRAINT pk_engagements PRIMARY KEY (n),
  CONSTRAINT uq_engagements_id UNIQUE (id),
  CONSTRAINT ck_engagements_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_engagements_ref UNIQUE (ref),
  CONSTRAINT ck_engagements_kind CHECK (kind IN ('call', 'visit', 'training', 'meeting', 'mail')),
  CONSTRAINT fk_engagements_follow_up FOREIGN KEY(follow_up) REFERENCES actions (id),
  CONSTRAINT ck_engagements_held_on CHECK (date(substr(held_on, 1, 10)) IS substr(held_on, 1, 10) AND (length(held_on) = 10 OR substr(held_on, 11, 1) = ' '))
);

CREATE TABLE engagement_parties (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  engagement BLOB NOT NULL,
  party BLOB NOT NULL,
  CONSTRAINT pk_engagement_parties PRIMARY KEY (n),
  CONSTRAINT uq_engagement_parties_id UNIQUE (id),
  CONSTRAINT ck_engagement_parties_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_engagement_parties_engagement FOREIGN KEY(engagement) REFERENCES engagements (id),
  CONSTRAINT fk_engagement_parties_party FOREIGN KEY(party) REFERENCES parties (id)
);
CREATE INDEX ix_engagement_parties_engagement ON engagement_parties (engagement);
CREATE INDEX ix_engagement_parties_party ON engagement_parties (party);

CREATE TABLE tiers (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  number INTEGER NOT NULL,
  days INTEGER NOT NULL,
  CONSTRAINT pk_tiers PRIMARY KEY (n),
  CONSTRAINT uq_tiers_id UNIQUE (id),
  CONSTRAINT ck_tiers_deleted CHECK (deleted IN (0, 1))
);

CREATE TABLE circulation_lists (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  name VARCHAR NOT NULL,
  words VARCHAR DEFAULT '' NOT NULL,
  CONSTRAINT pk_circulation_lists PRIMARY KEY (n),
  CONSTRAINT uq_circulation_lists_id UNIQUE (id),
  CONSTRAINT ck_circulation_lists_deleted CHECK (deleted IN (0, 1))
);

CREATE TABLE circulation_members (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  list BLOB NOT NULL,
  party BLOB NOT NULL,
  dropped BOOLEAN DEFAULT '0' NOT NULL,
  CONSTRAINT pk_circulation_members PRIMARY KEY (n),
  CONSTRAINT uq_circulation_members_id UNIQUE (id),
  CONSTRAINT ck_circulation_members_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_circulation_members_list FOREIGN KEY(list) REFERENCES circulation_lists (id),
  CONSTRAINT fk_circulation_members_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_circulation_members_dropped CHECK (dropped IN (0, 1))
);
CREATE INDEX ix_circulation_members_list ON circulation_members (list);
CREATE INDEX ix_circulation_members_party ON circulation_members (party);

CREATE TABLE not_duplicates (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  one BLOB NOT NULL,
  other BLOB NOT NULL,
  CONSTRAINT pk_not_duplicates PRIMARY KEY (n),
  CONSTRAINT uq_not_duplicates_id UNIQUE (id),
  CONSTRAINT ck_not_duplicates_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_not_duplicates_one FOREIGN KEY(one) REFERENCES parties (id),
  CONSTRAINT fk_not_duplicates_other FOREIGN KEY(other) REFERENCES parties (id)
);
CREATE INDEX ix_not_duplicates_one ON not_duplicates (one);
CREATE INDEX ix_not_duplicates_other ON not_duplicates (other);
