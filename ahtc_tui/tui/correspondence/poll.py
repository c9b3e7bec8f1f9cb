"""Date polls: each option with who can come, and keys to answer, to choose one and to start another poll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events, work

from ahtc_tui.domain.correspondence.polls import PollAnswer, PollOptionRow, PollReport
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.services.correspondence import polls
from ahtc_tui.services.paths import resolve_input_path
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.correspondence.answers import MailFolderForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource
from ahtc_tui.tui.widgets.select import build_select


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option with its poll."""

    poll: PollReport
    option: PollOptionRow

    @property
    def ref(self) -> str:
        """Reference of the poll with the number of the option."""
        return f"{self.poll.ref}/{self.option.n}"


class PollsScreen(RecordScreen[OptionLine]):
    """The options of all polls: those without a meeting first."""

    noun = "meetings"
    closes_on_back = True
    marks_conflicts = False
    empty_hint = gettext_noop("No date polls yet. Press n to ask for a date.")
    row_actions = frozenset(("answer_poll", "choose", "read_folder"))
    BINDINGS = build_bindings("poll.*", "desk.leave")

    def __init__(self) -> None:
        super().__init__()
        self._was_loaded = False

    def build_columns(self) -> Sequence[Column[OptionLine]]:
        return (
            Column(_("Poll"), 14, lambda row: row.ref, long_title=_("Date poll"), sort="ref"),
            Column(_("Time"), 26, lambda row: format_wall_time(row.option.starts), sort="time"),
            Column(_("Meeting"), None, lambda row: row.poll.title, optional=True),
            Column(_("Yes"), 4, lambda row: str(row.option.yes), sort="yes"),
            Column(_("Maybe"), 7, lambda row: str(row.option.maybe)),
            Column(_("No"), 4, lambda row: str(row.option.no)),
            Column(_("Quorum"), 10, lambda row: format_quorate(row), style=_choose_style),
        )

    async def load_source(self, text: str) -> PageSource[OptionLine]:
        matches = build_text_test(text)
        reports = await self.desk.run(polls.list_polls)
        if not self._was_loaded and all(poll.meeting for poll in reports):
            self.action_new()
        self._was_loaded = True
        rows = [OptionLine(poll, option) for poll in reports for option in poll.options]
        return ListSource([row for row in rows if matches(f"{row.ref} {row.poll.title}")], lambda row: row.option.key)

    async def load_sections(self, row: OptionLine) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def name_rows(self, total: int) -> str:
        return ngettext("option", "options", total)

    @work(group="form")
    async def action_new(self) -> None:
        """Start a poll."""
        form = PollForm(self.desk, await list_candidates(self.app, "group"))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self.app.announce_file(form.written.files[0].parent, form.written.ref)
            self.app.changed.publish(None)

    @work(group="form")
    async def action_answer_poll(self) -> None:
        """Record the answer of a member to the selected option."""
        if (row := self.selected_row) is not None:
            form = PollAnswerForm(self.desk, row)
            await self.app.open_form(form, _("{ref}: answer saved").format(ref=row.ref))

    @work(group="form")
    async def action_read_folder(self) -> None:
        """Read answers to the selected poll from a folder of saved emails."""
        if (row := self.selected_row) is not None:
            form = MailFolderForm(_("Read answers to {ref}").format(ref=row.poll.ref), self._read_folder)
            if await self.app.push_screen_wait(form) is not None:
                self._show_reading(form.report)

    @work(group="form")
    async def on_paste(self, event: events.Paste) -> None:
        """Read answers from a folder that was pasted, or dropped on the terminal."""
        event.stop()
        if self.selected_row is not None:
            with errors_as_toasts(self.app):
                self._show_reading(await self._read_folder(event.text))

    async def _read_folder(self, typed_path: str) -> PollReport:
        assert self.selected_row is not None
        return await self.desk.run(polls.read_poll_folder, self.selected_row.poll.ref, resolve_input_path(typed_path))

    def _show_reading(self, report: PollReport) -> None:
        """Show what the mails brought; where an option has a quorum, ask whether to make its meeting."""
        waiting = len(report.waiting)
        lines = [ngettext("{n} member has not answered.", "{n} members have not answered.", waiting)]
        show_toast(self.app, "\n".join((*lines, *(q.reason for q in report.questions[:3]))))
        best = report.best_option
        if best is not None:
            self._added_ref = OptionLine(report, best).ref
        self.app.changed.publish(None)
        if best is not None and not report.questions:
            self._choose(OptionLine(report, best))

    def action_choose(self) -> None:
        """Make the meeting of the selected option, after a question."""
        if (row := self.selected_row) is not None:
            self._choose(row)

    @work(group="write")
    async def _choose(self, row: OptionLine) -> None:
        with errors_as_toasts(self.app):
            time = format_wall_time(row.option.starts)
            question = _("Create the meeting on {time}? {counts}.").format(time=time, counts=_format_counts(row.option))
            if await self.app.push_screen_wait(Confirm(question, default=row.option.quorate is not False)):
                written = await self.desk.run(polls.choose_option, row.poll.ref, row.option.n)
                self.app.announce_file(written.files[0].parent, written.poll.meeting or "")
                self.app.changed.publish(None)


