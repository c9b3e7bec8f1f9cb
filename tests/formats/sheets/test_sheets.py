"""Workbooks of other people: the table is found anywhere, and each cell keeps its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book
from tests.formats.sheets.book_lines import find_cell, titles_by_ref
from tests.formats.sheets.odd_books import ODD_WORKBOOKS, OddWorkbook, save_workbook


@pytest.mark.sample(4)
@pytest.mark.parametrize("odd", ODD_WORKBOOKS, ids=lambda odd: odd.trap)
def test_an_odd_workbook_gives_the_expected_lines(odd: OddWorkbook, tmp_path: Path) -> None:
    book = read_book(save_workbook(odd, tmp_path / "odd.xlsx"), resolve_heading)
    assert titles_by_ref(book) == odd.titles
    assert {at: find_cell(book, at).value for at in odd.cells} == odd.cells
    assert odd.check(book)
