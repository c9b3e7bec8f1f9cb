"""Writer of small binary workbooks (.xlsb): the records of [MS-XLSB] that a log needs."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK, _BEGIN_BUNDLE, _END_BUNDLE, _BUNDLE = (
    129,
    130,
    131,
    132,
    143,
    144,
    156,
)
_BEGIN_DATA, _END_DATA, _DIMENSION, _ROW, _BOOLEAN, _REAL, _TEXT = 145, 146, 148, 0, 4, 5, 6


def write_binary_book(path: Path, name: str, rows: Sequence[Sequence[str | float | bool | None]]) -> Path:
    """Write one sheet; return the path."""
    with ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        book.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin"))
        book.writestr("xl/workbook.bin", _build_workbook(name))
        book.writestr("xl/worksheets/sheet1.bin", _build_sheet(rows))
    return path


def _build_workbook(name: str) -> bytes:
    bundle = struct.pack("<II", 0, 1) + _pack_text("rId1") + _pack_text(name)
    records = ((_BEGIN_BOOK, b""), (_BEGIN_BUNDLE, b""), (_BUNDLE, bundle), (_END_BUNDLE, b""), (_END_BOOK, b""))
    return b"".join(_pack_record(kind, data) for kind, data in records)


def _build_sheet(rows: Sequence[Sequence[str | float | bool | None]]) -> bytes:
    width = max(map(len, rows))
    records = [_pack_record(_BEGIN_SHEET, b"")]
    records.append(_pack_record(_DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)))
    records.append(_pack_record(_BEGIN_DATA, b""))
    for number, row in enumerate(rows):
        records.append(_pack_record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
        records += (_pack_cell(column, value) for column, value in enumerate(row) if value is not None)
    records += (_pack_record(_END_DATA, b""), _pack_record(_END_SHEET, b""))
    return b"".join(records)


def _pack_cell(column: int, value: str | float | bool) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return _pack_record(_BOOLEAN, head + bytes([value]))
    if isinstance(value, str):
        return _pack_record(_TEXT, head + _pack_text(value))
    return _pack_record(_REAL, head + struct.pack("<d", value))


def _pack_text(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _pack_record(kind: int, data: bytes) -> bytes:
    """Return a record: its kind and size in groups of seven bits, then its data."""
    return _pack_number(kind) + _pack_number(len(data)) + data


def _pack_number(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    return bytes([number & 0x7F | 0x80]) + _pack_number(number >> 7)
