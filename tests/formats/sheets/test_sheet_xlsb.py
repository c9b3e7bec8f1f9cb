"""Binary workbooks (.xlsb), as Excel saves large logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book
from tests.formats.sheets.binary_books import write_binary_book

ROWS: list[tuple[str | float | bool | None, ...]] = [
    ("No", "Action", "Lead", "Due", "Done"),
    (1, "Ring the harbour — Caergybi", "Bawso", 41670, True),
    (2, "Print the leaflet in Welsh: ŵ ŷ", "AHTC", None, False),
]


def test_a_binary_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    book = read_book(write_binary_book(tmp_path / "log.xlsb", "Camau", ROWS), resolve_heading)
    (table,) = book.tables
    assert (table.sheet, table.headers) == ("Camau", ROWS[0])
    assert [[cell.value for cell in line.cells] for line in table.lines] == [list(row) for row in ROWS[1:]]
    assert table.lines[0].cells[1].address == "Camau!B2"
    assert [warning.reason for warning in book.warnings] == [
        "colours, comments and hidden rows of this file cannot be seen"
    ]


@pytest.mark.parametrize("size", [0, 40, 300])
def test_a_cut_binary_workbook_is_refused_with_a_sentence(size: int, tmp_path: Path) -> None:
    path = write_binary_book(tmp_path / "log.xlsb", "Log", ROWS)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BadFile):
        read_book(path, resolve_heading)
