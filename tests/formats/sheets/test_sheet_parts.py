"""Unusual parts of workbooks: threaded comments, palettes, prefixes and damaged parts."""

from __future__ import annotations

import io
import marshal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from openpyxl import Workbook

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.files import limited_program
from ahtc_tui.formats.files.input_guard import FileKind
from ahtc_tui.formats.sheets import child_process
from ahtc_tui.formats.sheets.reader import read_book
from ahtc_tui.formats.sheets.trimming import trim_workbook
from ahtc_tui.formats.sheets.xlsx_parts import Package
from tests.formats.sheets.book_lines import find_cell, list_lines, titles_by_ref
from tests.formats.sheets.odd_books import ODD_WORKBOOKS, save_workbook

WORKBOOK_BY_TRAP = {odd.trap: odd for odd in ODD_WORKBOOKS}
SHEET, STYLES, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


def write_changed_workbook(path: Path, trap: str, change: Callable[[str, str], str | None], **extra_parts: str) -> Path:
    """Write the workbook of a trap with changed parts; None removes a part."""
    save_workbook(WORKBOOK_BY_TRAP[trap], path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**parts, **extra_parts}.items():
            if (new := change(name, text)) is not None:
                archive.writestr(name, new)
    return path


def test_text_boxes_have_the_cell_below_their_corner(tmp_path: Path) -> None:
    relation = '<Relationship Id="box" Type="http://x/drawing" Target="../drawings/drawing9.xml"/></Relationships>'
    drawing = (
        '<wsDr xmlns:a="a"><twoCellAnchor><from><col>5</col><row>20</row></from><to><col>8</col><row>26</row></to>'
        "<sp><txBody><a:p><a:r><a:t>Please call</a:t></a:r></a:p><a:p><a:r><a:t>me</a:t></a:r></a:p></txBody></sp>"
        "</twoCellAnchor></wsDr>"
    )

    def change_part(name: str, text: str) -> str:
        is_relations = name == "xl/worksheets/_rels/sheet1.xml.rels"
        return text.replace("</Relationships>", relation) if is_relations else text

    path = write_changed_workbook(
        tmp_path / "log.xlsx", "a comment", change_part, **{"xl/drawings/drawing9.xml": drawing}
    )
    (box,) = read_book(path, resolve_heading).notes["S"].text_boxes
    assert (box.address, box.text) == ("S!F21", "Please call\nme")


def test_threaded_comments_replace_their_notice(tmp_path: Path) -> None:
    notice = "[Threaded comment]&#10;&#10;Your version allows you to read this. Comment: speak"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    thread = (
        '<ThreadedComments xmlns="x"><threadedComment ref="F3" id="1"><text>Speak to the chair</text></threadedComment>'
        '<threadedComment ref="F3" id="2"><text>Done</text></threadedComment></ThreadedComments>'
    )

    def change_part(name: str, text: str) -> str:
        if name.startswith("xl/comments"):
            return text.replace("reviewer:\nspeak to the chair first", notice)
        if name.endswith("sheet1.xml.rels"):
            return text.replace(
                "</Relationships>", f'<Relationship Id="t" Type="{kind}" Target="../thread.xml"/></Relationships>'
            )
        return text

    extra_parts = {"xl/thread.xml": thread}
    book = read_book(
        write_changed_workbook(tmp_path / "log.xlsx", "a comment", change_part, **extra_parts), resolve_heading
    )
    assert find_cell(book, "S!F3").comment == "Speak to the chair\nDone"


def test_a_workbook_palette_and_xml_prefixes_are_read(tmp_path: Path) -> None:
    def change_part(name: str, text: str) -> str:
        if name == STYLES:
            palette = "".join(f'<rgbColor rgb="FF{code}"/>' for code in ["FFFFFF"] * 10 + ["00B050"])
            colours = f"<colors><indexedColors>{palette}</indexedColors></colors>"
            text = text.replace("</styleSheet>", f"{colours}</styleSheet>")
        if name == SHEET:
            for element in ("worksheet", "sheetData", "row", "cols", "col", "c", "v", "is", "t", "f"):
                text = text.replace(f"<{element} ", f"<x:{element} ").replace(f"<{element}>", f"<x:{element}>")
                text = text.replace(f"</{element}>", f"</x:{element}>").replace(f"<{element}/>", f"<x:{element}/>")
            text = text.replace(" xmlns=", " xmlns:x=")
        return text

    book = read_book(
        write_changed_workbook(tmp_path / "log.xlsx", "colours by code, theme, index and band", change_part),
        resolve_heading,
    )
    assert [find_cell(book, f"S!{at}").fill for at in ("G2", "F2")] == ["green", "green"]


