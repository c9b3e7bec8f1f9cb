"""All of one meeting as text, for `ahtc meetings show`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ahtc_tui.cli.console.output import format_card_rows, format_section, format_table
from ahtc_tui.domain.dates.formatting import format_clock, format_weekday_date
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.card import build_fact_rows, build_state_rows, format_leaving_out
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
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.meetings.series_dates import show_on_day


def format_when(row: MeetingRow) -> str:
    """Return date and start time, as far as they are known, with the zone if it is not London's."""
    if row.day is None:
        return _("no date")
    zone = "" if row.tz == LONDON else f" ({row.tz})"
    return f"{row.day}, {format_clock(row.start_time)}{zone}" if row.start_time else str(row.day)


def _build_rows(card: MeetingCard) -> list[str]:
    """Return the head of the card."""
    row = show_on_day(card.row, card.next_day) if card.next_day else card.row
    return format_card_rows(
        (
            *build_state_rows(row),
            *build_fact_rows(card, row),
            build_row("RRULE", row.recurrence),
            *(build_row(label, text) for label, text in _deadline_fields(card)),
            build_row(_("Source"), format_source(row.source)),
            *(build_row(format_source_label(field), source) for field, source in card.source_notes),
        )
    )


def format_card(card: MeetingCard) -> list[str]:
    """Return a meeting with its agenda, invitations, attendance, minutes, decisions and actions as lines."""
    agenda = [line for item in card.agenda for line in _format_item(item)]
    agenda += [_("{n} minutes longer than the meeting").format(n=card.minutes_over)] if card.minutes_over else []
    agenda += filter(None, (format_leaving_out(card),))
    attendance = format_table([_attendance_cells(attendee) for attendee in card.attendance], (None, 14, 60))
    return [
        f"{card.row.ref}  {card.row.shown_title}",
        "",
        *_build_rows(card),
        *format_section(_("Agenda"), agenda),
        *format_section(_("Papers without an agenda item"), [paper.summary for paper in card.papers_without_item]),
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
    outcome = f" ({item.outcome.label})" if item.outcome else ""
    return [
        f"{clock}{item.position}. {item.shown_title}{presenter}{outcome}",
        *(f"    {line}" for line in (*(paper.summary for paper in item.papers), *matters)),
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


def _invitee_cells(guest: InviteeRow) -> tuple[str, ...]:
    name = format_post(guest.name, guest.holder)
    return name, guest.role.label, guest.reply.label, guest.email or _("no address")


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
