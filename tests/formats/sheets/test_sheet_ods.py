"""What an ods sheet shows beside its values: colours, strikes, comments, merged cells, hidden rows and columns."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ahtc_tui.formats.sheets.grid import Looks, Merge
from ahtc_tui.formats.sheets.ods_appearance import ods_looks
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {"office": "office", "table": "table", "style": "style", "text": "text", "fo": "fo"}.items()
)
STYLES = """
<style:style style:name="Bad"><style:table-cell-properties fo:background-color="#ff0000"/></style:style>
<style:style style:name="Plain" style:parent-style-name="Bad">
 <style:table-cell-properties fo:background-color="transparent"/></style:style>
<style:style style:name="White"><style:table-cell-properties fo:background-color="#ffffff"/></style:style>
"""
OWN_STYLES = """
<style:style style:name="ce1" style:parent-style-name="Bad"><style:paragraph-properties/></style:style>
<style:style style:name="ce2"><style:text-properties style:text-line-through-style="solid"/></style:style>
"""


def looks(folder: Path, rows: str, columns: str = "<table:table-column/>") -> Looks:
    """The looks of the one sheet of a file."""
    body = f'<table:table table:name="Log">{columns}{rows}</table:table>'
    path = folder / "log.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("styles.xml", f"<office:document-styles {NAMES}>{STYLES}</office:document-styles>")
        packed.writestr("content.xml", f"<office:document-content {NAMES}>{OWN_STYLES}{body}</office:document-content>")
    sheets, since_1904 = ods_looks(path)
    assert not since_1904
    return sheets["Log"]


def row(cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{cells}</table:table-row>"


def cell(said: str = "", inside: str = "") -> str:
    return f"<table:table-cell {said}>{inside}</table:table-cell>"


@pytest.mark.parametrize(
    ("style", "shown"), [("Bad", "red"), ("ce1", "red"), ("Plain", None), ("White", None), ("none such", None)]
)
def test_a_colour_comes_from_the_style_or_the_one_it_is_made_of(tmp_path: Path, style: str, shown: str | None) -> None:
    assert looks(tmp_path, row(cell(f'table:style-name="{style}"'))).fills.get((1, 0)) == shown


def test_a_cell_without_a_style_has_that_of_its_column(tmp_path: Path) -> None:
    columns = (
        '<table:table-column table:default-cell-style-name="Bad" table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="ce2"/>'
    )
    found = looks(tmp_path, row(cell() + cell('table:style-name="Plain"') + cell() + cell()), columns)
    assert found.fills == {(1, 0): "red"}
    assert found.struck == {(1, 2)}


def test_cells_and_rows_that_repeat_all_have_the_colour(tmp_path: Path) -> None:
    red = cell('table:style-name="Bad" table:number-columns-repeated="2"')
    found = looks(tmp_path, row(red + cell(), 'table:number-rows-repeated="3"') + row(cell() + red))
    assert sorted(found.fills) == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1), (4, 1), (4, 2)]


def test_rows_that_repeat_to_the_end_of_the_sheet_are_not_kept(tmp_path: Path) -> None:
    red = cell('table:style-name="Bad"')
    rest = row(red, 'table:number-rows-repeated="1048570" table:visibility="filter"')
    found = looks(tmp_path, row(red) + rest + row(red))
    assert (sorted(found.fills), found.hidden_rows) == ([(1, 0), (2, 0), (1_048_572, 0)], set())


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="visible"/>'
    )
    rows = row(cell()) + row(cell(), 'table:visibility="filter"') + row(cell(), 'table:visibility="visible"')
    found = looks(tmp_path, rows, columns)
    assert (found.hidden_columns, found.hidden_rows) == ({1, 2}, {2})


def test_comments_keep_their_lines_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>Ask  the\n chair</text:p><text:p>first</text:p><text:s/></office:annotation>"
    empty = "<office:annotation><text:p> </text:p></office:annotation>"
    found = looks(tmp_path, row(cell(inside=note) + cell(inside=empty) + cell(inside="<text:p>words</text:p>")))
    assert found.comments == {(1, 0): "Ask the chair\nfirst"}


@pytest.mark.parametrize(("wide", "tall", "merged"), [("2", "1", [(1, 2)]), ("1", "3", [(3, 1)]), ("1", "x", [])])
def test_merged_cells_are_one(tmp_path: Path, wide: str, tall: str, merged: list[tuple[int, int]]) -> None:
    said = f'table:number-columns-spanned="{wide}" table:number-rows-spanned="{tall}"'
    found = looks(tmp_path, row(cell() + cell(said) + "<table:covered-table-cell/>"))
    assert found.merges == [Merge(1, 1, bottom, right) for bottom, right in merged]


def test_a_file_that_is_no_ods_is_not_readable_and_one_without_styles_is(tmp_path: Path) -> None:
    path = tmp_path / "log.ods"
    path.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(NotReadable):
        ods_looks(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", f'<o xmlns:t="t"><t:table {NAMES} table:name="Log"/></o>')
    assert list(ods_looks(path)[0]) == ["Log"]
