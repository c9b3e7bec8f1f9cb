"""When this copy of the database last synced with a hub, and what it has written since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_device, read_setting, remove_setting, store_setting
from ahtc_tui.store.records.rows import select_value

LAST_SYNC = "last_sync"
"""The setting with hub, time, device and position of the last sync."""


FOLDER_LOG = "folder_files"
"""The setting with the files that the last sync with a folder read."""
AGREED_HUB = "agreed_hub"
"""The setting with the hub that a person on this laptop agreed to, and the device id of the laptop."""

COUNTED_TABLES = ("change", "step", "erasure", "missing_change", "parked_line")
"""Tables whose number of rows belongs to the state of the journal."""


class LastSync(NamedTuple):
    """The last sync of this copy."""

    hub: str
    """Host and database."""
    at: str
    """ISO 8601, UTC."""
    device: str
    position: int
    """The number of the last change of the journal that the hub has."""
    fingerprint: str = ""
    """Hash of the content of the hub where the sync left nothing to do on either side; empty otherwise."""
    journal_state: str = ""
    """What `read_journal_state` returned after that sync."""


REVERSALS = "SELECT (SELECT count(*) FROM step WHERE reverses IS NOT NULL) || ' ' || (SELECT count(*) FROM erasure)"


def read_position(cursor: Cursor) -> int:
    """Return the number of the last change of the journal."""
    return int(select_value(cursor, "SELECT coalesce(max(rowid), 0) FROM change") or 0)


def read_journal_state(cursor: Cursor) -> str:
    """Return a text that differs after every write to the journal, every undo of a merge and every erasure."""
    last_change = "SELECT coalesce(hex(id), '') FROM change ORDER BY rowid DESC LIMIT 1"
    counts = (select_value(cursor, f"SELECT count(*) FROM {table}") for table in COUNTED_TABLES)
    return " ".join(map(str, (select_value(cursor, last_change), *counts)))


def read_last_sync(cursor: Cursor) -> LastSync | None:
    """Return the last sync; None where this copy never synced, or was a copy of one that did."""
    text = read_setting(cursor, LAST_SYNC)
    sync = LastSync(*json.loads(text)) if text else None
    return sync if sync and sync.device == read_device(cursor) else None


def record_sync(cursor: Cursor, hub: str, at: str, position: int, fingerprint: str) -> None:
    """Store a sync that both sides have committed; with a fingerprint where it left nothing to do on either side."""
    state = read_journal_state(cursor) if fingerprint else ""
    value = json.dumps(LastSync(hub, at, read_device(cursor), position, fingerprint, state))
    store_setting(cursor, LAST_SYNC, value)


def read_folder_log(cursor: Cursor, folder: str) -> dict[str, list[str]]:
    """Return the state of each file at the last sync with a folder, by name; nothing for another folder or copy."""
    text = read_setting(cursor, FOLDER_LOG)
    log = json.loads(text) if text else {}
    return log["files"] if log.get("folder") == [folder, read_device(cursor)] else {}


def store_folder_log(cursor: Cursor, folder: str, files: Mapping[str, Sequence[str]]) -> None:
    """Remember the files of a folder, each with a state that shows whether reading it again would bring something."""
    store_setting(cursor, FOLDER_LOG, json.dumps({"folder": [folder, read_device(cursor)], "files": files}))


def read_reversals(cursor: Cursor) -> str:
    """Return a text that differs after every undo and every erasure: what a merge brought may be absent again."""
    return str(select_value(cursor, REVERSALS))


def is_agreed(cursor: Cursor, hub: str) -> bool:
    """Return whether this copy has synced with a hub, or a person agreed to that. Other copies ask again."""
    last, agreed = read_last_sync(cursor), read_setting(cursor, AGREED_HUB)
    return (last is not None and last.hub == hub) or agreed == _format_agreement(cursor, hub)


def store_agreement(cursor: Cursor, hub: str) -> None:
    """Remember that a person agreed to sync with a hub."""
    store_setting(cursor, AGREED_HUB, _format_agreement(cursor, hub))


def forget_syncs(cursor: Cursor) -> None:
    """Forget the last sync, and to what a person agreed."""
    remove_setting(cursor, LAST_SYNC)
    remove_setting(cursor, AGREED_HUB)
    remove_setting(cursor, FOLDER_LOG)


def _format_agreement(cursor: Cursor, hub: str) -> str:
    return json.dumps([hub, read_device(cursor)])


def count_changes_after(cursor: Cursor, position: int) -> int:
    """Return the number of changes of the journal after a position."""
    return int(select_value(cursor, "SELECT count(*) FROM change WHERE rowid > ?", (position,)) or 0)


def count_records(cursor: Cursor) -> int:
    """Count the records in a journal."""
    count: int = cursor.execute('SELECT count(*) FROM (SELECT DISTINCT "table", row_id FROM change)').fetchone()[0]
    return count