def format_quorate(row: OptionLine) -> str:
    """Return whether an option has a quorum; empty where the group has none recorded."""
    if row.option.quorate is None:
        return ""
    return _("quorum") if row.option.quorate else _("no quorum")


def _choose_style(row: OptionLine) -> str:
    return "" if row.option.quorate else "muted"


def _format_counts(option: PollOptionRow) -> str:
    return _("{yes} yes, {maybe} maybe, {no} no").format(yes=option.yes, maybe=option.maybe, no=option.no)


def _build_sections(row: OptionLine) -> Iterator[Section]:
    yield Title(row.ref, row.poll.title)
    yield Gap()
    yield Fact(_("Time"), format_wall_time(row.option.starts))
    yield Fact(_("Group"), row.poll.group)
    yield Fact(_("State"), row.poll.state)
    for heading, names in (
        (_("Can come"), row.option.can_come),
        (_("May come"), row.option.may_come),
        (_("Cannot come"), row.option.cannot_come),
        (_("No answer yet"), row.poll.waiting),
    ):
        if names:
            yield Gap()
            yield Heading(format_heading(heading))
            yield from map(Para, names)


class PollForm(FormScreen):
    """A new poll: group, title and one time a line."""

    def __init__(self, desk: Any, groups: Sequence[Candidate]) -> None:
        super().__init__(_("Ask for a date"))
        self._desk, self._groups = desk, groups
        self.written: polls.WrittenPoll | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("group", _("Group"), OwnerField(self._groups), required=True)
        hint = _("One time on each line: 12 february 2014 10am")
        yield FormRow("options", _("Times"), ProseField(""), hint, required=True)
        yield FormRow("title", _("Title"), make_text_input("", _("the name of the group, if left blank")))
        yield FormRow("minutes", _("Length in minutes"), make_text_input(str(polls.LENGTH)))

    async def accept(self, values: dict[str, Any]) -> None:
        """Start the poll. Raises BadInput, Refused."""
        self.written = await self._desk.run(_start_poll, values)


def _start_poll(workspace: Any, values: dict[str, Any]) -> polls.WrittenPoll:
    options = [line.strip() for line in str(values["options"]).splitlines() if line.strip()]
    minutes = str(values.get("minutes") or "")
    length = int(minutes) if minutes.isdecimal() and int(minutes) else polls.LENGTH
    return polls.add_poll(workspace, str(values["group"]), str(values["title"] or ""), options, minutes=length)


class PollAnswerForm(FormScreen):
    """The answer of a member to one option."""

    def __init__(self, desk: Any, row: OptionLine) -> None:
        super().__init__(_("Answer to {ref}").format(ref=row.ref))
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        names = [Candidate(name, name) for name in self._row.poll.members]
        yield FormRow("person", _("Member"), OwnerField(names), required=True)
        answers = [(answer.label, answer.value) for answer in PollAnswer]
        yield FormRow("answer", _("Answer"), build_select(answers, PollAnswer.YES.value, blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        """Store the answer. Raises NotFound, Refused."""
        answer = PollAnswer(values["answer"])
        row = self._row
        await self._desk.run(polls.set_poll_answer, row.poll.ref, values["person"], row.option.n, answer)
