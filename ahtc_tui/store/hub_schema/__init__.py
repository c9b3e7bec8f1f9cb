"""The schema of the office hub: numbered migrations, run by Alembic, and the rights of its roles."""

__all__ = ["migration", "rights"]
