"""Helpers that read import reports, and the records after an import."""

from __future__ import annotations

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.imports.report import FileReport, ImportReport
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace


def read_title(workspace: Workspace, ref: str) -> str:
    """Return the current title of an action."""
    return show_action(workspace, ref).row.title


def list_changes(file: FileReport) -> set[tuple[str, str, str | None]]:
    """Return reference, field and new value of each change of a file."""
    return {(change.ref, change.field, change.now) for change in file.changed}


def list_questions(file: FileReport) -> dict[tuple[str | None, str], str | None]:
    """Return the value in the file of each question, by reference and field."""
    return {(question.ref, question.field): question.theirs for question in file.questions}


def find_question_id(report: ImportReport, field: str, ref: str | None = None) -> str:
    """Return the id of the only question about a field."""
    questions = [
        question
        for file in report.files
        for question in file.questions
        if question.field == field and ref in (None, question.ref)
    ]
    assert len(questions) == 1, questions
    return questions[0].id


def build_filter_for_all() -> ActionFilter:
    """Return a filter of all actions."""
    return ActionFilter(which=ActionScope.ALL)
