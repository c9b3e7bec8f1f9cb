"""Keep what an undone merge had brought, for its redo."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENT = """CREATE TABLE parked_line (
  undo BLOB NOT NULL,
  position INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  line VARCHAR NOT NULL,
  CONSTRAINT pk_parked_line PRIMARY KEY (undo, position),
  CONSTRAINT fk_parked_line_undo FOREIGN KEY(undo) REFERENCES step (id)
)"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STATEMENT)
