"""The tables of a Word document are read as sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book
from tests.formats.received_documents.word_markup import build_word_file, delete, insert, paragraph, run


def build_row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_a_table_of_actions_is_found_with_its_changes_accepted(tmp_path: Path) -> None:
    head = build_row(*(paragraph(run(words)) for words in ("Ref", "Action", "Status", "Due")))
    changed = paragraph(delete("open"), insert("done"))
    row = build_row(
        paragraph(run("DP-1")), paragraph(run("Write to the boards")), changed, paragraph(run("30/11/2013"))
    )
    file = tmp_path / "return.docx"
    file.write_bytes(build_word_file(paragraph(run("Our return")), f"<w:tbl>{head}{row}</w:tbl>"))
    (table,) = read_book(file, resolve_heading).tables
    assert table.headers == ("Ref", "Action", "Status", "Due")
    assert [cell.value for cell in table.lines[0].cells] == ["DP-1", "Write to the boards", "done", "30/11/2013"]


def test_a_document_without_a_table_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(build_word_file(paragraph(run("Dear Sir"))))
    with pytest.raises(BadFile, match="without a table"):
        read_book(file, resolve_heading)
