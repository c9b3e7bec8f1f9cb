"""Cells far from all others are left out of the copy that is read, and a warning names them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.formats.files.input_guard import FileKind
from ahtc_tui.formats.sheets import trimming
from ahtc_tui.formats.sheets.trimming import trim_workbook


def create_workbook(path: Path, **cells: str) -> Path:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Open"
    for name, text in cells.items():
        sheet[name] = text
    book.save(path)
    return path


def read_cells(path: Path) -> dict[str, Any]:
    """Map the address of each cell of a copy to its value."""
    rows = load_workbook(path)["Open"].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}


def test_a_cell_in_the_last_column_is_dropped_and_named(tmp_path: Path) -> None:
    book = create_workbook(tmp_path / "log.xlsx", A1="Ref", B2="DP-01", XFD2="far", XFC2="also far")
    assert trim_workbook(book, FileKind.XLSX, tmp_path / "copy.xlsx") == ["Open!XFC2"]
    assert read_cells(tmp_path / "copy.xlsx") == {"A1": "Ref", "B2": "DP-01"}


def test_rows_below_a_long_gap_are_dropped(tmp_path: Path) -> None:
    book = create_workbook(tmp_path / "log.xlsx", A1="Ref", A10001="near", A20002="far", A20003="below")
    assert trim_workbook(book, FileKind.XLSX, tmp_path / "copy.xlsx") == ["Open!A20002"]
    assert read_cells(tmp_path / "copy.xlsx") == {"A1": "Ref", "A10001": "near"}


def test_a_table_that_begins_far_below_is_kept(tmp_path: Path) -> None:
    book = create_workbook(tmp_path / "log.xlsx", A30000="Ref")
    assert trim_workbook(book, FileKind.XLSX, tmp_path / "copy.xlsx") == []
    assert read_cells(tmp_path / "copy.xlsx") == {"A30000": "Ref"}


def create_ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", f'<table:table table:name="Open">{rows}</table:table>')
    return path


def test_repeated_rows_and_columns_of_an_ods_sheet_are_dropped(tmp_path: Path) -> None:
    near = "<table:table-row><table:table-cell/></table:table-row>"
    wide = '<table:table-column table:number-columns-repeated="16384"/>'
    gap = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    book = create_ods(tmp_path / "log.ods", f"{wide}{near}{gap}{near}")
    assert trim_workbook(book, FileKind.ODS, tmp_path / "copy.ods") == [""]
    with zipfile.ZipFile(tmp_path / "copy.ods") as packed:
        content = packed.read("content.xml").decode()
    assert content.count("<table:table-row") == 1
    assert 'number-columns-repeated="256"' in content
    assert content.endswith("</table:table>")


def test_an_ods_sheet_without_repeated_rows_is_unchanged(tmp_path: Path) -> None:
    rows = '<table:table-row table:number-rows-repeated="9999"><table:table-cell/></table:table-row>'
    book = create_ods(tmp_path / "log.ods", rows)
    assert trim_workbook(book, FileKind.ODS, tmp_path / "copy.ods") == []
    with zipfile.ZipFile(tmp_path / "copy.ods") as packed:
        assert rows in packed.read("content.xml").decode()


def test_a_sheet_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trimming, "MAX_BYTES", 10)
    with pytest.raises(BadFile, match="more memory than an action log"):
        trim_workbook(create_workbook(tmp_path / "log.xlsx", A1="Ref"), FileKind.XLSX, tmp_path / "copy.xlsx")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "log.xlsx"
    book.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(BadFile, match="damaged, or not a workbook"):
        trim_workbook(book, FileKind.XLSX, tmp_path / "copy.xlsx")


def test_an_unclosed_row_ends_the_trimming(tmp_path: Path) -> None:
    book = create_workbook(tmp_path / "log.xlsx", A1="Ref", A2="DP-01")
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].rpartition(b"</row>")[0]
    with zipfile.ZipFile(book, "w") as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    assert trim_workbook(book, FileKind.XLSX, tmp_path / "copy.xlsx") == []
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as packed:
        assert packed.read(name) == parts[name]
