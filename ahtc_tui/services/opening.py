"""Opens and creates workspaces. The only module that builds a `Workspace`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.files.temporary_files import find_own_folder, remove_stale_files
from ahtc_tui.domain.settings.parser import Settings
from ahtc_tui.services.workspace import (
    BACKUPS,
    DATABASE,
    ERASURES,
    EXPORTS,
    OPEN_SCREEN,
    TRANSCRIPTS,
    Workspace,
    read_settings,
    read_system_date,
)
from ahtc_tui.store.engine.database import Database, has_erasures, is_backup, lacks_areas
from ahtc_tui.store.engine.driver import follow_link
from ahtc_tui.store.records.cursor import Cursor


def open_workspace(root: Path, today: date | None = None, key: str | None = None) -> Workspace:
    """Open the database of a folder; `key` is its passphrase or raw key. `today` fixes the date of the workspace.

    A backup that was copied into place becomes a database with its own device, and erasures made since are
    applied. While a screen on another computer has the folder open, the database refuses writes.

    Raises NotFound where there is no database, StoreError where it cannot be used.
    """
    os.umask(0o077)
    settings = read_settings(root)
    for folder in (follow_link(root / DATABASE).parent, root, root / BACKUPS, root / EXPORTS, find_own_folder()):
        remove_stale_files(folder)
    database = Database(root / DATABASE, key)
    workspace = build_workspace(root, database, today, settings)
    if database.key:
        from ahtc_tui.store.engine.copies import read_former_key

        if read_former_key(database) is not None:
            from ahtc_tui.services.backup import settle_key_change

            settle_key_change(workspace)
    if is_backup(database):
        from ahtc_tui.store.backup.snapshot import initialize_restored

        initialize_restored(database)
    if (root / ERASURES).exists() or has_erasures(database):
        from ahtc_tui.services.privacy.erasure import settle_erasures

        settle_erasures(workspace)
    if (root / TRANSCRIPTS).exists():
        _destroy_transcripts(database)
    if lacks_areas(database):
        _add_areas(database)
    if any((root / DATABASE).parent.glob(f"{OPEN_SCREEN}*")):
        from ahtc_tui.services.surroundings.windows import find_writer_elsewhere

        if window := find_writer_elsewhere(root):
            database.read_only_reason = window.format_read_only_reason()
    return workspace


def _destroy_transcripts(database: Database) -> None:
    """Destroy the transcripts of agreed minutes that are left from an interrupted command."""
    from ahtc_tui.store.minutes.transcripts import destroy_pending

    with suppress(StoreError, Refused):  # neither a full disk nor a read-only database prevents reading
        destroy_pending(database)


def build_workspace(root: Path, database: Database, today: date | None, settings: Settings | None = None) -> Workspace:
    """Return the workspace of an open database; its date comes from the system clock unless `today` sets it."""
    clock = read_system_date if today is None else lambda: today
    database.text_check = _warn_of_erased_names
    settings = settings or Settings()
    return Workspace(
        root,
        database,
        clock,
        keymap=settings.keymap,
        theme=settings.theme,
        small_counts=settings.small_counts,
        keep=settings.keep,
        retention=settings.retention,
        lock_minutes=settings.lock_minutes,
        hub=settings.hub,
        vote_style=settings.vote_style,
        office=settings.office,
        setting_faults=settings.faults,
    )


def make_workspace(
    root: Path, reference: str | None, complete: Callable[[Workspace], None] = lambda _workspace: None
) -> Path:
    """Create the database of a folder, with only the areas of Wales or with a shipped data set, and return its path.

    `complete` adds further records. The file appears under its name only when it is complete. Raises Refused where it
    exists.
    """
    from ahtc_tui.services.reference.loader import check_data_set_name, load_areas, load_reference
    from ahtc_tui.store.engine.creation import create_database

    def fill(database: Database) -> None:
        if reference is None:
            load_areas(database)
        else:
            load_reference(database, reference)
        complete(build_workspace(root, database, None))

    os.umask(0o077)
    if reference is not None:
        check_data_set_name(reference)
    path = root / DATABASE
    create_database(path, fill=fill)
    return path


def _add_areas(database: Database) -> None:
    """Add the areas of Wales to an office from before; one that cannot be written to now gets them the next time."""
    from ahtc_tui.services.reference.loader import load_areas

    with suppress(StoreError, Refused):
        load_areas(database)


def _warn_of_erased_names(cursor: Cursor, table: str, values: Mapping[str, Any]) -> None:
    """Report texts that name an erased person; the module is imported with the first write."""
    from ahtc_tui.services.privacy.erased_names import warn_of_erased_names

    warn_of_erased_names(cursor, table, values)
