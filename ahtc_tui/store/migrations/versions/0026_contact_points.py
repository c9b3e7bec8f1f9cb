"""Keep several telephone numbers and email addresses of a contact."""

from alembic import op

revision = "0026"
down_revision = "0025"

STATEMENTS = (
    """CREATE TABLE contact_points (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  party BLOB NOT NULL,
  email VARCHAR,
  phone VARCHAR,
  kind VARCHAR(24),
  CONSTRAINT pk_contact_points PRIMARY KEY (n),
  CONSTRAINT uq_contact_points_id UNIQUE (id),
  CONSTRAINT ck_contact_points_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_contact_points_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_contact_points_kind CHECK (kind IN ('work', 'mobile', 'home', 'second'))
)""",
    "CREATE INDEX ix_contact_points_party ON contact_points (party)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
