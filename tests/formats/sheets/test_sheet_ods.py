"""Appearance of ods sheets: colours, struck text, comments, merged cells, hidden rows and columns."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ahtc_tui.formats.sheets.grid import Appearance, Merge
from ahtc_tui.formats.sheets.ods_appearance import read_ods_appearance
from ahtc_tui.formats.sheets.xlsx_parts import UnreadablePart

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "style": "style",
        "text": "text",
        "fo": "fo",
        "draw": "drawing",
    }.items()
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


def read_sheet(folder: Path, rows: str, columns: str = "<table:table-column/>") -> Appearance:
    """Return the appearance of the only sheet of a file."""
    body = f'<table:table table:name="Log">{columns}{rows}</table:table>'
    path = folder / "log.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("styles.xml", f"<office:document-styles {NAMESPACES}>{STYLES}</office:document-styles>")
        packed.writestr(
            "content.xml", f"<office:document-content {NAMESPACES}>{OWN_STYLES}{body}</office:document-content>"
        )
    sheets, since_1904 = read_ods_appearance(path)
    assert not since_1904
    return sheets["Log"]


def create_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def create_cell(attributes: str = "", content: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


@pytest.mark.parametrize(
    ("style", "shown"), [("Bad", "red"), ("ce1", "red"), ("Plain", None), ("White", None), ("none such", None)]
)
def test_a_colour_comes_from_the_style_or_its_parent(tmp_path: Path, style: str, shown: str | None) -> None:
    assert read_sheet(tmp_path, create_row(create_cell(f'table:style-name="{style}"'))).fills.get((1, 0)) == shown


def test_a_cell_without_style_has_that_of_its_column(tmp_path: Path) -> None:
    columns = (
        '<table:table-column table:default-cell-style-name="Bad" table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="ce2"/>'
    )
    appearance = read_sheet(
        tmp_path,
        create_row(create_cell() + create_cell('table:style-name="Plain"') + create_cell() + create_cell()),
        columns,
    )
    assert appearance.fills == {(1, 0): "red"}
    assert appearance.struck == {(1, 2)}


def test_repeated_cells_and_rows_have_the_colour(tmp_path: Path) -> None:
    red = create_cell('table:style-name="Bad" table:number-columns-repeated="2"')
    appearance = read_sheet(
        tmp_path, create_row(red + create_cell(), 'table:number-rows-repeated="3"') + create_row(create_cell() + red)
    )
    assert sorted(appearance.fills) == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1), (4, 1), (4, 2)]


def test_rows_repeated_to_the_end_of_the_sheet_are_ignored(tmp_path: Path) -> None:
    red = create_cell('table:style-name="Bad"')
    repeated = create_row(red, 'table:number-rows-repeated="1048570" table:visibility="filter"')
    appearance = read_sheet(tmp_path, create_row(red) + repeated + create_row(red))
    assert (sorted(appearance.fills), appearance.hidden_rows) == ([(1, 0), (2, 0), (1_048_572, 0)], set())


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="visible"/>'
    )
    rows = (
        create_row(create_cell())
        + create_row(create_cell(), 'table:visibility="filter"')
        + create_row(create_cell(), 'table:visibility="visible"')
    )
    appearance = read_sheet(tmp_path, rows, columns)
    assert (appearance.hidden_columns, appearance.hidden_rows) == ({1, 2}, {2})


def test_text_boxes_have_the_cell_below_their_corner(tmp_path: Path) -> None:
    box = "<draw:custom-shape><text:p>Please call</text:p><text:p>me</text:p></draw:custom-shape>"
    shapes = f"<table:shapes>{box}</table:shapes><table:table-column/>"
    rows = create_row(create_cell()) + create_row(create_cell() + create_cell(content=f"<text:p>Planned</text:p>{box}"))
    text_boxes = read_sheet(tmp_path, rows, shapes).text_boxes
    assert text_boxes == {(1, 0): "Please call\nme", (2, 1): "Please call\nme"}


def test_comments_keep_their_lines(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>Ask  the\n chair</text:p><text:p>first</text:p><text:s/></office:annotation>"
    empty = "<office:annotation><text:p> </text:p></office:annotation>"
    appearance = read_sheet(
        tmp_path,
        create_row(
            create_cell(content=note) + create_cell(content=empty) + create_cell(content="<text:p>words</text:p>")
        ),
    )
    assert appearance.comments == {(1, 0): "Ask the chair\nfirst"}


@pytest.mark.parametrize(("wide", "tall", "merged"), [("2", "1", [(1, 2)]), ("1", "3", [(3, 1)]), ("1", "x", [])])
def test_merged_cells_are_read(tmp_path: Path, wide: str, tall: str, merged: list[tuple[int, int]]) -> None:
    attributes = f'table:number-columns-spanned="{wide}" table:number-rows-spanned="{tall}"'
    appearance = read_sheet(
        tmp_path, create_row(create_cell() + create_cell(attributes) + "<table:covered-table-cell/>")
    )
    assert appearance.merges == [Merge(1, 1, bottom, right) for bottom, right in merged]


def test_a_file_that_is_not_an_ods_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "log.ods"
    path.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(UnreadablePart):
        read_ods_appearance(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", f'<o xmlns:t="t"><t:table {NAMESPACES} table:name="Log"/></o>')
    assert list(read_ods_appearance(path)[0]) == ["Log"]
