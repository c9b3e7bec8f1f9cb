"""The answers of members to minutes that were circulated for agreement, with a key for each answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial, partialmethod
from pathlib import Path
from typing import Any

from textual import events, work

from ahtc_tui.domain.correspondence.model import Answer, AnswerState, CirculationReport, CirculationState, MemberAnswer
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.dates.parser import read_date_alone
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.services.correspondence import answers, circulation
from ahtc_tui.services.minutes.lifecycle import format_destroyed
from ahtc_tui.services.paths import resolve_input_path
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class AnswersScreen(RecordScreen[MemberAnswer]):
    """The members who were asked to agree a text, and what each answered."""

    noun = "meetings"
    closes_on_back = True
    marks_conflicts = False
    empty_hint = gettext_noop("Nobody was asked yet. Press n to circulate the minutes for agreement.")
    row_actions = frozenset(("record_agreed", "record_changes", "record_objects"))
    BINDINGS = build_bindings("answer.*", "desk.leave")

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._report: CirculationReport | None = None
        self._was_loaded = False

    def build_columns(self) -> Sequence[Column[MemberAnswer]]:
        return (
            Column(_("Member"), None, lambda row: row.who),
            Column(_("Answer"), 22, lambda row: row.answer.label, style=_choose_style, sort="answer"),
            Column(_("Date"), 12, lambda row: format_short_date(row.on) if row.on else "", sort="date", optional=True),
            Column(_("File"), 24, lambda row: row.file or "", style=lambda _row: "muted", optional=True),
        )

    def ref_of(self, row: MemberAnswer) -> str:
        return row.ref

    async def load_source(self, text: str) -> PageSource[MemberAnswer]:
        try:
            self._report = await self.desk.run(answers.list_answers, self._ref)
        except NotFound:
            self._report = None
            if not self._was_loaded:
                self.action_send()
        self._was_loaded = True
        matches = build_text_test(text)
        asked = self._report.asked if self._report else ()
        return ListSource([row for row in asked if matches(f"{row.who} {row.answer.label}")], lambda row: row.key)

    async def load_sections(self, row: MemberAnswer) -> Iterable[Section]:
        return tuple(self._build_sections(row))

    def _build_sections(self, row: MemberAnswer) -> Iterable[Section]:
        yield Title(row.ref, row.who)
        yield Gap()
        yield Fact(_("Answer"), row.answer.label)
        for label, value in (
            (_("It says"), row.given.label if row.given else None),
            (_("Date"), format_long_date(row.on) if row.on else None),
            (_("File"), row.file),
            (pgettext("letter", "From"), row.source),
        ):
            if value:
                yield Fact(label, value)
        questions = self._report.questions if self._report else ()
        waiting = [question.reason for question in questions if question.id == row.ref]
        if waiting:
            yield Gap()
            yield Heading(format_heading(_("To decide")))
            yield from map(Para, waiting)

    def name_rows(self, total: int) -> str:
        return ngettext("member", "members", total)

    def order_text(self) -> str:
        """Return the text, its deadline, and where the circulation stands."""
        if self._report is None:
            return self._ref
        day = format_long_date(self._report.until)
        return _("{ref} until {date}: {state}, {counts}").format(
            ref=self._ref, date=day, state=self._report.state.label, counts=self._report.format_quorum()
        )

    @work(group="form")
    async def action_send(self) -> None:
        """Write the drafts to the members, after the deadline was typed."""
        form = CirculateForm(self.desk, self._ref)
        if await self.app.push_screen_wait(form) is not None and form.report is not None:
            self.app.announce_file(form.report.files[0].parent if form.report.files else self.desk.workspace.exports)
            self.app.changed.publish(None)

    @work(group="form")
    async def action_read_folder(self) -> None:
        """Read the answers from a folder of saved emails."""
        form = MailFolderForm(_("Read answers to {ref}").format(ref=self._ref), self._read_folder)
        if await self.app.push_screen_wait(form) is not None:
            self._show_reading(form.report)

    @work(group="form")
    async def on_paste(self, event: events.Paste) -> None:
        """Read the answers from a folder that was pasted, or dropped on the terminal."""
        event.stop()
        with errors_as_toasts(self.app):
            self._show_reading(await self._read_folder(event.text))

    async def _read_folder(self, typed_path: str) -> CirculationReport:
        return await self.desk.run(answers.read_answer_folder, self._ref, resolve_input_path(typed_path))

    def _show_reading(self, report: CirculationReport) -> None:
        """Show what the mails brought; where the answers are complete, ask whether the minutes are agreed."""
        show_toast(self.app, format_reading(report))
        self.app.changed.publish(None)
        if report.state in (CirculationState.PROPOSED, CirculationState.OBJECTED):
            self.action_agree()

    @work(group="write")
    async def _record(self, answer: Answer) -> None:
        """Record the answer of the selected member; a late or another answer is asked about."""
        if (row := self.selected_row) is None:
            return
        with errors_as_toasts(self.app):
            report = await self.desk.run(answers.set_answer, self._ref, row.ref, answer)
            if report.questions:
                question = report.questions[0].reason + " " + _("Count this answer?")
                if await self.app.push_screen_wait(Confirm(question, default=False)):
                    await self.desk.run(_confirm_answer, self._ref, row.ref, answer)
            self.app.announce_write(_('The answer of {who} is now "{answer}"').format(who=row.who, answer=answer.label))
            self.list_pane.action_step(1)

    action_record_agreed = partialmethod(_record, Answer.AGREED)
    action_record_changes = partialmethod(_record, Answer.CHANGES)
    action_record_objects = partialmethod(_record, Answer.OBJECTS)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the edited files of the answers into a folder of the exports."""
        with errors_as_toasts(self.app):
            files = await self.desk.run(_save_files, self._ref)
            self.app.announce_file(files[0].parent, ngettext("1 file", "{n} files", len(files)))

    @work(group="write")
    async def action_agree(self) -> None:
        """Agree the text by the answers, after a question."""
        with errors_as_toasts(self.app):
            report = await self.desk.run(circulation.show_circulation, self._ref)
            question = _("Agree {ref} by correspondence? {counts}.").format(
                ref=self._ref, counts=report.format_quorum()
            )
            if objecting := report.list_answering(AnswerState.OBJECTS):
                question += " " + _("These members object: {names}.").format(names=", ".join(objecting))
            ready = report.state in (CirculationState.PROPOSED, CirculationState.OBJECTED)
            if not ready or await self.app.push_screen_wait(Confirm(question, default=not objecting)):
                report = await self.desk.run(circulation.agree_by_correspondence, self._ref)
                self.app.announce_write(_("{ref} agreed by correspondence").format(ref=self._ref))
                if report.destroyed_quotations:
                    show_toast(self.app, format_destroyed(report.destroyed_quotations), undo=False)


