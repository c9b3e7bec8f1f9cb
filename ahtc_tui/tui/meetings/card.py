"""The card of a meeting: time and place, agenda, invitations, attendance, minutes, decisions and actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import format_clock, format_hours, format_weekday_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingKind, Reply
from ahtc_tui.domain.meetings.model import (
    LONDON,
    AttendanceRow,
    InviteeRow,
    LineRow,
    MeetingCard,
    MeetingRow,
    SeriesDay,
)
from ahtc_tui.domain.meetings.series_description import format_recurrence
from ahtc_tui.domain.welsh.model import name_other_language
from ahtc_tui.services.meetings.series_dates import show_on_day
from ahtc_tui.tui.meetings.agenda_card import build_agenda_sections, build_deadline_facts
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title, build_source_sections


def build_sections(card: MeetingCard) -> Iterator[Section]:
    """Yield the card from top to bottom; a series has the time of its next day."""
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Para(row.state.label if row.kind is MeetingKind.MEETING else f"{row.kind.label}   {row.state.label.lower()}")
    yield Gap()
    yield from _build_facts(card)
    yield from build_agenda_sections(card)
    yield from _build_group(_("INVITED"), [_format_guest(guest) for guest in card.invitees], _("nobody"))
    yield from _build_group(_("ATTENDANCE"), [_format_attendance(attendance) for attendance in card.attendance])
    yield from _build_group(_("MINUTES"), [_format_minute(line) for line in card.lines])
    decided = [
        f"{decision.ref}  {decision.text}" + (f" ({', '.join(decision.actions)})" if decision.actions else "")
        for decision in card.decisions
    ]
    yield from _build_group(_("DECISIONS"), decided)
    yield from _build_group(_("ACTIONS"), [action.replace(" ", "  ", 1) for action in card.actions])
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


def _build_facts(card: MeetingCard) -> Iterator[Section]:
    row = show_on_day(card.row, card.next_day) if card.next_day else card.row
    for label, value in (
        name_other_language(row.title, row.title_cy),
        (_("When"), format_meeting_time(row)),
        (_("Planned for"), _format_planned(card.next_day)),
        (_("Repeats"), format_recurrence(row.recurrence, row.on_holiday)),
        (_("First day"), format_meeting_time(card.row) if card.row.recurrence else None),
        (_("Series"), row.series),
        *((_("At the same time"), str(clash)) for clash in card.clashes),
        (_("Where"), row.location or _("not stated")),
        (_("Link"), row.link),
        (_("Area"), card.area),
        (_("Group"), row.group if row.group != row.title else None),
        (_("Organiser"), _format_organiser(card)),
        (_("Host"), card.host),
        (_("Keynote"), card.keynote),
        (_("Occasion"), card.occasion),
        (_("Attended"), card.attendance_text),
        (_("Language"), card.language_summary),
        (_("Interpreter"), card.interpretation),
        (_("Marking"), row.marking.label if row.marking is not Marking.OFFICIAL else None),
        (_("Note"), card.note),
    ):
        if value:
            yield Fact(label, value)
    yield from build_deadline_facts(card)


def _format_planned(day: SeriesDay | None) -> str:
    """Return the planned day of a series that a bank holiday moved, with the holiday."""
    if day is None or not day.holiday:
        return ""
    return f"{format_weekday_date(day.planned.date())} ({format_bank_holiday(day.holiday)})"


def format_meeting_time(row: MeetingRow) -> str:
    """Return the time in full: "Tuesday 10 December 2013, 10am to midday". The zone is added unless it is London's."""
    if row.day is None:
        return _("no date")
    text = _format_long_day(row.day)
    if row.starts:
        text += f", {format_hours(row.starts, row.ends)}"
    elif row.start_time:
        text += f", {format_clock(row.start_time)}"
    elif row.all_day:
        text += _(", all day")
    return text if row.tz == LONDON else f"{text} ({row.tz})"


def _format_long_day(day: DateAsKnown) -> str:
    if day.precision is not Precision.DAY:
        return str(day)
    return format_weekday_date(day.latest) + (f" ({day.words})" if day.words else "")


def _format_organiser(card: MeetingCard) -> str | None:
    if card.organiser is None:
        return None
    return ", ".join((card.organiser, card.organiser_email or _("no address")))


def _build_group(heading: str, lines: Sequence[str], empty: str = "") -> Iterator[Section]:
    """Yield a heading with the number of lines, then the lines. Without lines: `empty`, or nothing."""
    if not lines and not empty:
        return
    yield Gap()
    yield Heading(f"{heading}  {len(lines)}" if lines else heading)
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
