"""Tables as text, in the encodings and with the separators of spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book
from tests.formats.sheets.book_lines import find_cell, titles_by_ref

HEAD = "Ref,Action,Lead,Due date,Status,Update"
BODY = 'DP-01,Train the staff,"Bawso, AHTC",03/02/2014,Ongoing,"No change – ‘yet’\nsee last quarter"'
TABLE = f"{HEAD}\r\n{BODY}\r\n"
TITLES = {"DP-01": "Train the staff"}


def read_titles(tmp_path: Path, data: bytes, name: str = "log.csv") -> dict[str, str]:
    """Return the titles of a file with these bytes."""
    (tmp_path / name).write_bytes(data)
    return titles_by_ref(read_book(tmp_path / name, resolve_heading))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_file_is_read_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(TABLE.encode(encoding))
    book = read_book(tmp_path / "log.csv", resolve_heading)
    assert find_cell(book, "F2").value == "No change – ‘yet’\nsee last quarter"
    assert find_cell(book, "C2").value == "Bawso, AHTC"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("declared", [True, False])
def test_every_separator_is_detected(sign: str, declared: bool, tmp_path: Path) -> None:
    first = f"sep={sign}\r\n" if declared else ""
    text = first + HEAD.replace(",", sign) + f"\r\nDP-01{sign}Train the staff{sign}A, B; C{sign}{sign}{sign}\r\n"
    quoted = text.replace("A, B; C", '"A, B; C"')
    assert read_titles(tmp_path, quoted.encode()) == TITLES


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(f"sep=,\n\nTitle\n{TABLE}DP-02,Write the guide,,,,\n", encoding="utf-8")
    book = read_book(tmp_path / "log.csv", resolve_heading)
    assert find_cell(book, "A5").value == "DP-02"


def test_an_unclosed_quotation_mark_does_not_join_rows(tmp_path: Path) -> None:
    rows = f'{HEAD}\nDP-01,Train the staff,"AHTC,,,\nDP-02,Write the guide,,,,\n'
    assert read_titles(tmp_path, rows.encode()) == {**TITLES, "DP-02": "Write the guide"}


def test_the_apostrophe_before_a_formula_is_removed(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(f"{HEAD}\nDP-01,'=Train,'Tis,'-5,,\n", encoding="utf-8")
    book = read_book(tmp_path / "log.csv", resolve_heading)
    assert [find_cell(book, at).value for at in ("B2", "C2", "D2")] == ["=Train", "'Tis", "-5"]


def test_empty_ragged_and_total_rows_are_read(tmp_path: Path) -> None:
    rows = f"{HEAD}\n\nDP-01,Train the staff\n,,,,,\n,Total,,,,2\nDP-02,Write the guide,,,,,,,extra,,\n"
    assert read_titles(tmp_path, rows.encode()) == {**TITLES, "DP-02": "Write the guide"}


def test_unknown_headings_are_taken_from_the_first_row(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Uno,Due,Tre\na,b,c\n", encoding="utf-8")
    book = read_book(tmp_path / "log.csv", lambda _heading: None)
    assert book.tables[0].headers == ("Uno", "Due", "Tre")
    assert [(warning.cell, warning.reason.partition(",")[0]) for warning in book.warnings] == [
        ("A1", "no heading is known")
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \n", "is empty"),
        (b"only words in here", "contains no table"),
        (b"Ref,Action\n" + b"x" * 200_000 + b",y\n", "longer than a sheet allows"),
        (b"abc\0\1\2def" * 50, "neither a workbook nor text"),
        (b"<html><table><tr><td>Ref</td></tr></table></html>", "a web page by another name"),
        (b"\r\n<!DOCTYPE html><p>", "a web page by another name"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "an XML file"),
        (b"%PDF-1.7", "a PDF file"),
        (b"BEGIN:VCARD\r\n", "a file of contacts"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_files_without_a_table_are_refused_in_one_sentence(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "log.xls"
    path.write_bytes(data)
    with pytest.raises(BadFile, match=reason) as refusal:
        read_book(path, resolve_heading)
    assert str(path) in str(refusal.value)
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(
    "line", ["import the list of ports, Bawso, 1", "for each force: a letter, AHTC, 2", "def. of the term, AHTC, 3"]
)
def test_a_log_whose_rows_begin_like_a_program_is_read(line: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Action,Lead,Number\n" + f"{line}\n" * 20, encoding="utf-8")
    (table,) = read_book(path, resolve_heading).tables
    assert len(table.lines) == 20
