"""Screen with one question of an import at a time. The answers are collected for the plan; nothing is written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.errors import AhtcError, BadInput
from ahtc_tui.domain.history import ChangeRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question, SourceFinder
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import FURTHER_SIDES, ConflictQuestion
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.imports.three_way_view import (
    Choices,
    allows_both,
    format_facts,
    format_sides,
    format_title,
    list_choices,
)
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """An open question of an import, the file that it is about, and all questions that its answer decides."""

    file: Path
    question: Question
    alike: tuple[Question, ...]
    find_source: SourceFinder | None = None
    """Returns the cells of the row at a place of the file, where it has rows."""


class Description(NamedTuple):
    """What a question is about: title and facts of a record, number and facts of a row, and who wrote the value.

    The facts are values by the name of their field.
    """

    title: str = ""
    author: str = ""
    number: str = ""
    record: Mapping[str, str] = MappingProxyType({})
    row: Mapping[str, str] = MappingProxyType({})


AnswerCheck = Callable[[Question, str], Awaitable[None]]

ANSWER_WORDS = frozenset(("ours", "theirs", "both", "skip", "other", "merged"))
"""Answers that are not values."""


class QuestionScreen(DismissOnce, Screen[bool | None]):
    """The questions of an import; returns True after the last one, None on leaving before."""

    CSS_PATH = "imports.tcss"
    BINDINGS = build_bindings("desk.help", "question.*")

    app = app(DeskApp)
    title_line = query_one("#question-title", Plain)
    body = query_one("#question-text", Plain)
    keys_line = query_one("#question-keys", Choices)
    count_line = query_one("#question-count", Plain)

    def __init__(
        self,
        questions: Sequence[FileQuestion],
        answers: dict[str, str],
        index: int,
        check_answer: AnswerCheck,
        clear_count: int,
    ) -> None:
        """`answers` is changed in place; `clear_count` is the number of changes without a question."""
        super().__init__()
        self._questions, self._answers, self._index = tuple(questions), answers, index
        self._check_answer, self._clear_count = check_answer, clear_count
        self._descriptions: dict[str, Description] = {}
        """By the id of the question."""

    def compose(self) -> ComposeResult:
        yield ModeBar("reports")
        yield Plain(id="question-title")
        with VerticalScroll(id="question-body", can_focus=False):
            yield Plain(id="question-text")
        yield Choices(id="question-keys")
        yield Plain(id="question-count")
        yield Hints()

    def on_mount(self) -> None:
        self._show_question()

    def on_resize(self) -> None:
        self._draw_question()

    @property
    def _current_question(self) -> Question:
        return self._questions[self._index].question

    @property
    def _similar_questions(self) -> list[Question]:
        """The questions of the same kind, including the current ones."""
        kind = _classify_question(self._current_question)
        return [
            question for entry in self._questions for question in entry.alike if _classify_question(question) == kind
        ]

    def _show_question(self) -> None:
        self._draw_question()
        self.read_description(self._questions[self._index], self._current_question)

    @work(exclusive=True, group="card")
    async def read_description(self, entry: FileQuestion, question: Question) -> None:
        """Load what the question is about: the record, or the row of the file that becomes one."""
        if question.id in self._descriptions:
            return
        cells = await asyncio.to_thread(entry.find_source, question.cell) if entry.find_source is not None else ()
        row = {cell.field: cell.text for cell in cells if cell.field}
        if question.ref is not None:
            description = (await self._find_description(question.ref, question.field))._replace(row=row)
        elif row:
            description = Description(row.get("title", ""), number=row.get("ref", ""), row=row)
        else:
            return
        self._descriptions[question.id] = description
        self._draw_question()

    async def _find_description(self, ref: str, field: str) -> Description:
        from ahtc_tui.services import history
        from ahtc_tui.services.actions import service as actions

        try:
            action = (await self.app.desk.show(actions.show_action, ref)).row
            changes = await self.app.desk.show(history.list_changes, ref)
        except AhtcError:
            return Description()
        record = {"lead": action.lead or "", "due": str(action.due or ""), "status": action.status.label}
        return Description(action.title, _format_last_author(changes, field), record=record)

    def _draw_question(self) -> None:
        file_question, question = self._questions[self._index], self._current_question
        description = self._descriptions.get(question.id, Description())
        position = (file_question.file.name, self._index + 1, len(self._questions))
        self.title_line.update(
            format_title(question, description.title, position, len(file_question.alike), description.number)
        )
        width = self.size.width - 4
        answer = self._answers.get(question.id)
        sides = format_sides(question, description.author, file_question.file.stem, width, answer)
        facts = format_facts(question, description.record, description.row, width)
        self.body.update(Content("\n").join((sides, *facts)))
        self.keys_line.show_choices(list_choices(question, self._similar_questions, len(file_question.alike)))
        questions = [question for entry in self._questions for question in entry.alike]
        decided = sum(question.id in self._answers for question in questions)
        text = _("{m} of {all} answered, {n:,} clear   nothing is saved yet; press u afterwards to undo it")
        self.count_line.update(text.format(n=self._clear_count, m=decided, all=len(questions)))

    def action_step(self, step: int) -> None:
        """Show another question, or return to the plan after the last."""
        if self._index + step >= len(self._questions):
            self.dismiss(True)
        else:
            self._index = max(0, self._index + step)
            self._show_question()

    def action_answer(self, answer: str) -> None:
        """Answer the question and show the next open one."""
        question = self._current_question
        if answer == "theirs" and not question.takes:
            self._refuse(_("There is no value to take. Press 1 to keep ours or e to enter another."))
        elif answer == "both" and not allows_both(question):
            self._refuse(_("Both can be kept only for updates, records, phones and emails. Press 1, 2 or e."))
        elif answer in ("other", "merged") and not _has_answer(question, answer):
            self._refuse(_("This question has no such answer. Press 1, 2 or e."))
        else:
            self._decide(answer)
            self._show_next_open()

    def _decide(self, answer: str) -> None:
        """Give an answer to the question and to all that are alike."""
        self._answers |= {question.id: answer for question in self._questions[self._index].alike}

    def action_single(self) -> None:
        """Ask the questions that are alike one by one."""
        entry = self._questions[self._index]
        single = tuple(FileQuestion(entry.file, question, (question,), entry.find_source) for question in entry.alike)
        self._questions = self._questions[: self._index] + single + self._questions[self._index + 1 :]
        self._show_question()

    def _refuse(self, reason: str) -> None:
        show_toast(self.app, reason, undo=False)

    def _show_next_open(self) -> None:
        """Show the next open question, or return to the plan."""
        later = range(self._index + 1, len(self._questions))
        open_indexes = (index for index in later if self._questions[index].question.id not in self._answers)
        self.action_step(next(open_indexes, len(self._questions)) - self._index)

    def action_skip(self) -> None:
        """Leave the question open."""
        for question in self._questions[self._index].alike:
            self._answers.pop(question.id, None)
        self._show_next_open()

    def action_all_alike(self, answer: str) -> None:
        """Answer all open questions of the same kind."""
        current = self._questions[self._index].alike
        undecided = [
            question
            for question in self._similar_questions
            if (question.takes or answer == "ours") and (question.id not in self._answers or question in current)
        ]
        if not undecided:
            self.action_answer(answer)
            return
        self._answers |= {question.id: answer for question in undecided}
        show_toast(self.app, _("{n} answered").format(n=len(undecided)), undo=False)
        indexes = [*range(self._index, len(self._questions)), *range(self._index)]
        open_indexes = [index for index in indexes if self._questions[index].question.id not in self._answers]
        if open_indexes:
            self._index = open_indexes[0]
            self._show_question()
        else:
            self.dismiss(True)

    @work(group="form-leave")
    async def action_edit(self) -> None:
        """Answer with a typed value; the form shows why one is refused."""
        question = self._current_question
        values = await self.app.push_screen_wait(AnswerForm(question, self._check_answer))
        if values is not None:
            self._decide(values["value"])
            self._show_next_open()


def _has_answer(question: Question, answer: str) -> bool:
    """Whether a question is a conflict with a merged text, or with the value of a third laptop."""
    if not isinstance(question, ConflictQuestion):
        return False
    return question.merged is not None if answer == "merged" else len(question.sides) > FURTHER_SIDES


def _classify_question(question: Question) -> tuple[str, bool, bool]:
    return question.field, question.ref is None, question.proposed is None


def _format_last_author(changes: Sequence[ChangeRow], field: str) -> str:
    """Return author and day of the last change of a field: "AHTC, 2 Dec 2013"."""
    name = {"progress": "text", "leads": "lead"}.get(field, field.split("_")[0] if field != "closed_on" else field)
    last_change = max(
        (change for change in changes if change.field == name), key=lambda change: change.at, default=None
    )
    return (
        f"{last_change.user}, {last_change.at.day} {format_short_month(last_change.at.month)} {last_change.at.year}"
        if last_change
        else ""
    )


class AnswerForm(FormScreen):
    """A typed value; one that the import refuses keeps the form open."""

    saves_on_enter = True

    def __init__(self, question: Question, check: Callable[[Question, str], Awaitable[None]]) -> None:
        super().__init__("  ".join(part for part in (question.ref, format_field(question.field)) if part))
        self._question, self._check = question, check

    def rows(self) -> Iterable[FormRow]:
        question = self._question
        initial = question.proposed or question.theirs or question.ours or ""
        if question.field == "new_action":  # another action is named by its reference
            initial = ""
        value = Input(" ".join(initial.split()), compact=True, select_on_focus=True)
        yield FormRow("value", _("New value"), value, _find_hint(question.field))

    async def accept(self, values: dict[str, Any]) -> None:
        value = values["value"]
        if not value or value.lower() in ANSWER_WORDS:
            raise BadInput(_("Enter a value. To keep ours or take theirs, close this form and press 1 or 2."))
        try:
            await self._check(self._question, value)
        except BadInput as error:  # the message without the id of the question, which is on the screen
            raise BadInput(str(error.__cause__ or error)) from error


def _find_hint(field: str) -> str:
    if field.startswith("status") or field in ("struck", "missing", "sheet_conflict"):
        return ", ".join(status.value for status in Status)
    if field == "brag":
        return ", ".join(rating.option_label for rating in Brag)
    if field == "log_group":
        return _("the name of a group, or its reference")
    if field in ("reference", "new_action"):
        return _("the action's reference")
    if field.startswith("lead") or field == "support":
        return _("a name of the register, or a reference")
    if field.startswith(("due", "closed")):
        return _("a date, a month, or words, like 31 jan, end feb, spring 2014")
    return ""
