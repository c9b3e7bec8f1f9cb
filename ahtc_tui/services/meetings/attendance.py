"""Attendance: set it one by one or for all remaining people, add walk-ins, and calculate attendance rates.

It does not change invitations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.attendance import AttendanceRate, compute_attendance_rates
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES, Presence
from ahtc_tui.domain.meetings.model import AttendanceRow, MeetingRow
from ahtc_tui.domain.meetings.seating import count_voting
from ahtc_tui.services import record_lookup
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts.party_lookup import find_party, fold_name, read_register
from ahtc_tui.store.documents.meeting_documents import read_welsh_names
from ahtc_tui.store.meetings import attendance as stored
from ahtc_tui.store.meetings.agenda import read_item_positions
from ahtc_tui.store.meetings.cards import read_attendance
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.minutes import queries as minutes
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.minutes import AttendanceDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


PLANNED_STATES = frozenset((Presence.APOLOGIES, Presence.DEPUTY))
"""States that can be recorded before the meeting."""

NEAR_NAME = 84
"""Similarity of 100 from which a name is taken for a misspelt one: about one wrong letter in six."""


def set_attendance(workspace: Workspace, ref: str, name: str, draft: AttendanceDraft) -> AttendanceRow:
    """Set how a person or post attended; a name that is not in the register is stored as text.

    Raises NotFound for a name that is nearly one of the register, Refused for a presence or an absence at a meeting
    whose day has not come.
    """
    with workspace.database.write(f"attendance {ref.upper()}: {name[:40]} {draft.state}") as ledger:
        if draft.state is None:
            ledger.label = f"edit attendance {ref.upper()}: {name[:40]}"
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        party, words = _find_registered(ledger.cursor, name), " ".join(name.split())
        if party is None and not stored.find_line(ledger.cursor, meeting, None, words):
            _refuse_misspelt(ledger.cursor, words, workspace.today())
        return _write_attendance(ledger, workspace, meeting, party, words, draft)


def add_walk_in(
    workspace: Workspace, ref: str, name: str, draft: AttendanceDraft, organisation: str | None = None
) -> AttendanceRow:
    """Add a person who came unannounced to the register and to the attendance, in one transaction.

    Raises BadInput without a name, NotFound for an unknown organisation, Refused if the person is in the register.
    """
    from ahtc_tui.domain.drafts.contacts import build_contact_draft
    from ahtc_tui.services.contacts.writer import insert_contact

    if not name.strip():
        raise BadInput(_("Give the name of the person."))
    with workspace.database.write(f"walk-in {ref.upper()}: {name[:40]}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        if _find_registered(ledger.cursor, name):
            sentence = _("{name} is in the register already and cannot be added as a new person.")
            raise Refused(sentence.format(name=name.strip()))
        fields = {"name": " ".join(name.split()), "kind": "person", "source": _("came to {ref}").format(ref=ref)}
        optional_fields = {"organisation": organisation} if organisation and organisation.strip() else {}
        person = insert_contact(ledger, build_contact_draft({**fields, **optional_fields}, workspace.today()))
        return _write_attendance(ledger, workspace, meeting, person, "", draft)


def is_registered(workspace: Workspace, name: str) -> bool:
    """Return whether the name matches a record of the register. Raises BadInput if it matches several."""
    with workspace.database.read() as cursor:
        return _find_registered(cursor, name) is not None


def _write_attendance(
    ledger: Ledger, workspace: Workspace, meeting: RowKey, party: RowKey | None, words: str, draft: AttendanceDraft
) -> AttendanceRow:
    """Write one line of attendance, for a party or for a name; a new state clears details that are not given.

    Raises NotFound for an unknown agenda item, BadInput for a new line without a state, Refused for a presence or an
    absence at a meeting whose day has not come.
    """
    last = max((item.position for item in read_item_positions(ledger.cursor, meeting)), default=0)
    numbers = [int(number) for number in re.findall(r"\d+", draft.items or "")]
    for number in (*numbers, draft.arrived, draft.left) if last else ():
        if number is not None and not 1 <= number <= last:
            raise NotFound(_("The agenda has no item {n}.").format(n=number))
    existing = stored.find_line(ledger.cursor, meeting, party, words)
    values = _build_values(ledger.cursor, meeting, existing, draft)
    _refuse_in_advance(read_meeting(ledger.cursor, meeting), Presence(values["state"]), workspace.today())
    if existing:
        ledger.update("attendances", existing, values)
    else:
        identity = {"party": party} if party else {"words": words}
        existing = ledger.add("attendances", {"meeting": meeting, **identity, **values})
    keys = stored.list_lines(ledger.cursor, meeting)
    rows = read_attendance(ledger.cursor, meeting, workspace.today())
    return rows[keys.index(existing)]


def _refuse_in_advance(row: MeetingRow, state: Presence, today: date) -> None:
    """Raise Refused for a fact about a meeting whose day has not come; apologies and deputies are plans."""
    if state not in PLANNED_STATES and row.day is not None and row.day.has_day and row.day.earliest > today:
        sentence = _("{ref} is on {day}, in the future. Record only apologies and deputies in advance.")
        raise Refused(sentence.format(ref=row.ref, day=row.day))


def _find_seat(cursor: Cursor, meeting: RowKey, ref: str | None) -> RowKey | None:
    """Return the key of the seat with a reference; None for text that is none. Raises Refused for one elsewhere."""
    seat = stored.find_seat(cursor, ref) if ref else None
    if seat is not None and seat.group != read_field(cursor, "meetings", meeting, "group"):
        raise Refused(_("The seat {ref} does not belong to the group of this meeting.").format(ref=ref))
    return seat.key if seat else None


def _build_values(cursor: Cursor, meeting: RowKey, existing: RowKey | None, draft: AttendanceDraft) -> dict[str, Any]:
    """Return the columns to write: the given fields, and all fields where the state is new."""
    before = read_field(cursor, "attendances", existing, "state")
    moved = bool(draft.arrived or draft.left)
    if draft.state is None and before is None and not moved and not draft.deputy_for:
        raise BadInput(_("Give the attendance: present, online, deputy, apologies, absent, in_attendance or part."))
    state = draft.state or Presence(before or Presence.PRESENT)
    if moved and state not in PRESENT_STATES:
        state = Presence.PRESENT
    former_items = None if draft.state else read_field(cursor, "attendances", existing, "items")
    items = draft.add_movements(draft.items if "items" in draft.given_fields else former_items)
    given: set[str] = {*draft.given_fields, *(("items",) if moved else ())}
    seat = _find_seat(cursor, meeting, draft.deputy_for)
    details = {
        "deputy_for": None if seat else record_lookup.find_party_key(cursor, draft.deputy_for),
        "seat": seat,
        "items": items,
        "reason": draft.reason,
    }
    given |= {"seat"} if "deputy_for" in given else set()
    presence = Presence.PART if items and state is Presence.PRESENT else state
    is_new_state = presence != before and (draft.state is not None or before not in PRESENT_STATES)
    return {"state": str(presence)} | {name: value for name, value in details.items() if is_new_state or name in given}


def remove_attendance(workspace: Workspace, ref: str, name: str) -> str:
    """Remove the attendance of one party and return its name. Raises NotFound where none is recorded."""
    with workspace.database.write(f"remove attendance {ref.upper()}: {name[:40]}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        words = " ".join(name.split())
        line = stored.find_line(ledger.cursor, meeting, _find_registered(ledger.cursor, name), words)
        if line is None:
            raise NotFound(_("No attendance of {name} is recorded for {ref}.").format(name=words, ref=ref))
        rows = read_attendance(ledger.cursor, meeting, workspace.today())
        row = rows[stored.list_lines(ledger.cursor, meeting).index(line)]
        ledger.remove("attendances", line)
        return row.name


def mark_remaining(workspace: Workspace, ref: str, draft: AttendanceDraft) -> int:
    """Give every invited person and seat holder without attendance the same mark; returns how many.

    Raises Refused as `set_attendance`.
    """
    state = draft.state or Presence.PRESENT
    with workspace.database.write(f"attendance {ref.upper()}: the rest {state}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        _refuse_in_advance(read_meeting(ledger.cursor, meeting), state, workspace.today())
        waiting = stored.read_not_marked(ledger.cursor, meeting, workspace.today())
        rows = [{"meeting": meeting, "party": key, "state": state.value} for key, _name in waiting]
        if rows:
            ledger.add_all("attendances", rows)
        return len(rows)


def find_quorum(cursor: Cursor, meeting: RowKey, today: date) -> tuple[int, int] | None:
    """Return the quorum of the group and the number present who count towards it; None without a quorum."""
    quorum = minutes.read_quorum(cursor, meeting)
    return (quorum, count_voting_present(cursor, meeting, today)) if quorum else None


def show_quorum(workspace: Workspace, ref: str) -> tuple[int, int] | None:
    """Return the quorum of the group of a meeting and the number present who count towards it. Raises NotFound."""
    with workspace.database.read() as cursor:
        return find_quorum(cursor, record_lookup.find_meeting_key(cursor, ref), workspace.today())


def count_voting_present(cursor: Cursor, meeting: RowKey, today: date, item: int | None = None) -> int:
    """Count those present, at an agenda item if one is given, who count towards the quorum of the group."""
    return count_voting_by_item(cursor, meeting, today, (item,))[0]


def count_voting_by_item(cursor: Cursor, meeting: RowKey, today: date, items: Sequence[int | None]) -> list[int]:
    """Count those who count towards the quorum at each agenda item; None counts all who attended."""
    attendance = stored.read_meeting_attendance(cursor, meeting, today)
    seats = stored.read_places(cursor, attendance.group or None)
    return [count_voting(seats, attendance.at_item(item)) for item in items]


def count_votes_present(workspace: Workspace, ref: str, item: int | None) -> int:
    """Count the votes present at an agenda item: filled seats with a vote, deputies included. Raises NotFound."""
    with workspace.database.read() as cursor:
        return count_voting_present(cursor, record_lookup.find_meeting_key(cursor, ref), workspace.today(), item)


def list_attendance_rates(
    workspace: Workspace, group: str | None = None, from_: date | None = None, to: date | None = None
) -> list[AttendanceRate]:
    """Return how often each seat and each person of a group, or of all groups, attended. Raises NotFound, BadInput.

    Both days count. If a deputy came, the seat attended and its holder did not. Only meetings up to today count that
    were not cancelled and have attendance.
    """
    if from_ and to and to < from_:
        raise BadInput(_("{last} comes before {first}. Give the earlier date first.").format(first=from_, last=to))
    last = min(to or workspace.today(), workspace.today())
    with workspace.database.read() as cursor:
        key = record_lookup.find_group_key(cursor, group)
        return compute_attendance_rates(
            stored.read_places(cursor, key), stored.read_meetings_held(cursor, key, from_ or date.min, last)
        )


def export_attendance(
    workspace: Workspace,
    target: Path,
    group: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    *,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> int:
    """Write the rates to a workbook; returns the number of rows.

    Raises BadInput for another suffix, Refused, NotFound.
    """
    check_format("attendance", target)
    from ahtc_tui.formats.files.atomic_write import write_file_atomically
    from ahtc_tui.formats.xlsx.attendance import AttendanceReport, write_attendance

    rows = list_attendance_rates(workspace, group, from_, to)
    report = AttendanceReport(marking=marking, as_at=workspace.today(), rows=rows, first=from_, last=to)
    with workspace.database.read() as cursor:
        names = read_welsh_names(cursor)
    write_file_atomically(target, lambda path: write_attendance(path, report, names), force)
    return len(rows)


def _refuse_misspelt(cursor: Cursor, name: str, today: date) -> None:
    """Raise NotFound for a name that is nearly that of a contact."""
    from rapidfuzz import fuzz, process

    names = {f"{entry.name} ({entry.ref})": fold_name(entry.name) for entry in read_register(cursor, today)}
    match = process.extractOne(fold_name(name), names, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_NAME)
    if match:
        sentence = _('No contact is called "{name}". Did you mean {near}? `--new` adds another person to the register.')
        raise NotFound(sentence.format(name=name, near=match[2]))


def _find_registered(cursor: Cursor, name: str) -> RowKey | None:
    try:
        return find_party(cursor, name, CONTACT_KINDS).key
    except NotFound:
        return None