def test_struck_runs_and_rows_without_height_are_read(tmp_path: Path) -> None:
    struck_run, plain_run = (
        '<r><rPr><strike/></rPr><t xml:space="preserve">{}</t></r>',
        '<r><strike val="0"/><t>{}</t></r>',
    )

    shared = f"<sst><si><t>x</t></si><si>{struck_run.format('Write ')}{struck_run.format('the guide')}</si></sst>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

    def change_part(name: str, text: str) -> str:
        if name.endswith("workbook.xml.rels"):
            return text.replace("</Rel", f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Rel')
        text = text.replace('t="inlineStr"><is><t>Write the guide</t></is>', 't="s"><v>1</v>')
        text = text.replace("<t>Bawso</t>", struck_run.format("Baw") + struck_run.format("so"))
        text = text.replace("<t>Train the staff</t>", struck_run.format("Train ") + plain_run.format("the staff"))
        return text.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"')

    extra_parts = {"xl/sharedStrings.xml": shared}
    book = read_book(
        write_changed_workbook(tmp_path / "log.xlsx", "as it was sent", change_part, **extra_parts), resolve_heading
    )
    assert [find_cell(book, at).struck for at in ("S!B2", "S!B3", "S!C3")] == [False, True, True]
    assert find_cell(book, "S!B3").value == "Write the guide"
    assert [line.hidden for line in list_lines(book)] == [True, False]


@pytest.mark.parametrize(
    ("part", "removed"),
    [(STYLES, True), ("xl/theme/theme1.xml", False), ("xl/theme/theme1.xml", True)],
)
def test_values_are_read_without_style_parts(part: str, removed: bool, tmp_path: Path) -> None:
    def change_part(name: str, text: str) -> str | None:
        return text if name != part else None if removed else "<a:theme xmlns:a='x'/>"

    book = read_book(
        write_changed_workbook(tmp_path / "log.xlsx", "colours by code, theme, index and band", change_part),
        resolve_heading,
    )
    assert titles_by_ref(book) == WORKBOOK_BY_TRAP["as it was sent"].titles


def test_a_workbook_with_entities_has_no_appearance(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change_part(name: str, text: str) -> str:
        return text.replace("<workbook", f"{bomb}<workbook", 1) if name == WORKBOOK else text

    book = read_book(
        write_changed_workbook(tmp_path / "log.xlsx", "colours by code, theme, index and band", change_part),
        resolve_heading,
    )
    assert [warning.reason for warning in book.warnings] == [
        "colours, comments and hidden rows of this file cannot be seen"
    ]
    assert not any(cell.fill for line in list_lines(book) for cell in line.cells)


def test_lines_support_length_index_and_slice(tmp_path: Path) -> None:
    lines = (
        read_book(save_workbook(WORKBOOK_BY_TRAP["as it was sent"], tmp_path / "log.xlsx"), resolve_heading)
        .tables[0]
        .lines
    )
    assert (len(lines), lines[-1].number, [line.number for line in lines[:1]]) == (2, 3, [2])
    with pytest.raises(IndexError):
        lines[2]


def test_a_part_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_workbook(WORKBOOK_BY_TRAP["as it was sent"], tmp_path / "log.xlsx")
    assert trim_workbook(path, FileKind.XLSX, tmp_path / "same.xlsx") == []
    monkeypatch.setattr("ahtc_tui.formats.sheets.trimming.MAX_BYTES", 10)
    with pytest.raises(BadFile, match="more memory"):
        trim_workbook(path, FileKind.XLSX, tmp_path / "small.xlsx")
    with pytest.raises(BadFile, match="damaged"):
        trim_workbook(path, FileKind.ODS, tmp_path / "small.ods")


def run_child(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the messages of the child process, run in this process without limits."""
    stdout = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", stdout)
    child_process.main("", str(path))
    data = stdout.buffer.getvalue()
    messages = []
    while data:
        size = int.from_bytes(data[:4], "little")
        messages.append(marshal.loads(data[4 : 4 + size]))
        data = data[4 + size :]
    return messages


def test_the_child_process_sends_every_type_of_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet: Any = book.active
    moment = datetime(2014, 3, 31, 10, 5)  # noqa: DTZ001  # a sheet knows no time zone
    sheet.append(["a", 1, 1.5, True, date(2014, 3, 31), moment, time(10, 30), timedelta(days=2)])
    sheet.append([])
    for number in range(child_process.BATCH_ROWS):
        sheet.append([number])
    book.create_chartsheet("Chart")
    book.save(tmp_path / "log.xlsx")
    first, rows, more_rows, end = run_child(tmp_path / "log.xlsx", monkeypatch)
    assert first == ("sheet", "Sheet", True, [])
    assert rows[1][0] == (1, 0, ["a", 1, 1.5, (1,), (2014, 3, 31), (2014, 3, 31, 10, 5, 0), "10:30", "2 days, 0:00:00"])
    assert (len(rows[1]), rows[1][1][0], len(more_rows[1]), end) == (child_process.BATCH_ROWS, 3, 1, ("end",))


def test_the_child_process_has_a_memory_limit(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "log.xlsx")
    site = str(Path(python_calamine.__file__).parents[1])
    program = Path(child_process.__file__)
    commands = [
        limited_program.build_command(program, site, str(tmp_path / "log.xlsx"), seconds=5, megabytes=megabytes)
        for megabytes in (500, 1)
    ]
    exit_codes = [subprocess.run(command, capture_output=True, check=False).returncode for command in commands]
    assert (exit_codes[0], exit_codes[1] != 0) == (0, True)


def test_external_relations_are_ignored() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="a" Type="x/worksheet" Target="sheet1.xml"/><Relationship Id="b"'
            ' Type="x/externalLink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        )
    with zipfile.ZipFile(buffer) as packed:
        assert Package(packed, "xl/workbook.xml").read_relations("xl/workbook.xml") == {
            "a": ("x/worksheet", "xl/sheet1.xml")
        }


def test_the_child_process_reports_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log.xlsx").write_bytes(b"PK no")
    (failed,) = run_child(tmp_path / "log.xlsx", monkeypatch)
    assert failed[0] == "failed"
