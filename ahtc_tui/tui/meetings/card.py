"""The card of a meeting: time and place, agenda, invitations, attendance, minutes, decisions and actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.card import build_fact_rows, build_state_rows
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply
from ahtc_tui.domain.meetings.model import (
    AttendanceRow,
    InviteeRow,
    LineRow,
    MeetingCard,
)
from ahtc_tui.services.meetings.series_dates import show_on_day
from ahtc_tui.tui.meetings.agenda_card import build_agenda_sections, build_deadline_facts
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
from ahtc_tui.tui.widgets.plain import format_heading


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
