"""An archive of a whole office, read row by row: hostile ones and changed ones are refused. Knows no database."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from ahtc_tui.domain.backup.full_export import FORMAT, VERSION, About, Broken, Row
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.archive.full_export import MANIFEST
from ahtc_tui.formats.files.input_guard import guard_parts

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one row: an issued paper is kept in one."""
MOST_MANIFEST = 4 * 1024 * 1024
MOST_TABLES = 500


class Archive:
    """An open archive: what it says of itself, and the rows of each table."""

    def __init__(self, path: Path) -> None:
        """Read the manifest. Raises BadFile for what is no archive of ours, is not safe to open, or is newer."""
        with _understood(_("it was not written by `ahtc export everything`")):
            self._zip = zipfile.ZipFile(path)
            guard_parts(path, self._zip.infolist(), "archive")
            self._names = [part.filename for part in self._zip.infolist()]
            said = json.loads(self._read_small(MANIFEST), parse_constant=_no_number)
            self.about = _about(said)
            self.tables = {str(name): _table(told) for name, told in said["tables"].items()}
        if len(self.tables) > MOST_TABLES or len(set(self._names)) < len(self._names):
            raise Broken(_("a part of it stands there twice"))

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table."""
        return {name: told[1] for name, told in self.tables.items()}

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table; at their end they are held against the manifest. Raises Broken."""
        number, columns, told = self.tables[table]
        wanted = set(columns)
        found, count = hashlib.sha256(), 0
        altered = _("{table} was changed after it was written").format(table=table)
        with _understood(altered), self._zip.open(f"json/{table}.json") as file:
            for line in _lines(file):
                found.update(line)
                text = line.strip().rstrip(b",")
                if text in (b"[", b"]", b"[]", b""):
                    continue
                row = json.loads(text, parse_constant=_no_number)
                if not isinstance(row, dict) or not wanted <= row.keys():
                    raise Broken(_("a row of {table} lacks a column").format(table=table))
                count += 1
                yield row
        if found.hexdigest() != told or count != number:
            raise Broken(altered)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _read_small(self, name: str) -> bytes:
        if name not in self._names:
            raise Broken(_("it has no {name}").format(name=name))
        with self._zip.open(name) as file:
            data = file.read(MOST_MANIFEST + 1)
        if len(data) > MOST_MANIFEST:
            raise Broken(_("its {name} is too long").format(name=name))
        return data


@contextmanager
def _understood(otherwise: str) -> Iterator[None]:
    """Whatever a damaged or hostile archive makes Python's readers raise is one error; what they read has a reason."""
    try:
        yield
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Broken(otherwise) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Broken(_("it is damaged, or no archive at all ({reason})").format(reason=error or "?")) from error


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Broken(_("a line of it is too long"))
        yield line


def _no_number(_said: str) -> NoReturn:
    raise ValueError


def _about(said: dict[str, Any]) -> About:
    if said["format"] != FORMAT:
        raise Broken(_("it was not written by `ahtc export everything`"))
    if not isinstance(said["version"], int) or said["version"] > VERSION:
        raise Broken(_("it was written by a newer ahtc: install that one"))
    devices = tuple((str(device), int(last)) for device, last in said["devices"])
    return About(str(said["as_at"]), str(said["marking"]), int(said["schema"]), devices)


def _table(told: dict[str, Any]) -> tuple[int, tuple[str, ...], str]:
    return int(told["rows"]), tuple(map(str, told["columns"])), str(told["sha256"])
