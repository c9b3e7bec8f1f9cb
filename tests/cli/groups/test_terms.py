"""Text and file of the terms of reference of a group."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.cli.promises import Captured, run_command


@pytest.mark.parametrize("name", ["terms.docx", "terms.md"])
def test_the_terms_of_a_group_are_taken_from_a_file_and_shown(office: Path, capsys: Captured, name: str) -> None:
    if name.endswith(".docx"):
        document = Document()
        document.add_paragraph("To advise Ministers.")
        document.add_table(rows=1, cols=2).rows[0].cells[1].text = "Quorum: 4"
        document.save(str(office / name))
    else:
        (office / name).write_text("To advise Ministers.\n\nQuorum: 4\n", encoding="utf-8")
    terms = ("groups", "terms", "leadership-group", "--version", "2", "--file", name)
    assert run_command(*terms) == 0
    assert run_command(*terms, "--text", "To advise.") == 2
    capsys.readouterr()
    assert run_command("groups", "show", "leadership-group") == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[lines.index("version 2") + 1] == "To advise Ministers."
    assert "Quorum: 4" in lines


def test_a_file_without_readable_terms_is_named(office: Path, capsys: Captured) -> None:
    (office / "damaged.docx").write_bytes(b"PK\x03\x04")
    Document().save(str(office / "empty.docx"))
    (office / "terms.pdf").write_bytes(b"%PDF-1.4")
    for name, words in (("damaged.docx", "not a Word file"), ("empty.docx", "no text"), ("terms.pdf", "not a .docx")):
        assert run_command("groups", "terms", "leadership-group", "--version", "2", "--file", name) == 4
        assert words in capsys.readouterr().err
