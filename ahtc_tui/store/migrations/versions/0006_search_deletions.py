"""Let the search index mark removed entries instead of rewriting what holds their words."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)")
