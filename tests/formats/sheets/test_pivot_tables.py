"""Pivot tables count the rows of another list, and are left out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book

_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable" '
    'Target="../pivotTables/pivotTable1.xml"/></Relationships>'
)
_PIVOT = (
    '<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="p" cacheId="1">'
    '<location ref="{area}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
)


def _write_pivot(path: Path, rows: list[tuple[object, ...]], area: str) -> None:
    """Write a workbook of one sheet with a pivot table in this area."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", _RELATIONS)
        archive.writestr("xl/pivotTables/pivotTable1.xml", _PIVOT.format(area=area))


_PIVOT_ROWS: list[tuple[object, ...]] = [
    ("Action", "Status", "Owner"),
    ("Ring them", "Open", 3),
    ("Book it", "Done", 1),
]
_LIST_ROWS: list[tuple[object, ...]] = [("Action", "Owner", "Status"), ("Write to all", "AHTC", "Open")]


@pytest.mark.parametrize(
    ("rows", "area"),
    [
        ([*_PIVOT_ROWS, (), *_LIST_ROWS], "A1:C3"),
        ([*_LIST_ROWS, (), (), *_PIVOT_ROWS], "$A$5:$C$7"),
        ([(*left, None, *right) for left, right in zip(_LIST_ROWS, _PIVOT_ROWS, strict=False)], "E1:G2"),
    ],
)
def test_a_pivot_table_beside_a_list_is_left_out_and_named(
    tmp_path: Path, rows: list[tuple[object, ...]], area: str
) -> None:
    path = tmp_path / "log.xlsx"
    _write_pivot(path, rows, area)
    book = read_book(path, resolve_heading)
    assert [[line.cells[0].text for line in table.lines] for table in book.tables] == [["Write to all"]]
    assert "the pivot table is left out, because it counts the rows of another list" in [
        w.reason for w in book.warnings
    ]
