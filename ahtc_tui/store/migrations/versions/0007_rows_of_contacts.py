"""Keep both rows of a contact where a merge had removed one of them, and let it wait for a decision."""

from alembic import op

revision = "0007"
down_revision = "0006"

DETAIL_TABLES = ("people", "posts", "organisations", "groups")


def upgrade() -> None:
    connection = op.get_bind()
    for table in DETAIL_TABLES:
        differing = f"SELECT p.id FROM parties p JOIN {table} d ON d.id = p.id WHERE p.deleted <> d.deleted"
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO conflicting_record (\"table\", row_id) SELECT 'parties', id FROM ({differing})"
        )
        connection.exec_driver_sql(f"UPDATE {table} SET deleted = 0 WHERE deleted AND id IN ({differing})")
        kept = f"SELECT id FROM {table} WHERE NOT deleted"
        connection.exec_driver_sql(f"UPDATE parties SET deleted = 0 WHERE deleted AND id IN ({kept})")
