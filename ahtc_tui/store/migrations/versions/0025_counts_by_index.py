"""Let the indexes by due date and by objective hold all that counts of late actions and the plan read of an action."""

from alembic import op

revision = "0025"
down_revision = "0024"

COLUMNS = {
    "ix_actions_open_due": "is_open, due_day, n, lead, status, brag",
    "ix_actions_objective": "objective, deleted, status, brag, due",
}


def upgrade() -> None:
    for name, columns in COLUMNS.items():
        op.get_bind().exec_driver_sql(f"DROP INDEX {name}")
        op.get_bind().exec_driver_sql(f"CREATE INDEX {name} ON actions ({columns})")
