"""Questions before an import: the field of each column, the owners, a passphrase; and its progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.imports.report import ColumnMapping, ImportReport, Question
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.running_job import RunningJob
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.replication import merge
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.imports.question import AnswerCheck, AnswerForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, format_heading, join_lines
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
            "{n} lead is not in the register. Press enter to change what it becomes, or y to accept.",
            "{n} leads are not in the register. Press enter to change what one becomes, or y to accept all.",
            count,
        )
        yield ModeBar("reports")
        yield Plain(" " + format_heading(pgettext("several", "Leads")), id="import-title")
        yield Plain(text.format(n=count), id="import-counts")
        yield RecordList(self._build_columns(), empty_text=_("There are no leads."), markable=False, wraps=True)
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


class PassphraseForm(FormScreen):
    """The passphrase; a wrong one keeps the form open."""

    saves_on_enter = True

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(_("Passphrase of {name}").format(name=join_lines(path.name)))
        self._desk, self._path = desk, path
        self._input = Input(password=True, compact=True)

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("passphrase", _("Passphrase"), self._input, _("as given by the author of the file"))

    def values(self) -> dict[str, Any]:
        """Return the passphrase as typed, with surrounding spaces."""
        return {"passphrase": self._input.value}

    async def accept(self, values: dict[str, Any]) -> None:
        """Raise an error unless the passphrase opens the file."""
        if not values["passphrase"]:
            raise BadInput(_("Type the passphrase, or press esc to leave."))
        await self._desk.run_long(merge.check_passphrase, self._path, values["passphrase"])


BAR_WIDTH = 40
"""Width of the bar in cells."""


class ImportProgress:
    """Counts the rows of one import and formats the line that shows them."""

    def __init__(self, *, is_writing: bool = False) -> None:
        """`is_writing` is whether the run ends with a write, which cannot be stopped."""
        self.completed, self.total, self.is_writing = 0, 0, is_writing
        self.job = RunningJob()

    def build_hooks(self) -> ProgressHooks:
        """Return the hooks for the import."""
        return ProgressHooks(self._update_counts)

    def _update_counts(self, completed: int, total: int) -> None:
        self.completed, self.total = completed, total

    def format_text(self, file_names: str, seconds: float) -> str:
        """Return the text for the screen."""
        if not self.total:
            heading = _("Reading {files}").format(files=file_names)
            return f"{heading}\n\n{'─' * BAR_WIDTH}  {seconds:.0f} s\n\n{self._format_stop_hint()}"
        if self.is_writing and self.completed >= self.total:
            heading = _("Saving {files}").format(files=file_names)
            return f"{heading}\n\n{'━' * BAR_WIDTH}  {seconds:.0f} s"
        fraction = self.completed / self.total
        bar = "━" * int(fraction * BAR_WIDTH) + "─" * (BAR_WIDTH - int(fraction * BAR_WIDTH))
        heading = _("Comparing {files}").format(files=file_names)
        rows = _("{done:,} of {total:,} rows").format(done=self.completed, total=self.total)
        return f"{heading}\n\n{bar}  {fraction:.0%}\n{rows}\n\n{self._format_stop_hint()}"

    def _format_stop_hint(self) -> str:
        return _("Stopping") if self.job.is_stopped else _("press esc to stop and save nothing")


MIN_CONFIDENCE = 95
LEFT_OUT_MARK = "–"


def has_unsure_columns(report: ImportReport) -> bool:
    """Return whether most rows are new and a column with values has an uncertain field."""
    added_count = sum(len(file.added) for file in report.files)
    known_count = sum(len(file.changed) + file.unchanged for file in report.files)
    is_unsure = any(
        column.confidence < MIN_CONFIDENCE and column.samples for file in report.files for column in file.columns
    )
    return is_unsure and added_count > known_count


class ColumnsScreen(DismissOnce, Screen[dict[str, str] | None]):
    """The columns; returns the changed fields by heading, or None."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS = build_bindings("desk.help", "columns.*")

    list_pane = query_one(RecordList)

    def __init__(
        self, column_mappings: Sequence[ColumnMapping], file_names: str, known_fields: Mapping[str, str]
    ) -> None:
        """`known_fields` has each possible field with its usual headings."""
        super().__init__()
        self._column_mappings, self._file_names, self._known_fields = tuple(column_mappings), file_names, known_fields
        self._chosen_fields: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield ModeBar("reports")
        yield Plain(_(" COLUMNS   {files}").format(files=self._file_names), id="import-title")
        yield Plain(_("Press enter to change the field of a column. Your choice is remembered."), id="import-counts")
        yield RecordList(self._build_columns(), empty_text=_("There are no columns."), markable=False)
        yield Hints()

    def on_mount(self) -> None:
        self.list_pane.show(ListSource(self._column_mappings, id))

    def _build_columns(self) -> Sequence[Column[ColumnMapping]]:
        sheets = len({column.sheet for column in self._column_mappings}) > 1
        return (
            *([Column(_("Sheet"), 10, lambda column: column.sheet, style=lambda _column: "muted")] if sheets else []),
            Column(_("Column"), 20, lambda column: column.heading or LEFT_OUT_MARK),
            Column(_("Read as"), 14, self._format_field, style=lambda c: "" if self._find_field(c) else "muted"),
            Column(_("Sure"), 6, self._format_confidence, "right", self._find_confidence_style),
            Column(_("Samples"), None, lambda column: " · ".join(column.samples), style=lambda _column: "muted"),
        )

    def _find_field(self, column: ColumnMapping) -> str | None:
        return self._chosen_fields.get(column.heading, column.field or "") or None

    def _format_field(self, column: ColumnMapping) -> str:
        field = self._find_field(column)
        return format_field(field) if field else _("left out")

    def _format_confidence(self, column: ColumnMapping) -> str:
        if column.heading in self._chosen_fields:
            return _("you")
        return f"{column.confidence}%" if self._find_field(column) else LEFT_OUT_MARK

    def _find_confidence_style(self, column: ColumnMapping) -> str:
        is_chosen = column.heading in self._chosen_fields
        return "soon" if not is_chosen and column.confidence < MIN_CONFIDENCE and column.samples else "muted"

    @on(RecordList.Opened)
    def _choose_opened(self, _event: RecordList.Opened) -> None:
        self.action_choose()

    @work(group="form-leave")
    async def action_choose(self) -> None:
        """Choose the field of the column."""
        column: ColumnMapping | None = self.list_pane.highlighted
        if column is None:
            return
        options = list(self._known_fields.items())
        options.insert(0, (LEFT_OUT_MARK, _("leave the column out")))
        question = _('What does "{heading}" mean?').format(heading=column.heading)
        labels = {name: format_field(name) for name in self._known_fields}
        field = self._find_field(column)
        first = next((number for number, (name, _headings) in enumerate(options) if name == field), 0)
        name = await self.app.push_screen_wait(Pick(question, options, first, labels=labels))
        if name is not None:
            self._chosen_fields[column.heading] = "" if name == LEFT_OUT_MARK else name
            self.list_pane.set_columns(self._build_columns())

    def list_unsaved_work(self) -> list[str]:
        """Return the columns whose meaning was chosen."""
        columns = ", ".join(self._chosen_fields)
        return [_("the meanings of {columns}").format(columns=columns)] if columns else []

    def action_done(self) -> None:
        """Return to the plan."""
        self.dismiss(self._chosen_fields or None)
