"""Writes a plan of old minutes within the open transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind, MeetingState
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.minutes.plan import ItemToWrite, LineToWrite, OldMinutesPlan
from ahtc_tui.services.minutes.writer import ResolvedLine, change_kind, write_line
from ahtc_tui.store.contacts.names import read_name_on
from ahtc_tui.store.meetings import agenda, queries
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def write_minutes(ledger: Ledger, plan: OldMinutesPlan, today: date) -> RowKey:
    """Write meeting, attendance, items and lines; return the key of the meeting."""
    meeting = plan.choice.key or _add_meeting(ledger, plan)
    rows = [
        {
            "meeting": meeting,
            **({"party": attendee.party.key} if attendee.party else {"words": attendee.written.source[:300]}),
            "state": attendee.written.state.value,
        }
        for attendee in plan.attendees
        if plan.adds_lines and not attendee.is_known
    ]
    if rows:
        ledger.add_all("attendances", rows)
    titles = {normalize_text(title): key for title, key in agenda.read_title_keys(ledger.cursor, meeting).items()}
    for item in plan.items:
        if not plan.adds_lines and all(line.existing is None for line in item.lines):
            continue
        key = titles.get(normalize_text(item.title)) or _add_item(ledger, meeting, item) if item.title else None
        for line in item.lines if plan.adds_lines else [line for line in item.lines if line.existing]:
            _write_line(ledger, meeting, key, line, today, is_welsh=plan.minutes.is_welsh)
    return meeting


def _add_meeting(ledger: Ledger, plan: OldMinutesPlan) -> RowKey:
    """Add a meeting that was held, without the agenda and the invitations that a coming one begins with."""
    choice = plan.choice
    assert choice.group is not None
    assert choice.day is not None
    day, group = choice.day.latest, choice.group.key
    pattern = queries.read_reference_pattern(ledger.cursor, group)
    ref = mint_ref(ledger.cursor, "meetings", pattern, year=day.year)
    key = ledger.create_key()
    values: dict[str, Any] = {
        "ref": ref,
        "number": queries.parse_number(ref),
        "uid": f"{key.hex()}@ahtc",
        "sequence": 0,
        "group": group,
        "title": read_name_on(ledger.cursor, group, day),
        "day": choice.day.stored_text,
        "start_time": f"{choice.time:%H:%M}" if choice.time else None,
        "venue": choice.venue,
        "state": MeetingState.HELD.value,
        "note": choice.note or None,
        "source": plan.file.path.name,
        "organiser": queries.find_secretariat(ledger.cursor),
    }
    return ledger.add("meetings", {name: value for name, value in values.items() if value is not None}, key)


def _add_item(ledger: Ledger, meeting: RowKey, item: ItemToWrite) -> RowKey:
    positions = agenda.read_item_positions(ledger.cursor, meeting)
    position = max((known.position for known in positions), default=0) + 1
    return ledger.add("agenda_items", {"meeting": meeting, "position": position, "title": item.title, "discussed": 1})


def _write_line(
    ledger: Ledger, meeting: RowKey, item: RowKey | None, line: LineToWrite, today: date, *, is_welsh: bool
) -> None:
    owners = tuple(party.key for party in line.owners)
    resolved = ResolvedLine(line.kind, line.text, owners, line.due, is_welsh)
    if line.existing is None:
        write_line(ledger, meeting, item, resolved, today, None)
    elif line.existing_kind is LineKind.NOTE and line.kind is not LineKind.NOTE:
        change_kind(ledger, meeting, line.existing, resolved, today)
