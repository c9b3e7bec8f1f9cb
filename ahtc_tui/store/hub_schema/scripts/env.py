"""Environment of Alembic for the hub: the connection and its one transaction belong to `store.hub_schema.migration`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],  # None where the SQL is printed
    dialect_name="postgresql",
    transactional_ddl=False,
    transaction_per_migration=False,
)
context.run_migrations()
