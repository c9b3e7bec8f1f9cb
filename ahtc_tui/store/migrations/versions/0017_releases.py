"""Add releases with the decisions about their texts, and the reasons from the fixed list for withheld papers."""

from alembic import op

revision = "0017"
down_revision = "0016"

RECORD = """n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,"""
STATEMENTS = (
    f"""CREATE TABLE releases (
  {RECORD}
  document VARCHAR(24) NOT NULL,
  meeting BLOB,
  "commission" BLOB,
  number INTEGER NOT NULL,
  released_on TEXT,
  released_by VARCHAR,
  marking VARCHAR(24) DEFAULT 'official' NOT NULL,
  page_en VARCHAR,
  page_cy VARCHAR,
  CONSTRAINT pk_releases PRIMARY KEY (n),
  CONSTRAINT uq_releases_id UNIQUE (id),
  CONSTRAINT ck_releases_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_releases_document CHECK (document IN ('minutes', 'agenda', 'note', 'paper', 'dashboard', 'highlight',
 'transparency')),
  CONSTRAINT ck_releases_marking CHECK (marking IN ('official', 'official-sensitive')),
  CONSTRAINT ck_releases_released_on CHECK (date(substr(released_on, 1, 10)) IS substr(released_on, 1, 10)
 AND (length(released_on) = 10 OR substr(released_on, 11, 1) = ' ')),
  CONSTRAINT fk_releases_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_releases_commission FOREIGN KEY("commission") REFERENCES commissions (id)
)""",
    f"""CREATE TABLE release_texts (
  {RECORD}
  "release" BLOB NOT NULL,
  place VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  text_cy VARCHAR,
  decision VARCHAR(24) NOT NULL,
  wording VARCHAR,
  wording_cy VARCHAR,
  CONSTRAINT pk_release_texts PRIMARY KEY (n),
  CONSTRAINT uq_release_texts_id UNIQUE (id),
  CONSTRAINT ck_release_texts_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_release_texts_decision CHECK (decision IN ('keep', 'reword', 'withhold')),
  CONSTRAINT fk_release_texts_release FOREIGN KEY("release") REFERENCES releases (id)
)""",
    "CREATE INDEX ix_releases_meeting ON releases (meeting)",
    'CREATE INDEX ix_releases_commission ON releases ("commission")',
    'CREATE INDEX ix_release_texts_release ON release_texts ("release")',
    "ALTER TABLE papers ADD COLUMN withheld_reason VARCHAR",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
