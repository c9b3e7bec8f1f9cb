"""The journal: the tables that the first sync created before the hub had numbered migrations.

PostgreSQL keeps no samples of columns with names of people for its planner.
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """CREATE TABLE step (
  id BYTEA NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  "user" VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  reverses BYTEA,
  CONSTRAINT pk_step PRIMARY KEY (id),
  CONSTRAINT ck_step_kind CHECK (kind IN ('do', 'undo', 'redo', 'load', 'erase')),
  CONSTRAINT fk_step_reverses FOREIGN KEY (reverses) REFERENCES step (id)
)""",
    "CREATE INDEX ix_step_seq ON step (seq)",
    "CREATE INDEX ix_step_reverses ON step (reverses)",
    """CREATE TABLE change (
  id BYTEA NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  "user" VARCHAR NOT NULL,
  transaction BYTEA NOT NULL,
  "table" VARCHAR NOT NULL,
  row_id BYTEA NOT NULL,
  field VARCHAR NOT NULL,
  value VARCHAR,
  parents VARCHAR DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_change PRIMARY KEY (id),
  CONSTRAINT fk_change_transaction FOREIGN KEY (transaction) REFERENCES step (id)
)""",
    'CREATE INDEX ix_change_row ON change ("table", row_id)',
    "CREATE INDEX ix_change_transaction ON change (transaction)",
    """CREATE TABLE counter (
  pattern VARCHAR NOT NULL,
  last INTEGER NOT NULL,
  CONSTRAINT pk_counter PRIMARY KEY (pattern)
)""",
    """CREATE TABLE erasure (
  row_id BYTEA NOT NULL,
  erased_on VARCHAR NOT NULL,
  ground VARCHAR NOT NULL,
  marks VARCHAR DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_erasure PRIMARY KEY (row_id)
)""",
    """CREATE TABLE setting (
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT pk_setting PRIMARY KEY (name)
)""",
    "ALTER TABLE change ALTER value SET STATISTICS 0",
    'ALTER TABLE change ALTER "user" SET STATISTICS 0',
    "ALTER TABLE step ALTER label SET STATISTICS 0",
    'ALTER TABLE step ALTER "user" SET STATISTICS 0',
    "ALTER TABLE erasure ALTER ground SET STATISTICS 0",
    "INSERT INTO setting (name, value) VALUES ('program', 'ahtc')",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
