"""Record that nobody holds a post from a day on, as a fact beside the terms of its holders."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "ALTER TABLE holdings ADD COLUMN vacant BOOLEAN DEFAULT '0' NOT NULL"
        " CONSTRAINT ck_holdings_vacant CHECK (vacant IN (0, 1))"
    )
