"""Copies of workbooks without distant cells, for a reader that allocates the whole sheet.

A single space in XFD1048576 makes a sheet of 17 thousand million cells. The caller warns about dropped cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_guard import FileKind
from ahtc_tui.formats.sheets.grid import to_column_letters, to_column_number
from ahtc_tui.formats.sheets.xlsx_parts import Package, UnreadablePart

MAX_COLUMNS = 256
MAX_GAP_ROWS = 10_000
"""Number of empty rows below which the rest of the sheet is dropped."""
MAX_BYTES = 200 * 1024 * 1024
_PREFIX = rb"(?:\w+:)?"
_ROW = re.compile(rb"<" + _PREFIX + rb"row\b[^<>]*>")
_ROW_END = re.compile(rb"</" + _PREFIX + rb"row>")
_ROW_NUMBER = re.compile(rb"<" + _PREFIX + rb"row\b[^<>]*?\br=[\"'](\d{1,7})[\"']")
_FAR_CELL = re.compile(
    rb"<" + _PREFIX + rb"c\b[^<>]*?\br=[\"']([A-Z]{2,3})(\d+)[\"'][^<>]*"
    rb"(?:(?<=/)>|(?<!/)>(?:[^<]|<(?!/?" + _PREFIX + rb"c\b))*</" + _PREFIX + rb"c>)"
)
_REPEATED_COLUMNS = re.compile(rb"\bnumber-columns-repeated=\"(\d{4,})\"")
_REPEATED_ROWS = re.compile(
    rb"<table:table-row[^<>]*\bnumber-rows-repeated=\"\d{5,}\".*?(?=</table:table>|\Z)", re.DOTALL
)


def trim_workbook(path: Path, kind: FileKind, target: Path) -> list[str]:
    """Write the copy to `target`; return the first dropped cell of each sheet. Raises BadFile with a reason."""
    try:
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            sheets = _list_sheets(archive) if kind is FileKind.XLSX else {"content.xml": ""}
            if sum(archive.getinfo(name).file_size for name in sheets) > MAX_BYTES:
                raise BadFile(_("the cells need more memory than an action log"))
            left_out: list[str] = []
            for part in archive.infolist():
                data = archive.read(part)
                if part.filename in sheets:
                    data, cells = (_drop_far_cells if kind is FileKind.XLSX else _drop_repeats)(data)
                    left_out += [f"{sheets[part.filename]}!{cell}".lstrip("!") for cell in cells[:1]]
                copy.writestr(part.filename, data)
            return left_out
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, UnreadablePart, NotImplementedError) as error:
        raise BadFile(_("it is damaged, or not a workbook")) from error


def _list_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    sheets, _since_1904 = Package.from_zip(archive).read_sheets()
    return {sheet.part: sheet.name for sheet in sheets}


def _drop_far_cells(data: bytes) -> tuple[bytes, list[str]]:
    """Return the sheet without distant columns and without rows below a long gap, and the names of dropped cells."""
    left_out: list[str] = []
    parts: list[bytes] = []
    end, last_row = 0, 0
    is_cut = False

    def keep_near_cell(cell: re.Match[bytes]) -> bytes:
        if to_column_number(cell[1].decode()) < MAX_COLUMNS:
            return cell[0]
        if _has_value(cell[0]):
            left_out.append((cell[1] + cell[2]).decode())
        return b""

    for start, stop in _find_rows(data):
        row = data[start:stop]
        match = _ROW_NUMBER.match(row)
        number = int(match[1]) if match else last_row + 1
        parts.append(data[end:start])
        end = stop
        if not _has_value(row):
            continue
        is_cut = is_cut or (bool(last_row) and number - last_row > MAX_GAP_ROWS)
        if is_cut:
            left_out.append(f"{to_column_letters(0)}{number}")
            continue
        last_row = number
        parts.append(_FAR_CELL.sub(keep_near_cell, row))
    return b"".join([*parts, data[end:]]), left_out


def _find_rows(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each row element."""
    position = 0
    while row := _ROW.search(data, position):
        end = row if row[0].endswith(b"/>") else _ROW_END.search(data, row.end())
        if not end:
            return
        yield row.start(), end.end()
        position = end.end()


def _has_value(xml: bytes) -> bool:
    return re.search(rb"<" + _PREFIX + rb"(?:v|is|f)\b", xml) is not None


def _drop_repeats(data: bytes) -> tuple[bytes, list[str]]:
    """Return an ODS content part without rows below 10,000 repeated ones and without columns beyond the maximum."""
    data, gaps = _REPEATED_ROWS.subn(b"", data)
    columns = f'number-columns-repeated="{MAX_COLUMNS}"'.encode()
    return _REPEATED_COLUMNS.sub(columns, data), [""] * min(gaps, 1)
