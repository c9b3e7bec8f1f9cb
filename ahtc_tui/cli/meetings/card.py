"""One meeting as `ahtc meetings show` prints it. Never reads or writes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.cli.console.output import facts, table
from ahtc_tui.cli.groups.commands import section
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.series_description import say_holidays, say_rule
from ahtc_tui.domain.minutes.lifecycle import paragraph_numbers

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.meetings.model import (
        AgendaRow,
        AttendanceRow,
        DecisionRow,
        InviteeRow,
        MeetingCard,
        MeetingRow,
    )


def say_when(row: MeetingRow) -> str:
    """Day and hour as far as they are known."""
    if row.day is None:
        return _("no date")
    return f"{row.day}, {row.start_time:%H:%M}" if row.start_time else str(row.day)


def card_lines(card: MeetingCard) -> list[str]:
    """Everything about a meeting, from top to bottom."""
    row = card.row
    known = (
        (_("Kind"), row.kind.label),
        (_("State"), row.state.label),
        (_("Group"), row.group),
        (_("When"), say_when(row)),
        (_("Ends"), f"{row.ends:%H:%M}" if row.ends and row.day and row.ends.date() == row.day.latest else row.ends),
        (_("Repeats"), _repeats(row)),
        (_("Day of"), row.series),
        (_("Planned for"), _planned(row)),
        (_("Where"), row.where),
        (_("Link"), row.link),
        (_("Area"), card.area),
        (_("Occasion"), card.occasion),
        (_("Organiser"), card.organiser),
        (_("Host"), card.host),
        (_("Keynote"), card.keynote),
        (_("Attendance"), card.attendance_text),
        *_clock(card),
        (_("Marking"), row.marking.label),
        (_("Source"), row.source),
        *((_("Source of {field}").format(field=field), source) for field, source in card.source_notes),
        (_("Note"), card.note),
    )
    agenda = [line for item in card.agenda for line in _item(item)]
    over = [_("{n} minutes longer than the meeting").format(n=card.minutes_over)] if card.minutes_over else []
    return [
        f"{row.ref}  {row.title}",
        "",
        *facts(known),
        *section(_("Agenda"), [*agenda, *over]),
        *section(_("Invited"), table([_invitee(guest) for guest in card.invitees], (None, 10, 14, 40))),
        *section(_("Attendance"), table([_present(one) for one in card.attendance], (None, 14, 60))),
        *section(_("Minutes"), _minutes(card)),
        *section(_("Decisions"), [_decision(one) for one in card.decisions]),
        *section(_("Actions"), card.actions),
    ]


def _item(item: AgendaRow) -> list[str]:
    """An item with its clock, then its papers and what arises from earlier meetings."""
    clock = f"{item.starts:%H:%M}  " if item.starts else ""
    also = f" – {item.presenter}" if item.presenter else ""
    arising = [", ".join(part for part in (f"{one.ref} {one.title}", one.lead) if part) for one in item.matters]
    papers = [f"{paper.ref} {paper.title}, {paper.standing.lower()}" for paper in item.papers]
    return [f"{clock}{item.position}. {item.title}{also}", *(f"    {line}" for line in (*papers, *arising))]


def _clock(card: MeetingCard) -> tuple[tuple[str, str | None], ...]:
    """When things about it are to be done."""
    return (
        (_("Notice"), _day(card.notice_on)),
        (_("Papers"), _day(card.papers_on)),
        (_("Draft minutes"), _day(card.draft_on)),
        (_("Final minutes"), _day(card.final_on)),
    )


def _day(day: date | None) -> str | None:
    return long_date_with_day(day) if day else None


def held(post: str, holder: str | None) -> str:
    """A post with whoever holds it."""
    return f"{post} ({holder})" if holder else post


def _present(one: AttendanceRow) -> tuple[str, ...]:
    """Who, how, and for whom, for which items or why."""
    stands_for = _("for {name}").format(name=one.deputy_for) if one.deputy_for else ""
    items = _("items {numbers}").format(numbers=one.items) if one.items else ""
    also = ", ".join(part for part in (stands_for, items, one.reason) if part)
    return held(one.name, one.holder), one.state.value.replace("_", " "), also


def _decision(decision: DecisionRow) -> str:
    return f"{decision.ref}  {decision.text} {' '.join(decision.actions)}".rstrip()


def _repeats(row: MeetingRow) -> str | None:
    """The rule in words, and as RFC 5545 writes it."""
    if not row.recurrence:
        return None
    said = ", ".join(part for part in (say_rule(row.recurrence), say_holidays(row.on_holiday)) if part)
    return said if say_rule(row.recurrence) == row.recurrence else f"{said} ({row.recurrence})"


def _planned(row: MeetingRow) -> str | None:
    """When the series would have it, where it is at another time."""
    planned = row.recurrence_id
    if planned is None or planned == row.starts:
        return None
    return f"{long_date(planned.date())}, {planned:%H:%M}"


def _invitee(guest: InviteeRow) -> tuple[str, ...]:
    reply = guest.reply.value.replace("_", " ")
    return held(guest.name, guest.holder), guest.role.value, reply, guest.email or _("no address")


def _minutes(card: MeetingCard) -> list[str]:
    """Each line under the number that the paper gives it, with its Welsh below."""
    numbers = paragraph_numbers(card.lines, max((item.position for item in card.agenda), default=0))
    lines = []
    for line in card.lines:
        made = line.action or line.decision
        lines.append(f"{numbers[line.key]}  {line.kind.value}: {line.text}" + (f" ({made})" if made else ""))
        if line.text_cy:
            lines.append(f"{' ' * len(numbers[line.key])}  {line.text_cy}")
    return lines
