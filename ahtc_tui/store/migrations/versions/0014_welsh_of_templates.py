"""Add the Welsh titles of agenda templates and forward plans."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for table in ("template_items", "forward_items"):
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN title_cy VARCHAR")
