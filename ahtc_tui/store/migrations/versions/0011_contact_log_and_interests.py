"""Add details of logged contacts, interests, further recommendations of actions, and markings of papers."""

from alembic import op

revision = "0011"
down_revision = "0010"

MARKINGS = (
    "CHECK (marking IN ('official', 'official-sensitive', 'not-protectively-marked', 'protect', 'restricted',"
    " 'confidential'))"
)
STATEMENTS = (
    "ALTER TABLE engagements ADD COLUMN minutes INTEGER",
    """ALTER TABLE engagements ADD COLUMN status VARCHAR(24)
 CONSTRAINT ck_engagements_status CHECK (status IN ('planned', 'held', 'cancelled'))""",
    "ALTER TABLE engagements ADD COLUMN assignee BLOB CONSTRAINT fk_engagements_assignee REFERENCES parties (id)",
    f"ALTER TABLE papers ADD COLUMN marking VARCHAR(24) CONSTRAINT ck_papers_marking {MARKINGS}",
    f"ALTER TABLE documents ADD COLUMN marking VARCHAR(24) CONSTRAINT ck_documents_marking {MARKINGS}",
)
CHECKED_DAY = (
    "CONSTRAINT ck_interests_{0} CHECK (date(substr({0}, 1, 10)) IS substr({0}, 1, 10)"
    " AND (length({0}) = 10 OR substr({0}, 11, 1) = ' '))"
)
INTERESTS = f"""CREATE TABLE interests (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  ref VARCHAR NOT NULL,
  party BLOB NOT NULL,
  organisation BLOB,
  text VARCHAR NOT NULL,
  declared_on TEXT,
  from_on TEXT,
  to_on TEXT,
  CONSTRAINT pk_interests PRIMARY KEY (n),
  CONSTRAINT uq_interests_id UNIQUE (id),
  CONSTRAINT ck_interests_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_interests_ref UNIQUE (ref),
  CONSTRAINT fk_interests_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT fk_interests_organisation FOREIGN KEY(organisation) REFERENCES organisations (id),
  {CHECKED_DAY.format("declared_on")},
  {CHECKED_DAY.format("from_on")},
  {CHECKED_DAY.format("to_on")}
)"""
RECOMMENDATIONS = """CREATE TABLE action_recommendations (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  action BLOB NOT NULL,
  recommendation BLOB NOT NULL,
  CONSTRAINT pk_action_recommendations PRIMARY KEY (n),
  CONSTRAINT uq_action_recommendations_id UNIQUE (id),
  CONSTRAINT ck_action_recommendations_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_action_recommendations_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_action_recommendations_recommendation FOREIGN KEY(recommendation) REFERENCES recommendations (id)
)"""
INDEXES = (
    "CREATE INDEX ix_action_recommendations_action ON action_recommendations (action)",
    "CREATE INDEX ix_action_recommendations_recommendation ON action_recommendations (recommendation)",
    "CREATE INDEX ix_interests_organisation ON interests (organisation)",
    "CREATE INDEX ix_interests_party ON interests (party)",
)


def upgrade() -> None:
    for statement in (*STATEMENTS, INTERESTS, RECOMMENDATIONS, *INDEXES):
        op.get_bind().exec_driver_sql(statement)
