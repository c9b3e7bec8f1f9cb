"""Making a new database file, whole or not at all."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.words import _
from ahtc_tui.store.database import Database
from ahtc_tui.store.driver import APPLICATION_ID
from ahtc_tui.store.migrate import cannot_be_made, make_empty, remove, remove_sides, upgrade

if TYPE_CHECKING:
    from sqlalchemy import Connection


def create(path: Path, key: str | None = None, fill: Callable[[Database], None] | None = None) -> None:
    """Make a new database file at `path`, whole or not at all; `fill` writes its first records.

    Raises Refused where one exists, StoreError where it cannot be made.
    """
    part = path.with_name(f".{path.name}.new")
    try:
        if path.exists():
            raise Refused(_("{path} exists already: nothing was changed.").format(path=path))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_empty(part)
        upgrade(part, key, _stamp_new, new=True)
        if fill:
            with contextlib.closing(Database(part, key)) as filled:
                fill(filled)
        remove_sides(path)
        part.replace(path)
    except OSError as error:
        raise cannot_be_made(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            remove(part)


def _stamp_new(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    device = secrets.token_hex(8)
    connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('device', ?)", (device,))
    salt = secrets.token_hex(16)  # of the list of erased persons: a backup of any age has the same
    connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('erasure_salt', ?)", (salt,))
