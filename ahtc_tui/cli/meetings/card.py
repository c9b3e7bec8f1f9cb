"""All of one meeting as text, for `ahtc meetings show`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ahtc_tui.cli.console.output import format_fields, format_section, format_table
from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.formatting import format_clock, format_wall_time, format_weekday_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.model import (
    LONDON,
    AgendaRow,
    AttendanceRow,
    DecisionRow,
    InviteeRow,
    LineRow,
    MeetingCard,
    MeetingRow,
)
from ahtc_tui.domain.meetings.series_description import format_holiday_rule, format_rule
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language
from ahtc_tui.services.meetings.series_dates import show_on_day


def format_when(row: MeetingRow) -> str:
    """Return date and start time, as far as they are known, with the zone if it is not London's."""
    if row.day is None:
        return _("no date")
    zone = "" if row.tz == LONDON else f" ({row.tz})"
    return f"{row.day}, {format_clock(row.start_time)}{zone}" if row.start_time else str(row.day)


def _format_end(row: MeetingRow) -> str | None:
    """Return the end of a meeting, with its day where it is not that of the start."""
    if row.ends is None:
        return None
    return format_clock(row.ends) if row.day and row.ends.date() == row.day.latest else format_wall_time(row.ends)


def _card_fields(card: MeetingCard) -> tuple[tuple[str, object], ...]:
    """Return the labels and values of the head of the card."""
    row = show_on_day(card.row, card.next_day) if card.next_day else card.row
    return (
        name_other_language(row.title, row.title_cy),
        (_("Kind"), row.kind.label),
        (_("Status"), row.state.label),
        (_("Group"), row.group),
        (_("When"), format_when(row)),
        (_("Ends"), _format_end(row)),
        (_("Planned for"), _format_planned(card)),
        (_("Repeats"), _format_recurrence(row)),
        (_("First day"), format_when(card.row) if card.row.recurrence else None),
        (_("Series"), row.series),
        *((_("At the same time"), clash) for clash in card.clashes),
        (_("Where"), row.location),
        (_("Link"), row.link),
        (_("Area"), card.area),
        (_("Occasion"), card.occasion),
        (_("Organiser"), card.organiser),
        (_("Host"), card.host),
        (_("Keynote"), card.keynote),
        (_("Attendance"), card.attendance_text),
        (_("Language wishes"), card.language_summary or None),
        (_("Interpretation"), card.interpretation or None),
        *_deadline_fields(card),
        (_("Marking"), row.marking.label),
        (_("Source"), format_source(row.source)),
        *((format_source_label(field), source) for field, source in card.source_notes),
        (_("Note"), card.note),
    )


def format_card(card: MeetingCard) -> list[str]:
    """Return a meeting with its agenda, invitations, attendance, minutes, decisions and actions as lines."""
    agenda = [line for item in card.agenda for line in _format_item(item)]
    over = [_("{n} minutes longer than the meeting").format(n=card.minutes_over)] if card.minutes_over else []
    attendance = format_table([_attendance_cells(attendee) for attendee in card.attendance], (None, 14, 60))
    return [
        f"{card.row.ref}  {card.row.shown_title}",
        "",
        *format_fields(_card_fields(card)),
        *format_section(_("Agenda"), [*agenda, *over]),
        *format_section(
            _("Invited"), format_table([_invitee_cells(guest) for guest in card.invitees], (None, 10, 14, 40))
        ),
        *format_section(_("Attendance"), attendance),
        *format_section(_("Minutes"), _format_minutes(card)),
        *format_section(_("Decisions"), [_format_decision(decision) for decision in card.decisions]),
        *format_section(_("Actions"), card.actions),
    ]


def _format_item(item: AgendaRow) -> list[str]:
    """Return an agenda item with its start time, its papers and its matters arising."""
    clock = f"{format_clock(item.starts)}  " if item.starts else ""
    presenter = f" – {item.presenter}" if item.presenter else ""
    matters = [
        ", ".join(part for part in (f"{matter.ref} {matter.shown_title}", matter.lead) if part)
        for matter in item.matters
    ]
    papers = [f"{paper.ref} {paper.marked_title}, {paper.publication_remark}" for paper in item.papers]
    outcome = f" ({item.outcome.label})" if item.outcome else ""
    return [
        f"{clock}{item.position}. {item.shown_title}{presenter}{outcome}",
        *(f"    {line}" for line in (*papers, *matters)),
    ]


def _deadline_fields(card: MeetingCard) -> tuple[tuple[str, str | None], ...]:
    """Return the deadlines of a meeting, each with its label."""
    return (
        (_("Notice"), _format_day(card.notice_on)),
        (_("Papers"), _format_day(card.papers_on)),
        (_("Draft minutes"), _format_day(card.draft_on)),
        (_("Final minutes"), _format_day(card.final_on)),
    )


def _format_day(day: date | None) -> str | None:
    return format_weekday_date(day) if day else None


def format_post(post: str, holder: str | None) -> str:
    """Return a post with its holder in brackets."""
    return f"{post} ({holder})" if holder else post


def _attendance_cells(attendee: AttendanceRow) -> tuple[str, ...]:
    """Return name, state, and deputy, items or reason."""
    stands_for = _("for {name}").format(name=attendee.deputy_for) if attendee.deputy_for else ""
    items = format_items(attendee.items) if attendee.items else ""
    details = ", ".join(part for part in (stands_for, items, attendee.reason) if part)
    return format_post(attendee.name, attendee.holder), attendee.state.label, details


def _format_decision(decision: DecisionRow) -> str:
    return f"{decision.ref}  {decision.text} {' '.join(decision.actions)}".rstrip()


def _format_recurrence(row: MeetingRow) -> str | None:
    """Return the recurrence rule in words and as RRULE (RFC 5545)."""
    if not row.recurrence:
        return None
    description = ", ".join(part for part in (format_rule(row.recurrence), format_holiday_rule(row.on_holiday)) if part)
    return description if format_rule(row.recurrence) == row.recurrence else f"{description} ({row.recurrence})"


def _format_planned(card: MeetingCard) -> str | None:
    """Return the planned date of a day of a series that was moved, with the bank holiday that moved it."""
    next_day = card.next_day
    planned = next_day.planned if next_day else card.row.planned
    starts = next_day.starts if next_day else card.row.starts
    holiday = next_day.holiday if next_day else None
    if planned is None or planned == starts:
        return None
    day = format_wall_time(planned)
    return f"{day} ({format_bank_holiday(holiday)})" if holiday else day


def _invitee_cells(guest: InviteeRow) -> tuple[str, ...]:
    reply = guest.reply.label
    return format_post(guest.name, guest.holder), guest.role.label, reply, guest.email or _("no address")


def _format_text(line: LineRow) -> str:
    """Return the English text, of a vote with its counts and result."""
    return replace(line, text_cy=None).shown_text


def _format_minutes(card: MeetingCard) -> list[str]:
    """Return each line with its paragraph number, its Welsh text below."""
    lines = []
    for line in card.lines:
        outcome = line.action or line.decision
        lines.append(f"{line.number}  {line.kind.label}: {_format_text(line)}" + (f" ({outcome})" if outcome else ""))
        if line.text_cy:
            lines.append(f"{' ' * len(line.number)}  {line.text_cy}")
    return lines
