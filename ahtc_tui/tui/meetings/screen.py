"""The mode Meetings: the calendar of meetings, their cards and the commands on one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.meetings.card import build_sections, format_meeting_time
from ahtc_tui.tui.meetings.list import find_next_index, is_upcoming, meeting_columns
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
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
    """All meetings and dated events. The cursor starts on the next one."""

    noun = "meetings"
    filter_noun = FilterNoun.MEETINGS
    empty_hint = gettext_noop("No meetings yet. n adds one, 8 i imports a calendar.")
    row_actions = frozenset(("minutes", "agenda", "pack", "ask_area", "edit", "cancel", "invite", "copy_ref"))
    BINDINGS = build_bindings("meeting.*")

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MeetingRow] = ()
        self._short_names: dict[str, str] = {}
        self._target_ref: str | None = ""
        """Reference of the meeting for the cursor after loading; "" for the next meeting, None to stay."""

    def build_columns(self) -> Sequence[Column[MeetingRow]]:
        return meeting_columns(self.desk.today, self._short_names)

    async def load_source(self, text: str) -> PageSource[MeetingRow]:
        self._short_names.update(await self.desk.show(groups.list_short_names))
        self._rows = await self.desk.show(meetings.list_calendar, text)
        return ListSource(self._rows, lambda row: row.key)

    async def load_sections(self, row: MeetingRow) -> Iterable[Section]:
        return tuple(build_sections(await self.desk.show(meetings.show_meeting, row.ref)))

    def order_text(self) -> str:
        """Return the number of meetings to come."""
        upcoming = sum(is_upcoming(row, self.desk.today) for row in self._rows)
        return _("{n} to come   by day ↓").format(n=upcoming)

    @on(FilterBar.Changed)
    def _set_target(self, event: FilterBar.Changed) -> None:
        self._target_ref = event.text

    @work(exclusive=True, group="load")
    async def load_rows(self, text: str, keep_cursor: bool = False) -> None:
        """Show the rows that match the filter, with the cursor on the target."""
        with errors_as_toasts(self.app):
            stays = keep_cursor and self._target_ref is None and self.selected_row is not None
            source = await self.read_filtered_source(text)
            if source is None:
                return
            target_row = self._find_target_row()
            show = self.list_pane.update_rows if stays else self.list_pane.show
            show(source, key=source.key_of(target_row) if target_row else None, empty_text=self.empty_text(text))

    def _find_target_row(self) -> MeetingRow | None:
        """Return the row for the cursor: the target, else the selected row, else the next meeting."""
        selected = self.selected_row
        target_ref = selected.ref if self._target_ref is None and selected is not None else self._target_ref
        target_row = next((row for row in self._rows if row.ref == target_ref), None)
        return target_row or (self._rows[find_next_index(self._rows, self.desk.today)] if self._rows else None)

    @on(RecordList.Highlighted)
    def _clear_reached_target(self, event: RecordList.Highlighted) -> None:
        target_row = self._find_target_row()
        if event.row is not None and target_row is not None and event.row.key == target_row.key:
            self._target_ref = None

    def select_record(self, ref: str) -> None:
        """Select a meeting, or the meeting of a decision."""
        self._select_meeting(ref)

    @work(exclusive=True, group="find")
    async def _select_meeting(self, ref: str) -> None:
        with errors_as_toasts(self.app):
            super().select_record(await self.desk.run(meetings.find_meeting_of_decision, ref))

    def action_minutes(self) -> None:
        """Open the live minutes of the selected meeting."""
        row = self.selected_row
        if row is not None and row.recurrence and row.day is not None:
            self._open_minutes_of_day(row.ref, row.day.latest)
        elif row is not None:
            self.app.open_minutes(row.ref)

    @work(group="write")
    async def _open_minutes_of_day(self, ref: str, day: date) -> None:
        """Create the record of one day of a series, which holds its minutes, and open them."""
        with errors_as_toasts(self.app):
            day_record = await self.desk.run(series.open_day, ref, day)
            self.app.changed.publish(None)
            self.app.open_minutes(day_record.ref)

    @work(group="write")
    async def action_agenda(self) -> None:
        """Open the agenda of the selected meeting. A day of a series gets its own record first."""
        from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen

        with errors_as_toasts(self.app):
            if ref := await self._find_own_ref():
                self.app.push_screen(AgendaScreen(ref))

    async def _find_own_ref(self) -> str | None:
        if (row := self.selected_row) is None or not row.recurrence or row.day is None:
            return row.ref if row else None
        day_record = await self.desk.run(series.open_day, row.ref, row.day.latest)
        self._target_ref = day_record.ref
        self.app.changed.publish(None)
        return day_record.ref

    @work(group="export")
    async def action_pack(self) -> None:
        """Write the meeting pack. A meeting without an agenda gets the template's items first."""
        from ahtc_tui.services.exports import meeting_pack

        with errors_as_toasts(self.app):
            if (ref := await self._find_own_ref()) is None:
                return
            template_items = await self.desk.run(meeting_pack.fill_agenda, ref)
            report = await self.desk.run_long(meeting_pack.write_pack_to_folder, ref)
            message = _("Saved: {path}   {n} files, {actions} open actions").format(
                path=self.desk.shorten_path(report.folder), n=len(report.files), actions=report.actions
            )
            if report.without_address:
                note = _("   {n} invited have no address")
                message += note.format(n=len(report.without_address))
            show_toast(self.app, message, undo=bool(template_items))
            self.app.changed.publish(None)

    @work(group="write")
    async def action_new(self) -> None:
        """Add a meeting."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        await self._open_meeting_form(MeetingForm(self.desk, await self._list_group_candidates()), _("{ref} added"))

    @work(group="write")
    async def action_back_plan(self) -> None:
        """Make the actions of a back-plan, after a preview."""
        from ahtc_tui.tui.meetings.back_plan import format_result, run_back_plan_form

        with errors_as_toasts(self.app):
            plan = await run_back_plan_form(self.app, self.desk, await self._list_group_candidates())
            if plan is not None:
                self._target_ref = plan.event or self._target_ref
                self.app.announce_write(format_result(plan))

    @work(group="write")
    async def action_ask_area(self) -> None:
        """Invite the contacts of an area or circulation list."""
        from ahtc_tui.tui.meetings.back_plan import ask_invite_area

        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                if (invite_list := await ask_invite_area(self.app, self.desk, row.ref)) is not None:
                    message = _("{n} invited to {ref}, {all} in total")
                    self.app.announce_write(
                        message.format(n=len(invite_list.added), ref=invite_list.ref, all=invite_list.total)
                    )

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected meeting. It is read again, since the row of a series has the date of its next day."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                card, desk = await self.desk.open_record(meetings.show_meeting, row.ref)
                await self._open_meeting_form(
                    MeetingForm(desk, await self._list_group_candidates(), card.row), _("{ref} edited")
                )

    async def _open_meeting_form(self, form: MeetingForm, message: str) -> None:
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._target_ref = form.written.ref
            self.app.announce_write(message.format(ref=form.written.ref))

    @work(group="write")
    async def action_cancel(self) -> None:
        """Cancel the meeting, after a question."""
        if (row := self.selected_row) is None:
            return
        time_text = _("the whole series") if row.recurrence else format_meeting_time(row)
        template = _("Cancel {ref} {title}, {when}? It stays in the list as cancelled.")
        question = template.format(ref=row.ref, title=row.title, when=time_text)
        if await self.app.push_screen_wait(Confirm(question, yes=_("cancel the meeting"), no=_("keep"), default=False)):
            with errors_as_toasts(self.app):
                await self.desk.run(meetings.cancel_meeting, row.ref)
                self.app.announce_write(_("{ref} cancelled").format(ref=row.ref))

    @work(group="export")
    async def action_invite(self) -> None:
        """Write the meeting as a calendar file to the exports folder."""
        if (row := self.selected_row) is None:
            return
        with errors_as_toasts(self.app):
            report = await self.desk.run_long(meetings.export_invitation, row.ref)
            message = _("Saved: {path}").format(path=self.desk.shorten_path(report.files[0]))
            if report.without_address:
                message += _("   {n} invited have no address").format(n=len(report.without_address))
            show_toast(self.app, message, undo=False)

    async def _list_group_candidates(self) -> list[Candidate]:
        group_rows = await self.desk.run(groups.list_groups)
        return [Candidate(group.name, group.ref, (group.short,) if group.short else ()) for group in group_rows]
