"""Add the Welsh titles of meetings, papers, plans, milestones, sessions and the records of evidence."""

from alembic import op

revision = "0012"
down_revision = "0011"

TABLES = (
    *("meetings", "papers", "plans", "milestones", "sessions"),
    *("documents", "recommendations", "data_sets", "figures"),
)


def upgrade() -> None:
    for table in TABLES:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN title_cy VARCHAR")
