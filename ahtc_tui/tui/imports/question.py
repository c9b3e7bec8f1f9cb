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
from ahtc_tui.tui.imports.answer_form import EditForm
from ahtc_tui.tui.imports.three_way_view import BOTH, Choices, choices, is_new_post, side_by_side, title_of
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.imports import QUESTION
from ahtc_tui.tui.widgets.confirm import say
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the file that asks it."""

    file: Path
    question: Question


Check = Callable[[Question, str], Awaitable[None]]


class QuestionScreen(Screen[bool | None]):
    """The questions. Answers True after the last one, None where a person went back to the plan before."""

    CSS_PATH = "imports.tcss"
    BINDINGS = bindings("desk.help", *QUESTION)

    app = app(DeskApp)
    title_line = query_one("#question-title", Plain)
    body = query_one("#question-text", Plain)
    keys_line = query_one("#question-keys", Choices)
    count_line = query_one("#question-count", Plain)

    def __init__(self, asked: Sequence[Asked], answers: dict[str, str], at: int, check: Check, ready: int) -> None:
        """`answers` is filled in place; `ready` is how much nobody contradicts."""
        super().__init__()
        self._asked, self._answers, self._at, self._check, self._ready = tuple(asked), answers, at, check, ready
        self._about: dict[str, tuple[str, str]] = {}
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
        self._show()

    def on_resize(self) -> None:
        """Fit the three sides."""
        self._draw()

    @property
    def _present(self) -> Question:
        return self._asked[self._at].question

    @property
    def _alike(self) -> list[Question]:
        """The questions of the same kind, this one too."""
        return [each.question for each in self._asked if _kind(each.question) == _kind(self._present)]

    def _show(self) -> None:
        self._draw()
        self.read_about(self._present)

    @work(exclusive=True, group="card")
    async def read_about(self, question: Question) -> None:
        """The title of the record, and who wrote what is here now."""
        name = f"{question.ref} {question.field}"
        if question.ref is None or name in self._about:
            return
        self._about[name] = await self._record(question.ref, question.field)
        self._draw()

    async def _record(self, ref: str, field: str) -> tuple[str, str]:
        from ahtc_tui.services import history
        from ahtc_tui.services.actions import service as actions

        try:
            title = (await self.app.desk.ask(actions.show_action, ref)).row.title
            changes = await self.app.desk.ask(history.list_changes, ref)
        except AhtcError:
            return "", ""
        return title, _who(changes, field)

    def _draw(self) -> None:
        asked, question = self._asked[self._at], self._present
        title, who = self._about.get(f"{question.ref} {question.field}", ("", ""))
        place = (asked.file.name, self._at + 1, len(self._asked))
        self.title_line.update(title_of(question, title, place))
        width = self.size.width - 4
        self.body.update(side_by_side(question, who, asked.file.stem, width, self._answers.get(question.id)))
        self.keys_line.offer(choices(question, self._alike))
        decided = sum(each.question.id in self._answers for each in self._asked)
        said = _("{m} of {all} answered, {n:,} clear   nothing is written yet, and undo is one key")
        self.count_line.update(said.format(n=self._ready, m=decided, all=len(self._asked)))

    def action_step(self, by: int) -> None:
        """Another question; after the last one the plan."""
        if self._at + by >= len(self._asked):
            self.dismiss(True)
        else:
            self._at = max(0, self._at + by)
            self._show()

    def action_answer(self, answer: str) -> None:
        """Decide, and go on."""
        question = self._present
        if answer == "theirs" and not question.takes:
            say(self.app, _("There is nothing to take as it stands: o keeps ours, e writes another."), undo=False)
        elif answer == "both" and question.field not in BOTH:
            say(self.app, _("Both can stay only where it is an update or a record of its own: o, t or e."), undo=False)
        else:
            self._answers[question.id] = answer
            self._go_on()

    def _go_on(self) -> None:
        """To the next question that is open; after the last the plan."""
        later = range(self._at + 1, len(self._asked))
        left = (place for place in later if self._asked[place].question.id not in self._answers)
        self.action_step(next(left, len(self._asked)) - self._at)

    def action_skip(self) -> None:
        """Leave it open."""
        self._answers.pop(self._present.id, None)
        self._go_on()

    def action_all_alike(self, answer: str) -> None:
        """Decide all questions of the same kind, but those that were decided already."""
        present = self._present
        alike = [each for each in self._alike if each.takes or answer == "ours"]
        chosen = [each for each in alike if each.id not in self._answers or each is present]
        if not chosen:
            self.action_answer(answer)
            return
        for each in chosen:
            self._answers[each.id] = answer
        words = _("{n} posts are made") if is_new_post(present) and answer == "theirs" else _("{n} decided alike")
        say(self.app, words.format(n=len(chosen)), undo=False)
        places = [*range(self._at, len(self._asked)), *range(self._at)]
        left = [place for place in places if self._asked[place].question.id not in self._answers]
        self._at = left[0] if left else len(self._asked) - 1
        if left:
            self._show()
        else:
            self.dismiss(True)

    @work(group="form-leave")
    async def action_edit(self) -> None:
        """Write something else; what the import would refuse is said in the form."""
        question = self._present
        said = await self.app.push_screen_wait(EditForm(question, self._check))
        if said is not None:
            self._answers[question.id] = said["value"]
            self._go_on()


def _kind(question: Question) -> tuple[str, bool, bool]:
    return question.field, question.ref is None, question.proposed is None


def _who(changes: Sequence[ChangeRow], field: str) -> str:
    """Who wrote last what is here now, and when: "AHTC, 2 Dec"."""
    name = {"progress": "text", "leads": "lead"}.get(field, field.split("_")[0] if field != "closed_on" else field)
    last = max((line for line in changes if line.field == name), key=lambda line: line.at, default=None)
    return f"{last.user}, {last.at.day} {last.at:%b %Y}" if last else ""
