"""The schema of the office hub: numbered migrations, run by Alembic."""

__all__ = ["migration"]
