"""Let every new change commit to its step, as a laptop does since its migration `hashed_steps`."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns."""
    for table in ("change", "missing_change"):
        op.execute(f"ALTER TABLE {table} ADD purpose VARCHAR")
