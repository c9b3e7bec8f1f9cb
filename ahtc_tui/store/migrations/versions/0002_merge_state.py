"""Keep the state of merges in tables.

The first schema kept the changes of each merge as hexadecimal text, and the open questions as JSON, in `setting`.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """CREATE TABLE merged_change (
  step BLOB NOT NULL,
  change BLOB NOT NULL,
  CONSTRAINT pk_merged_change PRIMARY KEY (step, change),
  CONSTRAINT fk_merged_change_step FOREIGN KEY(step) REFERENCES step (id)
)""",
    """CREATE TABLE conflicting_record (
  "table" VARCHAR NOT NULL,
  row_id BLOB NOT NULL,
  CONSTRAINT pk_conflicting_record PRIMARY KEY ("table", row_id)
)""",
    """CREATE TABLE duplicate_pair (
  "table" VARCHAR NOT NULL,
  first BLOB NOT NULL,
  second BLOB NOT NULL,
  resolved_by BLOB,
  CONSTRAINT pk_duplicate_pair PRIMARY KEY ("table", first, second),
  CONSTRAINT fk_duplicate_pair_resolved_by FOREIGN KEY(resolved_by) REFERENCES step (id)
)""",
    """INSERT OR IGNORE INTO merged_change (step, change)
WITH RECURSIVE part (step, ids, start) AS (
  SELECT s.id, m.value, 1 FROM setting m JOIN step s ON s.id = unhex(substr(m.name, 8))
  WHERE m.name GLOB 'merged *' AND m.value <> ''
  UNION ALL SELECT step, ids, start + 32 FROM part WHERE start + 32 < length(ids)
)
SELECT step, unhex(substr(ids, start, 32)) FROM part""",
    """INSERT OR IGNORE INTO conflicting_record ("table", row_id)
SELECT value ->> 0, unhex(value ->> 1) FROM json_each((SELECT value FROM setting WHERE name = 'to decide'), '$.rows')""",
    """INSERT OR IGNORE INTO duplicate_pair ("table", first, second)
SELECT value ->> 0, unhex(value ->> 1), unhex(value ->> 2)
FROM json_each((SELECT value FROM setting WHERE name = 'to decide'), '$.pairs')""",
    "DELETE FROM setting WHERE name = 'to decide' OR name GLOB 'merged *'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
