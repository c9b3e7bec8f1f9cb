"""Other people's workbooks: the table is found wherever it stands, and each cell keeps where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.returns.readers import field_of
from ahtc_tui.formats.sheets.reader import read_book
from tests.formats.sheets.book_lines import cell_at, titles_of
from tests.formats.sheets.odd_books import ODD, Odd, saved


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.trap)
def test_an_odd_workbook_gives_its_lines_and_no_others(odd: Odd, tmp_path: Path) -> None:
    book = read_book(saved(odd, tmp_path / "odd.xlsx"), field_of)
    assert titles_of(book) == odd.titles
    assert {at: cell_at(book, at).value for at in odd.cells} == odd.cells
    assert odd.seen(book)
