"""What people do with meetings: list, read, add, edit, cancel. One function a use case, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import InviteRole, MeetingCard, MeetingRow, MeetingState, WhichMeetings
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda_template import begin_agenda
from ahtc_tui.services.meetings.deadlines import with_clock
from ahtc_tui.services.meetings.series_dates import next_day, series_of
from ahtc_tui.services.meetings.times import on_slot, times
from ahtc_tui.services.meetings.writer import call_off, columns, on_a_day_of_the_series, write_fields
from ahtc_tui.store.journal.ledger import new_key
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.meetings import series as stored_series
from ahtc_tui.store.meetings.cards import card
from ahtc_tui.store.records.fields import field_of
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.services.meetings.calendar_files import InviteReport
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def list_meetings(
    workspace: Workspace,
    words: str = "",
    group: str | None = None,
    which: WhichMeetings = WhichMeetings.ALL,
    limit: int | None = None,
) -> list[MeetingRow]:
    """Meetings and dated events by their latest day, those without a date last. Raises NotFound for no such group.

    A series that began is among the coming ones with its next day.
    """
    with workspace.database.read() as cursor:
        key = record_lookup.group(cursor, group)
        today = workspace.today()
        if which is not WhichMeetings.COMING:
            return stored.listed(cursor, today=today, words=words, group=key, which=which, limit=limit)
        found = stored.listed(cursor, today=today, words=words, group=key, which=which)
        taken = stored_series.taken(cursor) if any(row.recurrence for row in found) else {}
    coming = [_next(row, today, taken) if row.recurrence else row for row in found]
    return sorted((row for row in coming if row), key=_when)[:limit]


def _next(row: MeetingRow, today: date, taken: Mapping[bytes, set[datetime]]) -> MeetingRow | None:
    """A series on its next day that has no record of its own; None where there is none."""
    if series_of(row) is None:
        return row if row.day and row.day.latest >= today else None
    slot = next_day(row, today, taken.get(row.key, set()))
    return on_slot(row, slot) if slot else None


def _when(row: MeetingRow) -> tuple[date, time]:
    return row.day.latest if row.day else NO_DAY, row.start_time or time.max


def next_meetings(workspace: Workspace, limit: int | None = None) -> list[MeetingRow]:
    """The meetings from today on that are not cancelled, the nearest first."""
    return list_meetings(workspace, which=WhichMeetings.COMING, limit=limit)


def list_calendar(workspace: Workspace, words: str = "") -> list[MeetingRow]:
    """Meetings and dated events as `list_meetings` has them, but a series that goes on stands on its next day."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        taken = stored_series.taken(cursor)
    rows = list_meetings(workspace, words)
    return sorted(((_next(row, today, taken) or row if row.recurrence else row) for row in rows), key=_when)


def next_of_series(workspace: Workspace, rows: Sequence[MeetingRow]) -> dict[str, datetime]:
    """Of each series among the rows, by reference, when its next day is, one with a record of its own included."""
    today = workspace.today()
    found: dict[str, datetime] = {}
    with workspace.database.read() as cursor:
        taken = stored_series.taken(cursor)
        for row in (row for row in rows if row.recurrence):
            planned = _next(row, today, taken)
            own = stored_series.own_days(cursor, row.key)
            coming = [one for one in own if one.state is not MeetingState.CANCELLED and one.day]
            days = [
                when for one in (*coming, *([planned] if planned else [])) if (when := _moment(one)).date() >= today
            ]
            if days and row.state is not MeetingState.CANCELLED:
                found[row.ref] = min(days)
    return found


def _moment(row: MeetingRow) -> datetime:
    return datetime.combine(*_when(row)) if row.start_time else datetime.combine(_when(row)[0], time.min)


def meeting_of(workspace: Workspace, ref: str) -> str:
    """The reference of the meeting that took a decision; any other reference as it came."""
    with workspace.database.read() as cursor:
        return stored.meeting_of_decision(cursor, ref) or ref


def invite_to_folder(workspace: Workspace, ref: str) -> InviteReport:
    """Write one meeting as a calendar file into the exports folder, under a name that is free. Raises Refused."""
    from ahtc_tui.services.meetings.calendar_files import invite_files
    from ahtc_tui.services.output_folders import free_path

    return invite_files(workspace, free_path(workspace.exports, ref, ".ics", "meeting"), meeting=ref)


def show_meeting(workspace: Workspace, ref: str) -> MeetingCard:
    """Everything about one meeting. Raises NotFound."""
    with workspace.database.read() as cursor:
        return with_clock(cursor, card(cursor, record_lookup.meeting(cursor, ref)[0], workspace.today()))


def add_meeting(workspace: Workspace, draft: MeetingDraft) -> MeetingRow:
    """Add a meeting of a group; its reference is minted from the group's pattern and its seats are invited."""
    with workspace.database.write(f"add meeting {(draft.title or draft.group or '')[:60]}") as ledger:
        return stored.by_key(ledger.cursor, add_within(ledger, draft, workspace.today()))


def add_within(ledger: Ledger, draft: MeetingDraft, today: date) -> bytes:
    """Add a meeting within somebody else's transaction; returns its key. Raises BadInput without a group or a day."""
    if not draft.group:
        raise BadInput(_("A meeting needs a group: name whose it is."))
    if draft.starts is None or draft.starts.day is None:
        raise BadInput(_("A meeting needs a day, like 10 dec 2013."))
    values = {name: value for name, value in columns(ledger.cursor, draft).items() if value is not None}
    values = on_a_day_of_the_series(values | times(draft))
    group, day = values["group"], date.fromisoformat(values["day"][:10])
    year = (today if day == NO_DAY else day).year
    ref = mint(ledger.cursor, "meetings", stored.reference_pattern(ledger.cursor, group), year=year)
    key = new_key()
    values.setdefault("title", field_of(ledger.cursor, "parties", group, "name"))
    values.setdefault("organiser", stored.secretariat(ledger.cursor))
    identity = {"ref": ref, "number": stored.number_of(ref), "uid": f"{key.hex()}@ahtc", "sequence": 0}
    ledger.add("meetings", {**values, **identity}, key)
    _invite(ledger, key, group, day.isoformat())
    begin_agenda(ledger, key, group)
    return key


def edit_meeting(workspace: Workspace, ref: str, draft: MeetingDraft) -> MeetingRow:
    """Write the given fields of one meeting; SEQUENCE rises by 1 where guests must be told."""
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))
    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        return write_fields(ledger, record_lookup.meeting(ledger.cursor, ref)[0], draft)


def cancel_meeting(workspace: Workspace, ref: str) -> MeetingRow:
    """Call a meeting off, or a whole series; it stays in the list. Raises Refused if it was held or is called off."""
    with workspace.database.write(f"cancel {ref.upper()}") as ledger:
        key, ref = record_lookup.meeting(ledger.cursor, ref)
        call_off(ledger, key)
        return stored.by_key(ledger.cursor, key)


def _invite(ledger: Ledger, meeting: bytes, group: bytes, day: str) -> None:
    """One invitation for each party that has a seat on the day; who chairs is asked as chair."""
    roles: dict[bytes, InviteRole] = {}
    for party, role in stored.seats_to_invite(ledger.cursor, group, day):
        asked = {SeatRole.CHAIR: InviteRole.CHAIR, SeatRole.OBSERVER: InviteRole.OPTIONAL}
        roles.setdefault(party, asked.get(SeatRole(role), InviteRole.REQUIRED))
    rows = [{"meeting": meeting, "party": party, "role": role.value} for party, role in roles.items()]
    if rows:
        ledger.add_all("invitations", rows)
