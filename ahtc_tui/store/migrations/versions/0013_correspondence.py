"""Add the salutation and the postal address of contacts, for letters and mail merge."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    for column in ("salutation", "postal_address"):
        op.get_bind().exec_driver_sql(f"ALTER TABLE parties ADD COLUMN {column} VARCHAR")
