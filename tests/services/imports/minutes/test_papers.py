"""Edits of a committee paper come back: they become the office's wording of a paragraph, or are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.commissions import build_paragraph_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.minutes import MinutesFileKind, MinutesFileReport
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.commissions.paragraphs import edit_paragraph
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import read_live_rows, set_clock
from tests.services.imports.minutes.edited_drafts import (
    Edit,
    comment_on,
    delete_paragraph,
    edit_word_file,
    replace_words,
)

PAPER = "celg-4-31-13"
OLD, NEW = "is within", "belongs to"
"""Words of paragraph 1.3, and what an editor writes instead."""


def edit_paper(workspace: Workspace, folder: Path, *edits: Edit, language: Language = Language.EN) -> Path:
    path = folder / "paper.docx"
    with use_language(language):
        export_commission(workspace, PAPER, path, force=True)
    path.write_bytes(edit_word_file(path.read_bytes(), *edits))
    return path


def bring_in(workspace: Workspace, path: Path, answers: dict[str, str] | None = None) -> MinutesFileReport:
    (file,) = import_minutes(workspace, MinutesRequest(path), ImportOptions(answers=answers or {})).files
    assert isinstance(file, MinutesFileReport)
    assert file.kind is MinutesFileKind.DRAFT
    return file


def find_text(workspace: Workspace, number: str) -> str | None:
    return next(row.text for row in show_commission(workspace, PAPER).paragraphs if row.number == number)


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "plain"])
def test_changed_words_become_the_text_of_the_paragraph(wales: Workspace, tmp_path: Path, tracked: bool) -> None:
    before = read_live_rows(wales)
    path = edit_paper(wales, tmp_path, replace_words(OLD, NEW, tracked=tracked))
    file = bring_in(wales, path)
    assert [(change.place, change.question) for change in file.changes] == [("1.3", None)]
    text = find_text(wales, "1.3")
    assert text is not None
    assert NEW in text
    assert not bring_in(wales, path).changes
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_an_unchanged_paper_changes_nothing(wales: Workspace, tmp_path: Path) -> None:
    before = read_live_rows(wales)
    file = bring_in(wales, edit_paper(wales, tmp_path, language=Language.BOTH))
    assert not file.changes
    assert not file.questions
    assert read_live_rows(wales) == before


def test_the_welsh_half_is_the_welsh_text(wales: Workspace, tmp_path: Path) -> None:
    edit = replace_words("wedi bodoli ers", "mewn bod ers", tracked=False)
    bring_in(wales, edit_paper(wales, tmp_path, edit, language=Language.BOTH))
    (row,) = [row for row in show_commission(wales, PAPER).paragraphs if row.number == "1.2"]
    assert (row.text or "").startswith("The Welsh Government is the only Government")
    assert "mewn bod ers" in (row.text_cy or "")
    target = tmp_path / "again.md"
    with use_language(Language.CY):
        export_commission(wales, PAPER, target)
    assert "mewn bod ers" in target.read_text(encoding="utf-8")


def test_a_paragraph_that_was_changed_here_too_is_asked(wales: Workspace, tmp_path: Path) -> None:
    path = edit_paper(wales, tmp_path, replace_words(OLD, NEW))
    own = "The team was moved to another division."
    edit_paragraph(wales, PAPER, "1.3", build_paragraph_draft({"text": own}))
    file = bring_in(wales, path)
    (question,) = file.questions
    assert "also changed in the records" in question.reason
    assert find_text(wales, "1.3") == own
    bring_in(wales, path, answers={question.id: "theirs"})
    assert NEW in (find_text(wales, "1.3") or "")


def test_what_only_the_office_changed_since_stays(wales: Workspace, tmp_path: Path) -> None:
    path = edit_paper(wales, tmp_path, replace_words(OLD, NEW, tracked=False))
    later = set_clock(wales, "2014-01-10")
    edit_paragraph(later, PAPER, "1.1", build_paragraph_draft({"text": "The role has two aims."}))
    file = bring_in(later, path)
    assert [change.place for change in file.changes] == ["1.3"]
    assert not file.questions
    assert find_text(later, "1.1") == "The role has two aims."


def test_removals_and_comments_are_asked(wales: Workspace, tmp_path: Path) -> None:
    path = edit_paper(wales, tmp_path, delete_paragraph(OLD), comment_on("The aim", "Which of them?"))
    file = bring_in(wales, path)
    assert {question.field for question in file.questions} == {"paragraph", "comment"}
    assert [comment.text for comment in file.comments] == ["Which of them?"]
    assert OLD in (find_text(wales, "1.3") or "")
    answers = {question.id: "theirs" for question in file.questions if question.field == "paragraph"}
    bring_in(wales, path, answers=answers)
    assert "1.3" not in [row.number for row in show_commission(wales, PAPER).paragraphs]


def test_what_is_no_paragraph_is_asked_and_never_written(wales: Workspace, tmp_path: Path) -> None:
    before = read_live_rows(wales)
    edits = (replace_words(old, new, tracked=False) for old, new in (("The role of", "The post of"), ("1.3", "1.9")))
    file = bring_in(wales, edit_paper(wales, tmp_path, *edits))
    assert {question.cell for question in file.questions} == {"1", "1.3", "1.9"}
    assert not file.changed
    assert read_live_rows(wales) == before
