"""Workbooks that no office keeps are refused in one sentence, before a library reads them."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.grid import to_column_letters
from ahtc_tui.formats.sheets.reader import read_book

SECONDS = 10.0
HEADINGS = ("Ref", "Action", "Status", "Lead", "Due")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}'
    '/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Log" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type='
    f'"{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write_book(path: Path, rows: int, columns: int) -> Path:
    """Write a workbook with a heading row and texts in every cell."""
    letters = [to_column_letters(column) for column in range(columns)]
    headings = [*HEADINGS[:columns], *(f"Column {column}" for column in range(len(HEADINGS), columns))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in range(1, rows + 1):
                texts = headings if row == 1 else [f"DP-{row}", *(f"Text {row}" for _column in range(columns - 1))]
                cells = (
                    f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
                    for letter, text in zip(letters, texts, strict=True)
                )
                sheet.write(f'<row r="{row}">{"".join(cells)}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    return path


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        (900_000, 2, "a sheet holds more than 110,000 rows. Import it in parts"),
        (20, 16_384, "a row holds more than 512 columns. Import only the columns you need"),
    ],
)
def test_a_workbook_beyond_the_limits_is_refused_at_once(
    tmp_path: Path, rows: int, columns: int, sentence: str
) -> None:
    path = write_book(tmp_path / "log.xlsx", rows, columns)
    start = time.monotonic()
    with pytest.raises(BadFile, match=sentence):
        read_book(path, resolve_heading)
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ref,Action\n" + "DP-1,Text\n" * 110_000, "more than 110,000 rows"),
        ("Ref,Action\n" + ("A longer text," * 16_384 + "\n") * 2, "more than 512 columns"),
    ],
    ids=["rows", "columns"],
)
def test_a_text_table_beyond_the_limits_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match=sentence):
        read_book(path, resolve_heading)


def test_a_workbook_within_the_limits_is_read(tmp_path: Path) -> None:
    book = read_book(write_book(tmp_path / "log.xlsx", 3_000, 40), resolve_heading)
    assert len(list(book.tables[0].lines)) == 2_999
