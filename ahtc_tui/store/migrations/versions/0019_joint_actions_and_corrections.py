"""Add actions that were merged or split, corrections of agreed meetings, and further outcomes and states of decisions."""

from alembic import op

revision = "0019"
down_revision = "0018"

REBUILT = (
    ("agenda_items", "'noted', 'agreed', 'deferred')", "'noted', 'agreed', 'deferred', 'not_reached')"),
    (
        "decisions",
        "'proposed', 'agreed', 'superseded', 'implemented')",
        "'proposed', 'agreed', 'superseded', 'implemented', 'rejected', 'withdrawn')",
    ),
    ("amendments", "line BLOB NOT NULL", "line BLOB"),
)
"""Tables whose definition changes, with the former and the new text."""


def upgrade() -> None:
    connection = op.get_bind()
    for table, former, new in REBUILT:
        query = f"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL ORDER BY type = 'index'"
        definition, *indexes = connection.exec_driver_sql(query).scalars()
        if former not in definition:
            continue
        body = definition.replace(former, new).partition("(")[2]
        columns = ", ".join(f'"{row[1]}"' for row in connection.exec_driver_sql(f"PRAGMA table_info({table})"))
        statements = (
            f"CREATE TABLE new_{table} ({body}",
            f"INSERT INTO new_{table} ({columns}) SELECT {columns} FROM {table}",
            f"DROP TABLE {table}",
            f"ALTER TABLE new_{table} RENAME TO {table}",
        )
        for statement in (*statements, *indexes):
            connection.exec_driver_sql(statement)
    for column in ("merged_into", "split_from"):
        connection.exec_driver_sql(
            f"ALTER TABLE actions ADD COLUMN {column} BLOB CONSTRAINT fk_actions_{column} REFERENCES actions (id)"
        )
        connection.exec_driver_sql(f"CREATE INDEX ix_actions_{column} ON actions ({column})")
