"""The first schema: every record type of the office, the journal and the search index.

The statements are in `first_schema/*.sql`, a file a noun: frozen text that later changes of the models cannot alter.
"""

from pathlib import Path

from alembic import op
from sqlcipher3 import dbapi2

revision = "0001"
down_revision = None

FILES = (
    "journal",
    "contacts",
    "groups",
    "meetings",
    "plan",
    "actions",
    "returns",
    "recommendations",
    "practice",
    "evidence",
    "commissions",
    "search",
)


def upgrade() -> None:
    folder = Path(__file__).parent.parent / "first_schema"
    for name in FILES:
        for statement in statements((folder / f"{name}.sql").read_text(encoding="utf-8")):
            op.get_bind().exec_driver_sql(statement)


def statements(script: str) -> list[str]:
    """The script cut where SQLite itself says that a statement is complete (a trigger holds semicolons)."""
    complete, incomplete = [], ""
    for line in script.splitlines():
        incomplete += line + "\n"
        if line.rstrip().endswith(";") and dbapi2.complete_statement(incomplete):
            complete.append(incomplete.strip())
            incomplete = ""
    return complete
