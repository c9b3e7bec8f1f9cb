"""The file of one laptop in a folder that serves as hub: encrypted parts, one after another.

Each part is a small SQLCipher database with rows of the journal; all parts of a file have one key. A part begins with
its length and a hash of everything up to its end, so that a file that was cut or altered is read up to that place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.files.temporary_files import hold_temporary_file
from ahtc_tui.store.engine import driver, foreign_file
from ahtc_tui.store.engine.encryption import SALT_SIZE
from ahtc_tui.store.hub.connection import HUB_TABLES, find_table, format_columns
from ahtc_tui.store.records.cursor import build_placeholders

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SUFFIX = ".ahtcsync"
"""Ending of the names of these files; a file is recognised by its first bytes."""
MAGIC = b"ahtc laptop 1\n"
LENGTH_BYTES, HASH_BYTES = 8, 32
PART_HEAD = LENGTH_BYTES + HASH_BYTES
MOST_PARTS = 60
"""Number of parts from which a file is written anew, so that reading it stays fast."""

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Rows by table, with the columns in the order of its definition."""


@dataclass(frozen=True, slots=True)
class LaptopFile:
    """What a file consists of; nothing of it is decrypted yet."""

    path: Path
    parts: tuple[tuple[int, int], ...]
    """Offset and length of each whole part."""
    digest: str
    """Hash of the whole parts."""
    is_torn: bool
    """Whether something follows the whole parts: it was cut, altered, or is still being copied."""
    salt: bytes
    """The salt of its key; empty without a part."""


def _build_table(name: str) -> str:
    """Return the statement of a table of a part: columns without types, constraints and indexes."""
    return f'CREATE TABLE "{name}" ({format_columns(name)})'


PART_SCHEMA = frozenset(foreign_file.SchemaObject("table", name, name, _build_table(name)) for name in HUB_TABLES)
"""The tables that a part may have."""


def list_files(folder: Path) -> list[LaptopFile]:
    """Return the files of laptops in a folder, whatever their names are. Raises OSError."""
    files = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            with path.open("rb") as stream:
                if stream.read(len(MAGIC)) == MAGIC:
                    files.append(_scan_file(path, stream))
    return files


def _scan_file(path: Path, stream: BinaryIO) -> LaptopFile:
    hasher, parts, salt = sha256(MAGIC), [], b""
    size = os.fstat(stream.fileno()).st_size
    offset = len(MAGIC)
    while offset < size:
        head = stream.read(PART_HEAD)
        length = int.from_bytes(head[:LENGTH_BYTES], "big")
        if len(head) < PART_HEAD or not 0 < length <= size - offset - PART_HEAD:
            break
        candidate = hasher.copy()
        data = stream.read(length)
        candidate.update(data)
        if candidate.digest() != head[LENGTH_BYTES:]:
            break
        hasher, salt = candidate, salt or data[:SALT_SIZE]
        parts.append((offset + PART_HEAD, length))
        offset += PART_HEAD + length
    return LaptopFile(path, tuple(parts), hasher.hexdigest(), offset != size, salt)


def build_part(rows: Rows, key: str, folder: Path) -> bytes:
    """Return the bytes of a part with these rows; `folder` holds it for a moment, encrypted."""
    with hold_temporary_file(folder, SUFFIX) as path:
        with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
            connection.execute(f'PRAGMA key = "{key}"')
            connection.execute(f"PRAGMA application_id = {driver.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {driver.SCHEMA_VERSION}")
            connection.execute("BEGIN")
            for name, values in rows.items():
                if values:
                    connection.execute(_build_table(name))
                    marks = build_placeholders(values[0])
                    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)
            connection.execute("COMMIT")
        return path.read_bytes()


def write_file(path: Path, part: bytes) -> None:
    """Fill an empty file with one part."""
    with path.open("wb") as stream:
        stream.write(MAGIC)
        _write_part(stream, sha256(MAGIC), part)


def append_part(file: LaptopFile, part: bytes) -> None:
    """Append a part to a whole file. Raises OSError."""
    hasher = sha256(MAGIC)
    with file.path.open("rb+") as stream:
        for offset, length in file.parts:
            stream.seek(offset)
            hasher.update(stream.read(length))
        stream.seek(0, os.SEEK_END)
        _write_part(stream, hasher, part)


def _write_part(stream: BinaryIO, hasher: Any, part: bytes) -> None:
    hasher.update(part)
    stream.write(len(part).to_bytes(LENGTH_BYTES, "big") + hasher.digest() + part)
    stream.flush()
    os.fsync(stream.fileno())


def read_parts(file: LaptopFile, key: str, peer: Cursor, folder: Path) -> None:
    """Copy the rows of all whole parts into the tables of a mirror. Raises BadFile; the mirror is of no use then."""
    for cursor in _open_parts(file, key, folder):
        for item in foreign_file.read_schema(cursor):
            verb = "REPLACE" if item.name in ("counter", "erasure", "setting") else "IGNORE"
            columns = format_columns(item.name)
            rows = cursor.execute(f'SELECT {columns} FROM "{item.name}"').fetchall()
            marks = build_placeholders(find_table(item.name).columns)
            statement = f'INSERT OR {verb} INTO "{item.name}" ({columns}) VALUES ({marks})'
            try:
                peer.executemany(statement, rows)
            except UnicodeEncodeError:
                peer.executemany(statement, [tuple(map(_make_valid, row)) for row in rows])


def _open_parts(file: LaptopFile, key: str, folder: Path) -> Iterator[Cursor]:
    """Open one part after the other, each with nothing but tables that this program makes. Raises BadFile."""
    with file.path.open("rb") as stream:
        for offset, length in file.parts:
            with hold_temporary_file(folder, SUFFIX) as path:
                stream.seek(offset)
                path.write_bytes(stream.read(length))
                try:
                    with foreign_file.open_foreign_file(path, key, frozenset(), PART_SCHEMA) as cursor:
                        yield cursor
                except BadFile as error:
                    raise BadFile(str(error).replace(str(path), str(file.path))) from error


def _make_valid(value: Any) -> Any:
    """Return a value that can be stored; the hash of a line with invalid text does not match afterwards."""
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def opens_with(file: LaptopFile, key: str, folder: Path) -> bool:
    """Return whether a key opens the first part of a file."""
    try:
        return any(True for _cursor in _open_parts(replace(file, parts=file.parts[:1]), key, folder))
    except BadFile:
        return False
