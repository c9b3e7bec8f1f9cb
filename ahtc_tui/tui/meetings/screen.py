"""The mode Meetings: what was held and what comes, its card, and what is done with one meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.meetings import MEETINGS
from ahtc_tui.tui.meetings.card import say_when, sections
from ahtc_tui.tui.meetings.list import columns, next_place, to_come
from ahtc_tui.tui.widgets.confirm import Confirm, say, told
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.tui.meetings.form import MeetingForm


class MeetingsScreen(RecordScreen[MeetingRow]):
    """Every meeting and dated event; the cursor begins on the next one to come."""

    noun = "meetings"
    nothing_yet = _("No meeting yet. n calls one, 8 i brings in a calendar.")
    BINDINGS = bindings(*MEETINGS)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MeetingRow] = ()
        self._short_names: dict[str, str] = {}
        self._wanted: str | None = ""
        """The meeting that the cursor goes to as soon as the list stands: by reference, else the next to come."""

    def columns(self) -> Sequence[Column[MeetingRow]]:
        """As the list has them."""
        return columns(self.desk.today, self._short_names)

    async def source(self, text: str) -> PageSource[MeetingRow]:
        """The meetings that hold the words."""
        self._short_names.update(await self.desk.ask(groups.short_names))
        self._rows = await self.desk.ask(meetings.list_calendar, text)
        return ListSource(self._rows, lambda row: row.key)

    async def sections(self, row: MeetingRow) -> Iterable[Section]:
        """The card of a meeting."""
        return tuple(sections(await self.desk.ask(meetings.show_meeting, row.ref), row.day))

    def order_words(self) -> str:
        """How many are still to come."""
        coming = sum(to_come(row, self.desk.today) for row in self._rows)
        return _("{n} to come   by day ↓").format(n=coming)

    @on(FilterBar.Changed)
    def _begin_anew(self, event: FilterBar.Changed) -> None:
        self._wanted = event.text

    @work(exclusive=True, group="load")
    async def load(self, text: str, stay: bool = False) -> None:
        """Show what the filter finds, the cursor on the wanted meeting; it stays where it is once it got there."""
        with told(self.app):
            self._source = source = await self.source(text)
            at = self._goal()
            self.list_pane.show(source, at=source.key_of(at) if at else None, empty_text=self.empty_words(text))

    def _goal(self) -> MeetingRow | None:
        """The row for the cursor: the wanted one, or the one under it; else the next to come."""
        here: MeetingRow | None = self.list_pane.highlighted
        wanted = here.ref if self._wanted is None and here is not None else self._wanted
        known = next((row for row in self._rows if row.ref == wanted), None)
        return known or (self._rows[next_place(self._rows, self.desk.today)] if self._rows else None)

    @on(RecordList.Highlighted)
    def _arrived(self, event: RecordList.Highlighted) -> None:
        goal = self._goal()
        if event.row is not None and goal is not None and event.row.key == goal.key:
            self._wanted = None

    def find(self, ref: str) -> None:
        """Show one meeting; a decision shows the meeting that took it."""
        self._find(ref)

    @work(exclusive=True, group="find")
    async def _find(self, ref: str) -> None:
        with told(self.app):
            super().find(await self.desk.ask(meetings.meeting_of, ref))

    def action_minutes(self) -> None:
        """Type the minutes of the meeting under the cursor."""
        row: MeetingRow | None = self.list_pane.highlighted
        if row is not None and row.recurrence and row.day is not None:
            self._take_day(row.ref, row.day.latest)
        elif row is not None:
            self.app.take_minutes(row.ref)

    @work(group="write")
    async def _take_day(self, ref: str, day: date) -> None:
        """Minutes are of one day of a series, which gets a record of its own for them."""
        with told(self.app):
            own = await self.desk.ask(series.take_day, ref, day)
            self.app.changed.publish(None)
            self.app.take_minutes(own.ref)

    @work(group="write")
    async def action_agenda(self) -> None:
        """The agenda of the meeting under the cursor; a day of a series gets a record of its own for it."""
        from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen

        with told(self.app):
            if ref := await self._own_ref():
                self.app.push_screen(AgendaScreen(ref))

    async def _own_ref(self) -> str | None:
        row: MeetingRow | None = self.list_pane.highlighted
        if row is None or not row.recurrence or row.day is None:
            return row.ref if row else None
        own = await self.desk.ask(series.take_day, row.ref, row.day.latest)
        self._wanted = own.ref
        self.app.changed.publish(None)
        return own.ref

    @work(group="export")
    async def action_pack(self) -> None:
        """Everything that goes out before the meeting; one without an agenda gets its template's first."""
        from ahtc_tui.services.exports import meeting_pack

        with told(self.app):
            if (ref := await self._own_ref()) is None:
                return
            came = await self.desk.ask(meeting_pack.begin_pack, ref)
            report = await self.desk.work(meeting_pack.pack_to_folder, ref)
            said = _("Written: {path}   {n} files, {actions} actions not done").format(
                path=self.desk.within(report.folder), n=len(report.files), actions=report.actions
            )
            if report.without_address:
                absent = _("   {n} of those invited have no address")
                said += absent.format(n=len(report.without_address))
            say(self.app, said, undo=bool(came))
            self.app.changed.publish(None)

    @work(group="write")
    async def action_new(self) -> None:
        """A new meeting."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        await self._fill_in(MeetingForm(self.desk, await self._groups()), _("{ref} added"))

    @work(group="write")
    async def action_back_plan(self) -> None:
        """From the day of an event back: the form, then every task with its day, then all of it in one step."""
        from ahtc_tui.tui.meetings.back_plan import fill_in, said_made

        with told(self.app):
            made = await fill_in(self.app, self.desk, await self._groups())
            if made is not None:
                self._wanted = made.event or self._wanted
                self.app.wrote(said_made(made))

    @work(group="write")
    async def action_ask_area(self) -> None:
        """Ask the contacts of an area, or of a circulation list, to the meeting under the cursor."""
        from ahtc_tui.tui.meetings.back_plan import ask_area

        row: MeetingRow | None = self.list_pane.highlighted
        if row is not None:
            with told(self.app):
                if (found := await ask_area(self.app, self.desk, row.ref)) is not None:
                    said = _("{n} asked to {ref}, {all} in all")
                    self.app.wrote(said.format(n=len(found.added), ref=found.ref, all=found.total))

    @work(group="write")
    async def action_edit(self) -> None:
        """One meeting's fields, read anew: the row of a series stands on another day."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        row: MeetingRow | None = self.list_pane.highlighted
        if row is not None:
            with told(self.app):
                card = await self.desk.ask(meetings.show_meeting, row.ref)
                await self._fill_in(MeetingForm(self.desk, await self._groups(), card.row), _("{ref} edited"))

    async def _fill_in(self, form: MeetingForm, done: str) -> None:
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._wanted = form.written.ref
            self.app.wrote(done.format(ref=form.written.ref))

    @work(group="write")
    async def action_cancel(self) -> None:
        """Call it off, after a question."""
        row: MeetingRow | None = self.list_pane.highlighted
        if row is None:
            return
        when = _("the whole series") if row.recurrence else say_when(row)
        question = _("Call off {ref} {title}, {when}? It stays in the list as cancelled.")
        asked = question.format(ref=row.ref, title=row.title, when=when)
        if await self.app.push_screen_wait(Confirm(asked, yes=_("call off"), no=_("keep"), default=False)):
            with told(self.app):
                await self.desk.ask(meetings.cancel_meeting, row.ref)
                self.app.wrote(_("{ref} cancelled").format(ref=row.ref))

    @work(group="export")
    async def action_invite(self) -> None:
        """The meeting as a calendar file in the exports folder."""
        row: MeetingRow | None = self.list_pane.highlighted
        if row is None:
            return
        with told(self.app):
            report = await self.desk.work(meetings.invite_to_folder, row.ref)
            said = _("Written: {path}").format(path=self.desk.within(report.files[0]))
            if report.without_address:
                said += _("   {n} of those invited have no address").format(n=len(report.without_address))
            say(self.app, said, undo=False)

    async def _groups(self) -> list[Candidate]:
        found = await self.desk.ask(groups.list_groups)
        return [Candidate(group.name, group.ref, (group.short,) if group.short else ()) for group in found]
