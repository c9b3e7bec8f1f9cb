"""One question of an import at a time: what was sent, what is here now, what came back, and one key that decides it.

The answers are kept for the plan; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.history import ChangeRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.imports.answer_form import AnswerForm
from ahtc_tui.tui.imports.three_way_view import (
    FIELDS_WITH_BOTH,
    Choices,
    format_sides,
    format_title,
    is_new_post,
    list_choices,
)
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.imports import QUESTION
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """A question with the file that asks it."""

    file: Path
    question: Question


AnswerCheck = Callable[[Question, str], Awaitable[None]]


class QuestionScreen(Screen[bool | None]):
    """The questions. Answers True after the last one, None where a person went back to the plan before."""

    CSS_PATH = "imports.tcss"
    BINDINGS = build_bindings("desk.help", *QUESTION)

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
        """`answers` is filled in place; `ready` is how much nobody contradicts."""
        super().__init__()
        self._questions, self._answers, self._index, self._check_answer, self._clear_count = (
            tuple(questions),
            answers,
            index,
            check_answer,
            clear_count,
        )
        self._descriptions: dict[str, tuple[str, str]] = {}
        """Reference and field to the title of the record and to who said what is here now."""

    def compose(self) -> ComposeResult:
        """Modes, whose question it is, the three sides, what each key would do, hints."""
        yield ModeBar("reports")
        yield Plain(id="question-title")
        with VerticalScroll(id="question-body", can_focus=False):
            yield Plain(id="question-text")
        yield Choices(id="question-keys")
        yield Plain(id="question-count")
        yield Hints()

    def on_mount(self) -> None:
        """Show the first."""
        self._show_question()

    def on_resize(self) -> None:
        """Fit the three sides."""
        self._draw_question()

    @property
    def _current_question(self) -> Question:
        return self._questions[self._index].question

    @property
    def _similar_questions(self) -> list[Question]:
        """The questions of the same kind, this one too."""
        return [
            file_question.question
            for file_question in self._questions
            if _classify_question(file_question.question) == _classify_question(self._current_question)
        ]

    def _show_question(self) -> None:
        self._draw_question()
        self.read_description(self._current_question)

    @work(exclusive=True, group="card")
    async def read_description(self, question: Question) -> None:
        """The title of the record, and who wrote what is here now."""
        name = f"{question.ref} {question.field}"
        if question.ref is None or name in self._descriptions:
            return
        self._descriptions[name] = await self._find_description(question.ref, question.field)
        self._draw_question()

    async def _find_description(self, ref: str, field: str) -> tuple[str, str]:
        from ahtc_tui.services import history
        from ahtc_tui.services.actions import service as actions

        try:
            title = (await self.app.desk.run(actions.show_action, ref)).row.title
            changes = await self.app.desk.run(history.list_changes, ref)
        except AhtcError:
            return "", ""
        return title, _format_last_author(changes, field)

    def _draw_question(self) -> None:
        file_question, question = self._questions[self._index], self._current_question
        title, author = self._descriptions.get(f"{question.ref} {question.field}", ("", ""))
        position = (file_question.file.name, self._index + 1, len(self._questions))
        self.title_line.update(format_title(question, title, position))
        width = self.size.width - 4
        self.body.update(format_sides(question, author, file_question.file.stem, width, self._answers.get(question.id)))
        self.keys_line.show_choices(list_choices(question, self._similar_questions))
        decided = sum(counted_question.question.id in self._answers for counted_question in self._questions)
        text = _("{m} of {all} answered, {n:,} clear   nothing is written yet, and undo is one key")
        self.count_line.update(text.format(n=self._clear_count, m=decided, all=len(self._questions)))

    def action_step(self, step: int) -> None:
        """Another question; after the last one the plan."""
        if self._index + step >= len(self._questions):
            self.dismiss(True)
        else:
            self._index = max(0, self._index + step)
            self._show_question()

    def action_answer(self, answer: str) -> None:
        """Decide, and go on."""
        question = self._current_question
        if answer == "theirs" and not question.takes:
            show_toast(
                self.app, _("There is nothing to take as it stands: o keeps ours, e writes another."), undo=False
            )
        elif answer == "both" and question.field not in FIELDS_WITH_BOTH:
            show_toast(
                self.app, _("Both can stay only where it is an update or a record of its own: o, t or e."), undo=False
            )
        else:
            self._answers[question.id] = answer
            self._show_next_open()

    def _show_next_open(self) -> None:
        """To the next question that is open; after the last the plan."""
        later = range(self._index + 1, len(self._questions))
        open_indexes = (index for index in later if self._questions[index].question.id not in self._answers)
        self.action_step(next(open_indexes, len(self._questions)) - self._index)

    def action_skip(self) -> None:
        """Leave it open."""
        self._answers.pop(self._current_question.id, None)
        self._show_next_open()

    def action_all_alike(self, answer: str) -> None:
        """Decide all questions of the same kind, but those that were decided already."""
        current_question = self._current_question
        similar_questions = [question for question in self._similar_questions if question.takes or answer == "ours"]
        undecided = [
            question
            for question in similar_questions
            if question.id not in self._answers or question is current_question
        ]
        if not undecided:
            self.action_answer(answer)
            return
        for question in undecided:
            self._answers[question.id] = answer
        sentence = (
            _("{n} posts are made") if is_new_post(current_question) and answer == "theirs" else _("{n} decided alike")
        )
        show_toast(self.app, sentence.format(n=len(undecided)), undo=False)
        indexes = [*range(self._index, len(self._questions)), *range(self._index)]
        open_indexes = [index for index in indexes if self._questions[index].question.id not in self._answers]
        self._index = open_indexes[0] if open_indexes else len(self._questions) - 1
        if open_indexes:
            self._show_question()
        else:
            self.dismiss(True)

    @work(group="form-leave")
    async def action_edit(self) -> None:
        """Write something else; what the import would refuse is said in the form."""
        question = self._current_question
        values = await self.app.push_screen_wait(AnswerForm(question, self._check_answer))
        if values is not None:
            self._answers[question.id] = values["value"]
            self._show_next_open()


def _classify_question(question: Question) -> tuple[str, bool, bool]:
    return question.field, question.ref is None, question.proposed is None


def _format_last_author(changes: Sequence[ChangeRow], field: str) -> str:
    """Who wrote last what is here now, and when: "AHTC, 2 Dec"."""
    name = {"progress": "text", "leads": "lead"}.get(field, field.split("_")[0] if field != "closed_on" else field)
    last_change = max(
        (change for change in changes if change.field == name), key=lambda change: change.at, default=None
    )
    return f"{last_change.user}, {last_change.at.day} {last_change.at:%b %Y}" if last_change else ""