def _choose_style(row: MemberAnswer) -> str:
    return {AnswerState.OBJECTS: "late", AnswerState.LATE: "mark", AnswerState.NONE: "muted"}.get(row.answer, "")


def _confirm_answer(workspace: Any, ref: str, person: str, answer: Answer) -> CirculationReport:
    return answers.set_answer(workspace, ref, person, answer, confirmed=True)


def _save_files(workspace: Any, ref: str) -> list[Path]:
    from ahtc_tui.services.output_folders import find_dated_path

    return answers.save_files(workspace, ref, find_dated_path(workspace, lambda: _("Answers to {ref}").format(ref=ref)))


def format_reading(report: CirculationReport) -> str:
    """Return what a folder of mails brought, and each question that is left."""
    known = sum(member.answer is not AnswerState.NONE for member in report.asked)
    lines = [_("{n} of {all} have answered.").format(n=known, all=len(report.asked))]
    return "\n".join((*lines, *(question.reason for question in report.questions[:3])))


class CirculateForm(FormScreen):
    """The deadline for answers."""

    def __init__(self, desk: Any, ref: str) -> None:
        super().__init__(_("Circulate {ref} for agreement").format(ref=ref))
        self._desk, self._ref = desk, ref
        self.report: circulation.CirculatedReport | None = None

    def rows(self) -> Iterable[FormRow]:
        hint = _("A draft email with the minutes is saved for each member. Nothing is sent.")
        yield FormRow(
            "until",
            _("Answers until"),
            DateField(partial(read_date_alone, today=self._desk.today)),
            hint,
            required=True,
        )

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the drafts. Raises BadInput, Refused."""
        self.report = await self._desk.run(_circulate, self._ref, values["until"])


def _circulate(workspace: Any, ref: str, until: str) -> circulation.CirculatedReport:
    from ahtc_tui.services.output_folders import find_dated_path

    folder = find_dated_path(workspace, lambda: _("Circulation of {ref}").format(ref=ref))
    return circulation.circulate(workspace, ref, folder, read_date_alone(str(until), workspace.today()).latest)


class MailFolderForm(FormScreen):
    """The folder with saved emails."""

    saves_on_enter = True
    save_label = gettext_noop("continue")

    def __init__(self, title: str, read_folder: Callable[[str], Awaitable[Any]]) -> None:
        """`read_folder` reads the mails and returns a report. It raises NotFound, BadFile."""
        super().__init__(title)
        self._read_folder = read_folder
        self.report: Any = None

    def rows(self) -> Iterable[FormRow]:
        hint = _("The folder with the saved emails (.eml or .msg). You can also drop it on the list.")
        yield FormRow("folder", _("Folder"), make_text_input(""), hint, required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        self.report = await self._read_folder(values["folder"])
