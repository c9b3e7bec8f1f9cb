"""Give every change of the hub the hashes that a laptop gives to it by its migration 0003."""

import sqlalchemy as sa
from alembic import context, op

from ahtc_tui.store.journal.chain import StoredChange, commit_unchained

revision = "0003"
down_revision = "0002"

COLUMNS = """position BIGINT, ADD salt BYTEA, ADD digest BYTEA, ADD chain BYTEA, ADD erased_by BYTEA"""
OLD_COLUMNS = ", ".join(f'"{name}"' for name in StoredChange._fields[:11])
UPDATE = sa.text("UPDATE change SET salt = :salt, digest = :digest, chain = :chain WHERE id = :id")
AFTER = (
    "ALTER TABLE change ALTER digest SET NOT NULL",
    "ALTER TABLE change ALTER chain SET NOT NULL",
    "CREATE INDEX ix_change_place ON change (device, position)",
    """CREATE TABLE missing_change (
  id BYTEA NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  transaction BYTEA NOT NULL,
  "table" VARCHAR NOT NULL,
  row_id BYTEA NOT NULL,
  field VARCHAR NOT NULL,
  parents VARCHAR NOT NULL,
  position BIGINT,
  digest BYTEA NOT NULL,
  chain BYTEA NOT NULL,
  CONSTRAINT pk_missing_change PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_missing_change_place ON missing_change (device, position)",
)
PAGE_SIZE = 5000


def upgrade() -> None:
    """Add the columns and the table, and compute the hashes; a script for an empty hub has none to compute."""
    op.execute(f"ALTER TABLE change ADD {COLUMNS}")
    if not context.is_offline_mode():
        _compute_hashes(op.get_bind())
    for statement in AFTER:
        op.execute(statement)


def _compute_hashes(connection: sa.Connection) -> None:
    salt = connection.execute(sa.text("SELECT value FROM setting WHERE name = 'erasure_salt'")).scalar() or ""
    rows = connection.execute(sa.text(f"SELECT {OLD_COLUMNS} FROM change")).fetchall()
    for start in range(0, len(rows), PAGE_SIZE):
        committed = [
            commit_unchained(StoredChange(*row), bytes.fromhex(salt)) for row in rows[start : start + PAGE_SIZE]
        ]
        connection.execute(UPDATE, [change._asdict() for change in committed])
