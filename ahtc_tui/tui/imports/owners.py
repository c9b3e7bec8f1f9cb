"""Screen with the leads of a file that the register does not have, each with the proposed answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.tui.imports.question import AnswerCheck, AnswerForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

ANOTHER = "another"
"""The answer that is typed."""


class OwnersScreen(DismissOnce, Screen[bool | None]):
    """The questions about leads; returns True once all are answered, or None."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS = build_bindings("desk.help", "plan.apply", "question.leave")

    list_pane = query_one(RecordList)

    def __init__(self, questions: Sequence[Question], answers: dict[str, str], check_answer: AnswerCheck) -> None:
        """`answers` is changed in place when all are accepted; `check_answer` refuses a typed name."""
        super().__init__()
        self._check_answer = check_answer
        self._questions, self._answers = tuple(questions), answers
        self._chosen = {
            question.id: answers.get(question.id) or question.default or "theirs" for question in self._questions
        }

    def compose(self) -> ComposeResult:
        count = len(self._questions)
        text = ngettext(
            "{n} lead is not in the register. Press Enter to change what it becomes, or y to accept.",
            "{n} leads are not in the register. Press Enter to change what one becomes, or y to accept all.",
            count,
        )
        yield ModeBar("reports")
        yield Plain(" " + format_heading(pgettext("several", "Leads")), id="import-title")
        yield Plain(text.format(n=count), id="import-counts")
        yield RecordList(self._build_columns(), empty_text=_("There are no leads."), markable=False)
        yield Hints()

    def on_mount(self) -> None:
        self.list_pane.show(ListSource(self._questions, lambda question: question.id))

    def _build_columns(self) -> Sequence[Column[Question]]:
        return (
            Column(_("In the file"), 30, lambda question: question.theirs or ""),
            Column(_("Becomes"), 24, lambda question: name_choice(self._chosen[question.id])),
            Column(_("Why it is asked"), None, lambda question: question.reason, style=lambda _question: "muted"),
            Column(_("Cell"), 11, lambda question: question.cell, style=lambda _question: "muted", optional=True),
        )

    @on(RecordList.Opened)
    def _choose_opened(self, _event: RecordList.Opened) -> None:
        self.action_choose()

    @work(group="form-leave")
    async def action_choose(self) -> None:
        """Choose what the highlighted lead is."""
        question: Question | None = self.list_pane.highlighted
        if question is None:
            return
        options = [(choice, "") for choice in (*question.choices, ANOTHER)]
        labels = {choice: name_choice(choice) for choice, _words in options}
        first = question.choices.index(self._chosen[question.id]) if self._chosen[question.id] in labels else 0
        title = _('What is "{name}"?').format(name=question.theirs)
        choice = await self.app.push_screen_wait(Pick(title, options, first, labels=labels))
        if choice == ANOTHER:
            values = await self.app.push_screen_wait(AnswerForm(question, self._check_answer))
            choice = values["value"] if values else None
        if choice:
            self._chosen[question.id] = choice
            self.list_pane.set_columns(self._build_columns())

    def list_unsaved_work(self) -> list[str]:
        """Return the leads whose answer was changed."""
        changed = [
            question.theirs or "" for question in self._questions if self._chosen[question.id] != question.default
        ]
        return [_("the answers about {names}").format(names=", ".join(changed))] if changed else []

    def action_apply(self) -> None:
        """Answer all questions as shown."""
        self._answers |= self._chosen
        self.dismiss(True)


def name_choice(choice: str) -> str:
    """Return an answer about a lead for people; another one is the name of a contact."""
    labels = {
        "person": _("a new person"),
        "organisation": _("a new organisation"),
        "post": _("a new post"),
        "nobody": _("no lead"),
        "ours": _("no lead"),
        "theirs": _("as proposed"),
        ANOTHER: _("a contact of the register"),
    }
    return labels.get(choice, choice)
