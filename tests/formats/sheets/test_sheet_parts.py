"""The odd parts of workbooks that no library of ours writes: threads of comments, palettes, prefixes, damaged parts."""

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
from ahtc_tui.domain.returns.readers import field_of
from ahtc_tui.formats.files.input_guard import Kind
from ahtc_tui.formats.sheets import child_process
from ahtc_tui.formats.sheets.reader import read_book
from ahtc_tui.formats.sheets.trimming import trim
from ahtc_tui.formats.sheets.xlsx_parts import Package
from tests.formats.sheets.book_lines import all_lines, cell_at, titles_of
from tests.formats.sheets.odd_books import ODD, saved

BY_TRAP = {odd.trap: odd for odd in ODD}
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


def changed(path: Path, trap: str, change: Callable[[str, str], str | None], **more: str) -> Path:
    """The workbook of a trap with its parts changed; None takes a part away."""
    saved(BY_TRAP[trap], path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode("utf-8") for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in {**parts, **more}.items():
            if (new := change(name, text)) is not None:
                packed.writestr(name, new)
    return path


def test_the_words_of_a_thread_go_before_the_notice_that_old_programs_show(tmp_path: Path) -> None:
    notice = "[Threaded comment]&#10;&#10;Your version allows you to read this. Comment: speak"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    thread = (
        '<ThreadedComments xmlns="x"><threadedComment ref="F3" id="1"><text>Speak to the chair</text></threadedComment>'
        '<threadedComment ref="F3" id="2"><text>Done</text></threadedComment></ThreadedComments>'
    )

    def change(name: str, text: str) -> str:
        if name.startswith("xl/comments"):
            return text.replace("reviewer:\nspeak to the chair first", notice)
        if name.endswith("sheet1.xml.rels"):
            return text.replace(
                "</Relationships>", f'<Relationship Id="t" Type="{kind}" Target="../thread.xml"/></Relationships>'
            )
        return text

    more = {"xl/thread.xml": thread}
    book = read_book(changed(tmp_path / "log.xlsx", "a comment", change, **more), field_of)
    assert cell_at(book, "S!F3").comment == "Speak to the chair\nDone"


def test_a_palette_of_the_workbook_and_prefixes_in_its_xml_are_understood(tmp_path: Path) -> None:
    def change(name: str, text: str) -> str:
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

    book = read_book(changed(tmp_path / "log.xlsx", "colours by code, theme, index and band", change), field_of)
    assert [cell_at(book, f"S!{at}").fill for at in ("G2", "F2")] == ["green", "green"]


def test_words_struck_out_in_the_text_and_a_row_without_height_are_seen(tmp_path: Path) -> None:
    gone, kept = '<r><rPr><strike/></rPr><t xml:space="preserve">{}</t></r>', '<r><strike val="0"/><t>{}</t></r>'

    shared = f"<sst><si><t>x</t></si><si>{gone.format('Write ')}{gone.format('the guide')}</si></sst>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

    def change(name: str, text: str) -> str:
        if name.endswith("workbook.xml.rels"):
            return text.replace("</Rel", f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Rel')
        text = text.replace('t="inlineStr"><is><t>Write the guide</t></is>', 't="s"><v>1</v>')
        text = text.replace("<t>Bawso</t>", gone.format("Baw") + gone.format("so"))
        text = text.replace("<t>Train the staff</t>", gone.format("Train ") + kept.format("the staff"))
        return text.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"')

    more = {"xl/sharedStrings.xml": shared}
    book = read_book(changed(tmp_path / "log.xlsx", "as it was sent", change, **more), field_of)
    assert [cell_at(book, at).struck for at in ("S!B2", "S!B3", "S!C3")] == [False, True, True]
    assert cell_at(book, "S!B3").value == "Write the guide"
    assert [line.hidden for line in all_lines(book)] == [True, False]


@pytest.mark.parametrize(
    ("part", "gone"),
    [(STYLES, True), ("xl/theme/theme1.xml", False), ("xl/theme/theme1.xml", True)],
)
def test_values_are_read_without_the_parts_that_say_how_they_look(part: str, gone: bool, tmp_path: Path) -> None:
    def change(name: str, text: str) -> str | None:
        return text if name != part else None if gone else "<a:theme xmlns:a='x'/>"

    book = read_book(changed(tmp_path / "log.xlsx", "colours by code, theme, index and band", change), field_of)
    assert titles_of(book) == BY_TRAP["as it was sent"].titles


def test_a_workbook_that_brings_entities_gives_its_values_or_a_sentence_and_no_looks(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change(name: str, text: str) -> str:
        return text.replace("<workbook", f"{bomb}<workbook", 1) if name == BOOK else text

    book = read_book(changed(tmp_path / "log.xlsx", "colours by code, theme, index and band", change), field_of)
    assert [one.reason for one in book.warnings] == ["colours, comments and hidden rows of this file cannot be seen"]
    assert not any(cell.fill for line in all_lines(book) for cell in line.cells)


def test_lines_can_be_counted_picked_and_cut(tmp_path: Path) -> None:
    lines = read_book(saved(BY_TRAP["as it was sent"], tmp_path / "log.xlsx"), field_of).tables[0].lines
    assert (len(lines), lines[-1].number, [line.number for line in lines[:1]]) == (2, 3, [2])
    with pytest.raises(IndexError):
        lines[2]


def test_far_cells_are_left_out_and_a_heap_of_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(BY_TRAP["as it was sent"], tmp_path / "log.xlsx")
    assert trim(path, Kind.XLSX, tmp_path / "same.xlsx") == []
    monkeypatch.setattr("ahtc_tui.formats.sheets.trimming.MOST_BYTES", 10)
    with pytest.raises(BadFile, match="more memory"):
        trim(path, Kind.XLSX, tmp_path / "small.xlsx")
    with pytest.raises(BadFile, match="damaged"):
        trim(path, Kind.ODS, tmp_path / "small.ods")


def sent_by_the_child(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages of the child, had in this process without its limits."""
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(child_process, "_limit", lambda _seconds, _megabytes: None)
    monkeypatch.setattr(sys, "stdout", out)
    child_process.main("", str(path), 1, 1)
    data = out.buffer.getvalue()
    messages = []
    while data:
        size = int.from_bytes(data[:4], "little")
        messages.append(marshal.loads(data[4 : 4 + size]))
        data = data[4 + size :]
    return messages


def test_the_child_sends_each_kind_of_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet: Any = book.active
    moment = datetime(2014, 3, 31, 10, 5)  # noqa: DTZ001  # a sheet knows no time zone
    sheet.append(["a", 1, 1.5, True, date(2014, 3, 31), moment, time(10, 30), timedelta(days=2)])
    sheet.append([])
    for number in range(child_process.BATCH):
        sheet.append([number])
    book.create_chartsheet("Chart")
    book.save(tmp_path / "log.xlsx")
    first, rows, more, end = sent_by_the_child(tmp_path / "log.xlsx", monkeypatch)
    assert first == ("sheet", "Sheet", True, [])
    assert rows[1][0] == (1, 0, ["a", 1, 1.5, (1,), (2014, 3, 31), (2014, 3, 31, 10, 5, 0), "10:30", "2 days, 0:00:00"])
    assert (len(rows[1]), rows[1][1][0], len(more[1]), end) == (child_process.BATCH, 3, 1, ("end",))


def test_the_child_has_no_more_memory_than_it_is_given(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "log.xlsx")
    site = str(Path(python_calamine.__file__).parents[1])
    words = [sys.executable, "-I", "-S", child_process.__file__, site, str(tmp_path / "log.xlsx"), "5"]
    ended = [subprocess.run([*words, most], capture_output=True, check=False).returncode for most in ("500", "1")]
    assert (ended[0], ended[1] != 0) == (0, True)


def test_a_part_that_lies_outside_the_workbook_is_never_a_part_of_it() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="a" Type="x/worksheet" Target="sheet1.xml"/><Relationship Id="b"'
            ' Type="x/externalLink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        )
    with zipfile.ZipFile(kept) as packed:
        assert Package(packed, "xl/workbook.xml").relations("xl/workbook.xml") == {
            "a": ("x/worksheet", "xl/sheet1.xml")
        }


def test_the_child_says_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log.xlsx").write_bytes(b"PK no")
    (failed,) = sent_by_the_child(tmp_path / "log.xlsx", monkeypatch)
    assert failed[0] == "failed"
