"""Writer and reader of a full export: an index page, a CSV and a JSON file per table, and a manifest.

Equal workspaces give equal bytes. Rows are streamed; the archive is never held in memory.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any, NoReturn

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.backup.full_export import FORMAT, VERSION, ArchiveHeader, ArchiveRow, BrokenArchive, TableShape
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, get_current_language
from ahtc_tui.domain.privacy.archive_headings import format_table_heading
from ahtc_tui.domain.running_job import count_part, expect_parts, refuse_stopped
from ahtc_tui.formats.files.input_files import read_first_bytes
from ahtc_tui.formats.files.input_guard import check_archive_parts
from ahtc_tui.formats.text_table import escape_formula

MANIFEST = "manifest.json"
STYLE = """body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em;color:#111}
.mark{font-weight:bold;letter-spacing:.05em}table{border-collapse:collapse}
td,th{text-align:left;padding:.2em 1.2em .2em 0;border-bottom:1px solid #bbb}td.n{text-align:right}"""

BATCH = 500
"""Rows of JSON that are written together."""

RowSource = Callable[[TableShape], Iterator[ArchiveRow]]

MAX_LINE_BYTES = 64 * 1024 * 1024
"""Maximum size of one row; an issued document is stored in one."""

MAX_MANIFEST_BYTES = 4 * 1024 * 1024
MAX_TABLES = 500


def write_full_export(path: Path, about: ArchiveHeader, shapes: Sequence[TableShape], rows: RowSource) -> None:
    """Write the archive; `rows` returns an iterator over the rows of a table at each call."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_member(archive, "index.html", _build_page(about, shapes))
        expect_parts(2 * len(shapes) + 1)  # and the archive itself, which is counted once it is written
        for shape in shapes:
            count_part()
            raw = archive.open(_create_member(f"csv/{shape.name}.csv"), "w", force_zip64=True)
            with TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                writer = csv.writer(text)
                writer.writerow(shape.headings)
                writer.writerows(map(_format_cell, row.values()) for row in rows(shape))
        checksums = {shape.name: _write_json(archive, shape, rows(shape)) for shape in shapes}
        _write_member(archive, MANIFEST, _build_manifest(about, shapes, checksums))


def _create_member(name: str) -> zipfile.ZipInfo:
    """Return a member without a time, compressed, readable by its owner only."""
    member = zipfile.ZipInfo(name)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
    return member


def _write_member(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_create_member(name), text)


def _format_cell(value: Any) -> str:
    if value is None:
        return ""
    return escape_formula(value) if isinstance(value, str) else str(value)


def _write_json(archive: zipfile.ZipFile, shape: TableShape, rows: Iterator[ArchiveRow]) -> str:
    """Write the rows as a list with one row per line; return the SHA-256 of the file."""
    digest, encode = hashlib.sha256(), json.JSONEncoder(ensure_ascii=False).encode
    with archive.open(_create_member(f"json/{shape.name}.json"), "w", force_zip64=True) as raw:

        def write_chunk(text: str) -> None:
            data = text.encode()
            digest.update(data)
            raw.write(data)

        write_chunk("[")
        separator = "\n"
        count_part()
        while batch := list(islice(rows, BATCH)):
            refuse_stopped()
            write_chunk(separator + ",\n".join(map(encode, batch)))
            separator = ",\n"
        write_chunk("\n]\n")
    return digest.hexdigest()


def _build_manifest(about: ArchiveHeader, shapes: Sequence[TableShape], checksums: dict[str, str]) -> str:
    tables = {
        shape.name: {"rows": shape.rows, "columns": list(shape.columns), "sha256": checksums[shape.name]}
        for shape in shapes
    }
    head = {
        "format": FORMAT,
        "version": VERSION,
        "schema": about.schema,
        "as_at": about.as_at,
        "marking": about.marking,
        "devices": about.devices,
    }
    return json.dumps({**head, "tables": tables}, ensure_ascii=False, indent=1) + "\n"


def _build_page(about: ArchiveHeader, shapes: Sequence[TableShape]) -> str:
    title = _("All records held by the office of the Anti Human Trafficking Co-ordinator")
    introduction = _(
        "A table of each kind of record, as CSV for a spreadsheet and as JSON for programs. Keys are letters and "
        "digits; a column ending in _ref has the reference used in papers. An apostrophe before a CSV cell stops a "
        "spreadsheet from running it as a formula. The command “ahtc import everything” creates all records and "
        "their history from the JSON."
    )
    as_at = _("As at {date}").format(date=format_long_date(date.fromisoformat(about.as_at))) + "."
    table_heading, rows_heading = _("Table"), _("Rows")
    marking = f'<p class="mark">{escape(Marking(about.marking).label)}</p>'
    return (
        f'<!DOCTYPE html>\n<html lang="{get_current_language().languages[0]}">'
        f'<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{marking}<h1>{escape(title)}</h1>"
        f"<p>{escape(as_at)} {escape(introduction)}</p>"
        f"<table><tr><th>{escape(table_heading)}</th><th>{escape(rows_heading)}</th><th></th><th></th></tr>"
        f"{''.join(map(_build_row, shapes))}</table>{marking}</body></html>\n"
    )


def _build_row(shape: TableShape) -> str:
    links = "".join(f'<td><a href="{kind}/{shape.name}.{kind}">{kind.upper()}</a></td>' for kind in ("csv", "json"))
    return f'<tr><td>{escape(format_table_heading(shape.name))}</td><td class="n">{shape.rows}</td>{links}</tr>'


class FullExportArchive:
    """An open archive with its manifest and tables."""

    def __init__(self, path: Path) -> None:
        """Read the manifest. Raises BadFile if it is not our archive, not safe to open, or of a newer version."""
        read_first_bytes(path, 1)
        with _translate_errors(_("it was not made by `ahtc export everything`")):
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
        """Yield the rows of a table and verify its checksum at the end. Raises BrokenArchive."""
        expected_count, columns, checksum = self.tables[table]
        required = set(columns)
        digest, count = hashlib.sha256(), 0
        altered_message = _("{table} was changed after it was saved").format(table=table)
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
            raise BrokenArchive(_("the {name} is too long").format(name=name))
        return data


@contextmanager
def _translate_errors(message: str) -> Iterator[None]:
    """Raise BrokenArchive for any error that an invalid archive causes in the standard library."""
    try:
        yield
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise BrokenArchive(message) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise BrokenArchive(_("it is damaged, or not an archive")) from error


def _read_lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES:
            raise BrokenArchive(_("one of the lines is too long"))
        yield line


def _refuse_constant(_constant: str) -> NoReturn:
    raise ValueError


def _read_about(manifest: dict[str, Any]) -> ArchiveHeader:
    if manifest["format"] != FORMAT:
        raise BrokenArchive(_("it was not made by `ahtc export everything`"))
    if not isinstance(manifest["version"], int) or manifest["version"] > VERSION:
        raise BrokenArchive(_("it was saved by a newer version of ahtc. Install that version"))
    devices = tuple((str(device), int(last)) for device, last in manifest["devices"])
    return ArchiveHeader(str(manifest["as_at"]), str(manifest["marking"]), int(manifest["schema"]), devices)


def _read_table_entry(entry: dict[str, Any]) -> tuple[int, tuple[str, ...], str]:
    return int(entry["rows"]), tuple(map(str, entry["columns"])), str(entry["sha256"])
