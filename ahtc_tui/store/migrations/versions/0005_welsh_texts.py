"""Add the Welsh of the texts of actions, objectives and aims."""

from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = (("actions", "title_cy"), ("actions", "detail_cy"), ("objectives", "title_cy"), ("aims", "text_cy"))


def upgrade() -> None:
    for table, column in COLUMNS:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR")
