"""The mode Meetings: the calendar of meetings, their cards and the commands on one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partialmethod

from textual import on, work

from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.calendar import list_remarks
from ahtc_tui.domain.meetings.card import build_fact_rows, build_state_rows, format_meeting_time
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply
from ahtc_tui.domain.meetings.model import (
    AttendanceRow,
    InviteeRow,
    LineRow,
    MeetingCard,
    MeetingRow,
)
from ahtc_tui.domain.record_names import format_record_noun, name_record
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.series_dates import show_on_day
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.meetings import commands
from ahtc_tui.tui.meetings.agenda_card import build_agenda_sections, build_deadline_facts
from ahtc_tui.tui.meetings.list import find_next_index, is_upcoming, meeting_columns
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import (
    Gap,
    Heading,
    Item,
    Line,
    Para,
    Section,
    Title,
    build_facts,
    build_source_sections,
)
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


def build_sections(card: MeetingCard) -> Iterator[Section]:
    """Yield the card from top to bottom; a series has the time of its next day."""
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Para("   ".join(text for _label, values in build_state_rows(row) for text in values))
    yield Gap()
    yield from build_facts(build_fact_rows(card, show_on_day(row, card.next_day) if card.next_day else row))
    yield from build_deadline_facts(card)
    yield from build_agenda_sections(card)
    yield from _build_group(_("Invited"), [_format_guest(guest) for guest in card.invitees], _("nobody"))
    yield from _build_group(_("Attendance"), [_format_attendance(attendance) for attendance in card.attendance])
    yield from _build_group(_("Minutes"), [_format_minute(line) for line in card.lines])
    decided = [
        f"{decision.ref}  {decision.text}" + (f" ({', '.join(decision.actions)})" if decision.actions else "")
        for decision in card.decisions
    ]
    yield from _build_group(_("Decisions"), decided)
    yield from _build_group(_("Actions"), [action.replace(" ", "  ", 1) for action in card.actions])
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


def _build_group(heading: str, lines: Sequence[str], empty: str = "") -> Iterator[Section]:
    """Yield a heading with the number of lines, then the lines. Without lines: `empty`, or nothing."""
    if not lines and not empty:
        return
    yield Gap()
    yield Heading(format_heading(heading, len(lines) or None))
    yield from (Item(line) for line in lines)
    if not lines:
        yield Line(empty, muted=True)


def _format_guest(guest: InviteeRow) -> str:
    parts = [f"{guest.name} ({guest.holder})" if guest.holder else guest.name]
    if guest.role is not InviteRole.REQUIRED:
        parts.append(guest.role.label)
    if guest.reply is not Reply.NEEDS_ACTION:
        parts.append(guest.reply.label)
    if guest.ref and not guest.email:
        parts.append(_("no address"))
    if not guest.ref:
        parts.append(_("a class"))
    return ", ".join(parts)


def _format_attendance(attendance: AttendanceRow) -> str:
    text = f"{attendance.name} ({attendance.holder}): " if attendance.holder else f"{attendance.name}: "
    text += attendance.state.label
    if attendance.deputy_for:
        text += _(", for {name}").format(name=attendance.deputy_for)
    if attendance.items:
        text += f", {format_items(attendance.items)}"
    return f"{text} ({attendance.reason})" if attendance.reason else text


def _format_minute(line: LineRow) -> str:
    return f"{line.number} {line.kind.label}: {line.shown_text}" + (f" ({line.action})" if line.action else "")


MOVES = ("later", "earlier", "next_week")
"""Actions that move the day."""

CALENDAR_REACH = timedelta(365)
"""How far ahead of today the month of the selected meeting is shown first."""


class MeetingsScreen(RecordScreen[MeetingRow]):
    """All meetings and dated events. The cursor starts on the next one."""

    noun = "meetings"
    filter_noun = FilterNoun.MEETINGS
    removed_noun = "meeting"
    empty_hint = gettext_noop("No meetings yet. Press n to add one, or 8 and i to import a calendar.")
    row_actions = frozenset(
        (
            "minutes",
            "agenda",
            "pack",
            "pack_pdf",
            "open_publication",
            "open_answers",
            "invitees",
            "edit",
            "cancel",
            "invite",
            "copy_ref",
            *MOVES,
        )
    )
    BINDINGS = build_bindings("meeting.*", "date.*")

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MeetingRow] = ()
        self._short_names: dict[str, str] = {}
        self._target_ref: str | None = ""
        """Reference of the meeting for the cursor after loading; "" for the next meeting, None to stay."""

    def restore_place(self, text: str, ref: str) -> None:
        """Set the filter, and the meeting for the cursor: the next one where none is remembered."""
        super().restore_place(text, "")
        self._target_ref = ref

    def build_columns(self) -> Sequence[Column[MeetingRow]]:
        return meeting_columns(self.desk.today, self._short_names)

    async def load_source(self, text: str) -> PageSource[MeetingRow]:
        self._short_names.update(await self.desk.show(groups.list_short_names))
        self._rows = await self.desk.show(meetings.list_calendar, text)
        return ListSource(self._rows, lambda row: row.key)

    async def load_sections(self, row: MeetingRow) -> Iterable[Section]:
        return tuple(build_sections(await self.desk.show(meetings.show_meeting, row.ref)))

    def name_rows(self, total: int) -> str:
        return format_record_noun("meetings", total)

    def order_text(self) -> str:
        """Return the number of meetings to come; nothing without meetings."""
        upcoming = sum(is_upcoming(row, self.desk.today) for row in self._rows)
        return _("{n} to come   by date ↑").format(n=upcoming) if self._rows else ""

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

    @work(group="write")
    async def action_minutes(self) -> None:
        """Open the live minutes of the selected meeting."""
        if (row := self.selected_row) is not None:
            await commands.open_minutes(self.app, row.ref)

    @work(group="write")
    async def action_agenda(self) -> None:
        """Open the agenda of the selected meeting."""
        if (row := self.selected_row) is not None:
            self._target_ref = await commands.open_agenda(self.app, row.ref) or self._target_ref

    def action_calendar(self) -> None:
        """Open the month of the selected meeting that is not over, else of today."""
        from ahtc_tui.tui.meetings.calendar_screen import CalendarScreen

        row, today = self.selected_row, self.desk.today
        is_coming = row is not None and row.day is not None and today <= row.day.latest <= today + CALENDAR_REACH
        self.app.push_screen(CalendarScreen(row.day.latest if is_coming and row and row.day else today))

    @work(group="export")
    async def action_pack(self) -> None:
        """Write the meeting pack."""
        if (row := self.selected_row) is not None:
            self._target_ref = await commands.write_pack(self.app, row.ref) or self._target_ref

    @work(group="export")
    async def action_pack_pdf(self) -> None:
        """Write the meeting pack as one PDF."""
        if (row := self.selected_row) is not None:
            await commands.write_pack_pdf(self.app, row.ref)

    @work(group="export")
    async def action_open_publication(self) -> None:
        """Show whether the minutes can be published."""
        if (row := self.selected_row) is not None:
            await commands.open_publication(self.app, row.ref)

    @work(group="export")
    async def action_open_answers(self) -> None:
        """Open the answers of the members to the minutes."""
        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                self.app.open_answers(await commands.find_own_ref(self.app, row.ref))

    @work(group="write")
    async def _move(self, days: int) -> None:
        """Move the selected meeting by some days; the cursor follows it."""
        if (row := self.selected_row) is not None:
            self._target_ref = row.ref
            await commands.move_meeting(self.app, row.ref, days)

    action_earlier = partialmethod(_move, -1)
    action_later = partialmethod(_move, 1)
    action_next_week = partialmethod(_move, 7)

    @work(group="write")
    async def action_new(self) -> None:
        """Add a meeting."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        form = MeetingForm(self.desk, await commands.list_group_candidates(self.app), await list_candidates(self.app))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._target_ref = form.written.ref
            added = _("{ref} added").format(ref=form.written.ref)
            self.app.announce_write(". ".join((added, *list_remarks(form.written))))

    @work(group="write")
    async def action_back_plan(self) -> None:
        """Make the actions of a back-plan, after a preview."""
        from ahtc_tui.tui.meetings.back_plan import format_result, run_back_plan_form

        with errors_as_toasts(self.app):
            plan = await run_back_plan_form(self.app, self.desk, await commands.list_group_candidates(self.app))
            if plan is not None:
                self._target_ref = plan.event or self._target_ref
                self.app.announce_write(format_result(plan))

    @work(group="write")
    async def action_invitees(self) -> None:
        """Open the list of those who are invited."""
        from ahtc_tui.tui.meetings.invitees import InviteesScreen

        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                ref = await commands.find_own_ref(self.app, row.ref)
                self.app.push_screen(InviteesScreen(ref, name_record(ref, row.shown_title)))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected meeting."""
        if (row := self.selected_row) is not None:
            self._target_ref = await commands.edit_meeting(self.app, row.ref) or self._target_ref

    @work(group="write")
    async def action_cancel(self) -> None:
        """Cancel the meeting, after a question."""
        if (row := self.selected_row) is None:
            return
        time_text = _("the whole series") if row.recurrence else format_meeting_time(row)
        name = name_record(row.ref, row.shown_title)
        template = _("Cancel {meeting}, {when}? It stays in the list as cancelled.")
        question = template.format(meeting=" ".join(dict.fromkeys((name, row.shown_title))), when=time_text)
        if await self.app.push_screen_wait(Confirm(question, yes=_("cancel the meeting"), no=_("keep"), default=False)):
            with errors_as_toasts(self.app):
                await self.desk.run(meetings.cancel_meeting, row.ref)
                self.app.announce_write(_("{ref} cancelled").format(ref=name))

    @work(group="export")
    async def action_invite(self) -> None:
        """Write the meeting as a calendar file to the exports folder."""
        if (row := self.selected_row) is not None:
            await commands.write_invitation(self.app, row.ref)
