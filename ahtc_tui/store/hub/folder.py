"""A folder as hub: one encrypted file a laptop, of which each laptop writes its own and reads the others.

A file holds everything that its laptop knows, so that a missing, older or torn one takes nothing away: the others, and
the next sync of its laptop, bring it. No lock is needed, because nobody writes the file of another laptop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import check_passphrase
from ahtc_tui.store.engine.encryption import derive_key_of_salt, derive_new_key, read_salt
from ahtc_tui.store.engine.foreign_file import ForeignConnection, ReadLimit
from ahtc_tui.store.hub import laptop_file
from ahtc_tui.store.hub.connection import format_columns
from ahtc_tui.store.hub.download import copy_schema, project_records
from ahtc_tui.store.hub.laptop_file import LaptopFile, Rows
from ahtc_tui.store.privacy.erasure_register import SALT, list_erased_keys
from ahtc_tui.store.records.fields import DEVICE, read_device, read_setting
from ahtc_tui.store.replication.peer_database import list_change_ids

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

JOURNAL_TABLES = ("step", "change", "missing_change", "erasure", "counter")
SENT_SETTINGS = (SALT, DEVICE)
REDACTED_COLUMNS = {"change": "id, salt, user", "step": "id, label, user", "erasure": "*"}
"""What an erasure changes in rows that a file may hold: if it differs, the file is written anew."""
LONGEST_NAME = 60


@dataclass
class FolderHub:
    """The files of a folder, and the keys that a passphrase gives."""

    path: Path
    passphrase: str
    files: list[LaptopFile] = field(default_factory=list)
    _keys: dict[bytes, str] = field(default_factory=dict)

    def find_key(self, salt: bytes) -> str:
        """Return the raw key of a file; deriving one takes a quarter of a second."""
        if salt not in self._keys:
            self._keys[salt] = derive_key_of_salt(self.passphrase, salt)
        return self._keys[salt]

    def find_new_key(self) -> str:
        """Return the key of a new file: with a salt that is in use, so that a sync derives one key."""
        salt = next(iter(self._keys), None) or next((file.salt for file in self.files if file.salt), None)
        if salt is not None:
            return self.find_key(salt)
        check_passphrase(self.passphrase)
        key = derive_new_key(self.passphrase)
        self._keys[read_salt(key)] = key
        return key


def list_files(path: Path) -> list[LaptopFile]:
    """Return the files of laptops in a folder. Raises StoreError where it cannot be read."""
    try:
        return laptop_file.list_files(path)
    except OSError as error:
        sentence = _("The folder {folder} cannot be read: {reason}. Nothing was changed; you can work without it.")
        raise StoreError(sentence.format(folder=path, reason=error.strerror or error)) from error


def open_folder(path: Path, passphrase: str) -> FolderHub:
    """List the files of a folder. Raises StoreError where it cannot be read, BadInput for a weak new passphrase."""
    hub = FolderHub(path, passphrase, list_files(path))
    if not any(file.salt for file in hub.files):
        check_passphrase(passphrase)
    return hub


@contextmanager
def open_mirror(hub: FolderHub, file: LaptopFile, database: Database) -> Iterator[Cursor]:
    """Copy the journal in a file into a database in memory, for a merge. Raises BadFile."""
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False, factory=ForeignConnection)
    with closing(connection):
        connection.path, connection.limit = file.path, ReadLimit(connection, file.path.stat().st_size)
        peer = connection.cursor()
        with database.read() as local:
            copy_schema(local, peer)
            laptop_file.read_parts(file, hub.find_key(file.salt), peer, database.path.parent)
            peer.execute("BEGIN")
        yield peer


def project_erased(local: Cursor, peer: Cursor) -> None:
    """Project the records of the mirror where this copy has erasures that it lacks: names are read from records."""
    if list_erased_keys(local, people=True) - list_erased_keys(peer, people=True):
        project_records(local, peer)


def read_device_of(peer: Cursor) -> str:
    """Return the id of the laptop that wrote a mirrored file, as messages may show it."""
    text = str(read_setting(peer, DEVICE) or "?")
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_NAME]


def find_last_position(cursor: Cursor, device: str) -> int:
    """Return the position of the last change of a device."""
    query = "SELECT max(position) FROM (SELECT device, position FROM change UNION ALL SELECT device, position FROM"
    row = cursor.execute(f"{query} missing_change) WHERE device = ? AND typeof(position) = 'integer'", (device,))
    return row.fetchone()[0] or 0


def find_own_path(hub: FolderHub, local: Cursor) -> Path:
    """Return the path of the file of this laptop."""
    device = re.sub(r"[^A-Za-z0-9]+", "-", read_device(local)).strip("-")
    return hub.path / f"ahtc-{device}{laptop_file.SUFFIX}"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What the file of this laptop lacks."""

    path: Path
    file: LaptopFile | None
    """The present file to which a part is appended; None where the file is written anew, as a whole."""
    rows: Rows
    new_ids: set[RowKey]
    """Changes of this copy that no file of this laptop has."""
    new_erasures: int
    """Number of erased people whom no file of this laptop names as erased."""

    @property
    def is_empty(self) -> bool:
        """Whether the file is as it should be."""
        return self.file is not None and not any(self.rows.values())


