"""Keep the Welsh name of a contact or group for each name that it has had."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE aliases ADD COLUMN name_cy VARCHAR")
