"""Reader of full exports, row by row. Hostile and altered archives are refused."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from ahtc_tui.domain.backup.full_export import FORMAT, VERSION, ArchiveHeader, ArchiveRow, BrokenArchive
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.archive.full_export import MANIFEST
from ahtc_tui.formats.files.input_guard import check_archive_parts

MAX_LINE_BYTES = 64 * 1024 * 1024
"""Maximum size of one row; an issued document is stored in one."""
MAX_MANIFEST_BYTES = 4 * 1024 * 1024
MAX_TABLES = 500


class FullExportArchive:
    """An open archive with its manifest and tables."""

    def __init__(self, path: Path) -> None:
        """Read the manifest. Raises BadFile if it is not our archive, not safe to open, or of a newer version."""
        with _translate_errors(_("it was not written by `ahtc export everything`")):
            self._zip = zipfile.ZipFile(path)
            check_archive_parts(path, self._zip.infolist(), "archive")
            self._names = [part.filename for part in self._zip.infolist()]
            manifest = json.loads(self._read_small(MANIFEST), parse_constant=_refuse_constant)
            self.about = _read_about(manifest)
            self.tables = {str(name): _read_table_entry(entry) for name, entry in manifest["tables"].items()}
        if len(self.tables) > MAX_TABLES or len(set(self._names)) < len(self._names):
            raise BrokenArchive(_("it contains a part twice"))

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Columns of each table."""
        return {name: entry[1] for name, entry in self.tables.items()}

    def read_rows(self, table: str) -> Iterator[ArchiveRow]:
        """Yield the rows of a table and verify its checksum at the end. Raises Broken."""
        expected_count, columns, checksum = self.tables[table]
        required = set(columns)
        digest, count = hashlib.sha256(), 0
        altered_message = _("{table} was changed after it was written").format(table=table)
        with _translate_errors(altered_message), self._zip.open(f"json/{table}.json") as file:
            for line in (lines := _read_lines(file)):
                digest.update(line)
                text = line.strip().rstrip(b",")
                if text in (b"[", b"]", b"[]", b""):
                    continue
                row = json.loads(text, parse_constant=_refuse_constant)
                if not isinstance(row, dict) or not required <= row.keys():
                    for rest in lines:  # a damaged part is named as damaged, whatever its rows look like
                        digest.update(rest)
                    if digest.hexdigest() != checksum:
                        raise BrokenArchive(altered_message)
                    raise BrokenArchive(_("a row of {table} has no value for a column").format(table=table))
                count += 1
                yield row
        if digest.hexdigest() != checksum or count != expected_count:
            raise BrokenArchive(altered_message)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _read_small(self, name: str) -> bytes:
        if name not in self._names:
            raise BrokenArchive(_("it has no {name}").format(name=name))
        with self._zip.open(name) as file:
            data = file.read(MAX_MANIFEST_BYTES + 1)
        if len(data) > MAX_MANIFEST_BYTES:
            raise BrokenArchive(_("its {name} is too long").format(name=name))
        return data


@contextmanager
def _translate_errors(message: str) -> Iterator[None]:
    """Raise Broken for any error that an invalid archive causes in the standard library."""
    try:
        yield
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise BrokenArchive(message) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise BrokenArchive(_("it is damaged, or not an archive ({reason})").format(reason=error or "?")) from error


def _read_lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES:
            raise BrokenArchive(_("one of its lines is too long"))
        yield line


def _refuse_constant(_constant: str) -> NoReturn:
    raise ValueError


def _read_about(manifest: dict[str, Any]) -> ArchiveHeader:
    if manifest["format"] != FORMAT:
        raise BrokenArchive(_("it was not written by `ahtc export everything`"))
    if not isinstance(manifest["version"], int) or manifest["version"] > VERSION:
        raise BrokenArchive(_("it was written by a newer version of ahtc: install that version"))
    devices = tuple((str(device), int(last)) for device, last in manifest["devices"])
    return ArchiveHeader(str(manifest["as_at"]), str(manifest["marking"]), int(manifest["schema"]), devices)


def _read_table_entry(entry: dict[str, Any]) -> tuple[int, tuple[str, ...], str]:
    return int(entry["rows"]), tuple(map(str, entry["columns"])), str(entry["sha256"])
