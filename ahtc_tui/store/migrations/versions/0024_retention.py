"""Add holds of records, and certificates of what was destroyed or transferred."""

from alembic import op

revision = "0024"
down_revision = "0023"

RECORD = """n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,"""
DATE = """CHECK (date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' '))"""
STATEMENTS = (
    f"""CREATE TABLE retention_holds (
  {RECORD}
  held_ref VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  held_on TEXT NOT NULL,
  released_on TEXT,
  CONSTRAINT pk_retention_holds PRIMARY KEY (n),
  CONSTRAINT uq_retention_holds_id UNIQUE (id),
  CONSTRAINT ck_retention_holds_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_retention_holds_held_on {DATE.format("held_on")},
  CONSTRAINT ck_retention_holds_released_on {DATE.format("released_on")}
)""",
    f"""CREATE TABLE certificates (
  {RECORD}
  ref VARCHAR NOT NULL,
  made_on TEXT NOT NULL,
  made_by VARCHAR NOT NULL,
  entries VARCHAR NOT NULL,
  transferred VARCHAR NOT NULL,
  CONSTRAINT pk_certificates PRIMARY KEY (n),
  CONSTRAINT uq_certificates_id UNIQUE (id),
  CONSTRAINT uq_certificates_ref UNIQUE (ref),
  CONSTRAINT ck_certificates_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT ck_certificates_made_on {DATE.format("made_on")}
)""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