def plan_shipment(hub: FolderHub, database: Database, local: Cursor) -> Shipment:
    """Return what is to be written into the file of this laptop.

    It is written as a whole where it is missing, torn, of another laptop or version, where an erasure redacted
    something that it holds, and from a number of parts.
    """
    path = find_own_path(hub, local)
    file = next((file for file in hub.files if file.path == path and file.parts), None)
    new_ids, erased = list_change_ids(local), list_erased_keys(local, people=True)
    if file is not None:
        with suppress(BadFile), open_mirror(hub, file, database) as own:
            new_ids, erased = new_ids - list_change_ids(own), erased - list_erased_keys(own)
            is_whole = not file.is_torn and len(file.parts) < laptop_file.MOST_PARTS
            if is_whole and _is_own(local, own) and not _has_redacted(local, own):
                return Shipment(path, file, _list_rows(local, own), new_ids, len(erased))
    return Shipment(path, None, _list_rows(local, None), new_ids, len(erased))


def _is_own(local: Cursor, own: Cursor) -> bool:
    return all(read_setting(local, name) == read_setting(own, name) for name in SENT_SETTINGS)


def _has_redacted(local: Cursor, own: Cursor) -> bool:
    """Return whether the file holds a row as it was before an erasure, or lines that an erasure removed."""
    for table, columns in REDACTED_COLUMNS.items():
        rows = {row[0]: row for row in local.execute(f"SELECT {columns} FROM {table}")}
        if any(rows.get(row[0], row) != row for row in own.execute(f"SELECT {columns} FROM {table}")):
            return True
        if table == "erasure" and len(rows) != own.execute("SELECT count(*) FROM erasure").fetchone()[0]:
            return True
    return False


def _list_rows(local: Cursor, own: Cursor | None) -> Rows:
    """Return the rows of this copy that its file lacks; all where there is none."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for table in JOURNAL_TABLES:
        columns = format_columns(table)
        # A counter rises, so that its whole row is compared; what identifies any other row is its first column.
        compared = columns if table == "counter" else columns.partition(",")[0]
        width = compared.count(",") + 1
        known = set(own.execute(f'SELECT {compared} FROM "{table}"')) if own is not None else set()
        rows[table] = [row for row in local.execute(f'SELECT {columns} FROM "{table}"') if row[:width] not in known]
    if own is None:
        rows["setting"] = [(name, value) for name in SENT_SETTINGS if (value := read_setting(local, name))]
    return rows


def send(hub: FolderHub, database: Database, shipment: Shipment) -> None:
    """Append a part to the file of this laptop, or replace it as a whole. Raises OSError."""
    key = hub.find_new_key() if shipment.file is None else hub.find_key(shipment.file.salt)
    part = laptop_file.build_part(shipment.rows, key, database.path.parent)
    if shipment.file is not None:
        laptop_file.append_part(shipment.file, part)
        return
    temporary = shipment.path.with_name(f".{shipment.path.name}.part")  # the next sync replaces one that was left
    laptop_file.write_file(temporary, part)
    temporary.replace(shipment.path)
