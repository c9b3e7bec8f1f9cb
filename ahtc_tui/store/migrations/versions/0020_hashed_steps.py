"""Let every new change commit to its step: its kind, and the step that it reverses.

Changes from before keep their hashes, which commit to neither.
"""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for table in ("change", "missing_change"):
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN purpose VARCHAR")
