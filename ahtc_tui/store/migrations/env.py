"""Environment of Alembic: the connection comes from `store.engine.migrate`, never from a configuration file.

The models are not imported here: a migration is frozen text, and making a database must not wait for them.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    transactional_ddl=False,  # the one transaction around all steps is opened and closed by store.migrate
    transaction_per_migration=False,
)
context.run_migrations()
