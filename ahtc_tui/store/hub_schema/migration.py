"""Migrations of the hub, run by Alembic in the transaction of the caller; Alembic is imported when one is due."""

from __future__ import annotations

from importlib import resources
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

SCRIPTS = Path(str(resources.files("ahtc_tui.store") / "hub_schema" / "scripts"))

HUB_REVISION = "0004"
"""The newest migration."""
FIRST_REVISION = "0001"
"""The schema of hubs that were created without Alembic."""
REVISION_TABLE = "alembic_version"


def migrate_hub(connection: Connection, revision: str = HUB_REVISION) -> None:
    """Migrate the hub to a revision. The caller commits."""
    from alembic import command

    command.upgrade(_build_config(connection), revision)


def mark_first_revision(connection: Connection) -> None:
    """Record that the hub has the first schema. The caller commits."""
    from alembic import command

    command.stamp(_build_config(connection), FIRST_REVISION)


def build_migration_script() -> str:
    """Return the SQL of all migrations, for an empty database."""
    from alembic import command

    script = StringIO()
    command.upgrade(_build_config(None, script), HUB_REVISION, sql=True)
    return script.getvalue().strip()


def _build_config(connection: Connection | None, output: StringIO | None = None) -> Config:
    from alembic.config import Config

    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
