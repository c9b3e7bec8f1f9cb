"""Alembic's way in: the connection comes from `store.migrate`, never from a configuration file."""

from alembic import context
from sqlmodel import SQLModel

import ahtc_tui.store.tables  # noqa: F401  (fills the metadata)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the one transaction around all steps is opened and closed by store.migrate
    transaction_per_migration=False,
)
context.run_migrations()
