"""Add the Welsh of the texts of practices, commissions, their questions and their paragraphs."""

from alembic import op

revision = "0009"
down_revision = "0008"

COLUMNS = (
    ("practices", "title_cy"),
    ("commissions", "title_cy"),
    ("commission_questions", "text_cy"),
    ("paragraphs", "title_cy"),
    ("paragraphs", "text_cy"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR")
