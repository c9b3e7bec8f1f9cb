"""Use cases of meetings: list, show, add, edit, cancel. Each is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, move_day
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingScope, MeetingState
from ahtc_tui.domain.meetings.model import Clash, MeetingCard, MeetingRow
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda_template import start_agenda
from ahtc_tui.services.meetings.deadlines import add_deadlines
from ahtc_tui.services.meetings.series_dates import read_series_calendar, show_on_next_day
from ahtc_tui.services.meetings.times import build_times
from ahtc_tui.services.meetings.writer import (
    FINISHED_STATES,
    align_to_series,
    build_values,
    cancel_with_days,
    change_meeting,
)
from ahtc_tui.services.relative_dates import move_with_meeting
from ahtc_tui.store.contacts.names import read_name_on
from ahtc_tui.store.meetings import clashes, queries
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.services.meetings.calendar_files import InviteReport
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

INVITE_ROLES = {SeatRole.CHAIR: InviteRole.CHAIR, SeatRole.OBSERVER: InviteRole.OPTIONAL}
"""Role of an invitation by that of the seat; other seats are required."""


def list_meetings(
    workspace: Workspace,
    words: str = "",
    group: str | None = None,
    scope: MeetingScope = MeetingScope.ALL,
    limit: int | None = None,
) -> list[MeetingRow]:
    """Return meetings and dated events by their latest day, undated ones last. Raises NotFound for an unknown group.

    A series that has begun is listed among the future meetings with its next day.
    """
    with workspace.database.read() as cursor:
        key = record_lookup.find_group_key(cursor, group)
        today = workspace.today()
        if scope is not MeetingScope.COMING:
            return queries.read_meetings(cursor, today=today, words=words, group=key, selection=scope, limit=limit)
        rows = queries.read_meetings(cursor, today=today, words=words, group=key, selection=scope)
        coming = [show_on_next_day(cursor, row, today) for row in rows]
    return sorted((row for row in coming if row), key=_build_sort_key)[:limit]


def _build_sort_key(row: MeetingRow) -> tuple[date, time]:
    return row.day.latest if row.day else NO_DAY, row.start_time or time.max


def next_meetings(workspace: Workspace) -> list[MeetingRow]:
    """Return the meetings from today on that are not cancelled, the nearest first."""
    return list_meetings(workspace, scope=MeetingScope.COMING)


def list_calendar(
    workspace: Workspace, words: str = "", group: str | None = None, limit: int | None = None
) -> list[MeetingRow]:
    """Return all meetings by day; a running series has the date of its next day without a record."""
    rows = list_meetings(workspace, words, group)
    return sorted(show_on_next_days(workspace, rows), key=_build_sort_key)[:limit]


def show_on_next_days(workspace: Workspace, rows: Sequence[MeetingRow]) -> list[MeetingRow]:
    """Return the rows, a running series with the date of its next day without a record."""
    with workspace.database.read() as cursor:
        return [show_on_next_day(cursor, row, workspace.today()) or row if row.recurrence else row for row in rows]


def find_next_dates(workspace: Workspace, rows: Sequence[MeetingRow]) -> dict[str, datetime]:
    """Return the next date of each series among the rows by reference, including dates with a record."""
    next_dates: dict[str, datetime] = {}
    with workspace.database.read() as cursor:
        for row in rows:
            calendar = read_series_calendar(cursor, row.key) if row.recurrence else None
            next_day = calendar.find_next(workspace.today(), recorded=True) if calendar else None
            if next_day and next_day.starts:
                next_dates[row.ref] = next_day.starts
    return next_dates


def find_meeting_of_decision(workspace: Workspace, ref: str) -> str:
    """Return the reference of the meeting that took a decision; any other reference unchanged."""
    with workspace.database.read() as cursor:
        return queries.find_meeting_of_decision(cursor, ref) or ref


def export_invitation(workspace: Workspace, ref: str) -> InviteReport:
    """Write the invitation to a meeting into the exports folder under a free name.

    Where there is nobody to invite or no organiser, a calendar entry is written, and the advice of the report says
    what an invitation lacks. Raises NotFound, Refused.
    """
    from ahtc_tui.services.meetings.calendar_files import write_invitation, write_invitation_files
    from ahtc_tui.services.output_folders import find_free_path

    target = find_free_path(workspace.exports, ref, ".ics", "meeting")
    try:
        return write_invitation(workspace, target, ref)
    except Refused as error:
        report = write_invitation_files(workspace, target, meeting=ref)
        return replace(report, advice=(_("This is a calendar entry, not an invitation."), error.sentence))


def draft_invitation(workspace: Workspace, ref: str) -> InviteReport:
    """Write the invitation as a draft email to everybody on the list, into the exports folder under a free name.

    Raises NotFound, and Refused where nobody with an address is on the list or the office has no address.
    """
    from ahtc_tui.services.meetings.calendar_files import write_invitation
    from ahtc_tui.services.output_folders import find_free_path

    return write_invitation(workspace, find_free_path(workspace.exports, ref, ".eml", "meeting"), ref)


def show_meeting(workspace: Workspace, ref: str) -> MeetingCard:
    """Return all details of one meeting. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = record_lookup.find_meeting_key(cursor, ref)
        card = add_deadlines(cursor, read_card(cursor, key, workspace.today()), workspace.today())
        return replace(card, clashes=tuple(clashes.list_clashes(cursor, key)))


def list_clashes(workspace: Workspace, ref: str) -> list[Clash]:
    """Return the other meetings at the time of a meeting that share its group or a person. Raises NotFound."""
    with workspace.database.read() as cursor:
        return clashes.list_clashes(cursor, record_lookup.find_meeting_key(cursor, ref))


def add_meeting(workspace: Workspace, draft: MeetingDraft) -> MeetingRow:
    """Add a meeting of a group; its reference follows the pattern of the group and its seats are invited."""
    with workspace.database.write(f"add meeting {(draft.title or draft.group or '')[:60]}") as ledger:
        row = queries.read_meeting(ledger.cursor, insert_meeting(ledger, draft, workspace.today()))
        if row.state is MeetingState.HELD:
            refuse_not_held(row, workspace.today())
        return row


def insert_meeting(ledger: Ledger, draft: MeetingDraft, today: date) -> RowKey:
    """Add a meeting within the open transaction; returns its key. Raises BadInput without a group or a day."""
    if not draft.group:
        raise BadInput(_("A meeting needs a group."))
    if draft.starts is None or draft.starts.day is None:
        raise BadInput(_("A meeting needs a date, like 10 December 2013."))
    values = {name: value for name, value in build_values(ledger.cursor, draft).items() if value is not None}
    values = align_to_series(values | build_times(draft))
    group, day = values["group"], date.fromisoformat(values["day"][:10])
    year = (today if day == NO_DAY else day).year
    ref = mint_ref(ledger.cursor, "meetings", queries.read_reference_pattern(ledger.cursor, group), year=year)
    key = ledger.create_key()
    values.setdefault("title", read_name_on(ledger.cursor, group, today if day == NO_DAY else day))
    values.setdefault("organiser", queries.find_secretariat(ledger.cursor))
    identity = {"ref": ref, "number": queries.parse_number(ref), "uid": f"{key.hex()}@ahtc", "sequence": 0}
    ledger.add("meetings", {**values, **identity}, key)
    _invite_seats(ledger, key, group, day.isoformat())
    start_agenda(ledger, key, group)
    move_with_meeting(ledger, queries.read_meeting(ledger.cursor, key))
    return key


def edit_meeting(workspace: Workspace, ref: str, draft: MeetingDraft) -> MeetingRow:
    """Change the given fields of a meeting; SEQUENCE rises by 1 if guests must be told."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        row = change_meeting(ledger, record_lookup.find_meeting_key(ledger.cursor, ref), draft)
        if row.state is MeetingState.HELD and draft.given_fields.keys() & {"state", "starts"}:
            refuse_not_held(row, workspace.today())
        return row


def move_meeting(workspace: Workspace, ref: str, days: int) -> DateAsKnown:
    """Move a meeting by some days, at the same hour and of the same length, and return its new day.

    A past day moves on from today. Raises Refused for a series, a meeting that was held or cancelled, or no exact day.
    """
    from ahtc_tui.domain.drafts.meetings import MeetingDraft, Moment

    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        row = queries.read_meeting(ledger.cursor, key)
        if row.recurrence:
            raise Refused(_("{ref} is a series. Edit the rule instead.").format(ref=ref))
        if row.state in FINISHED_STATES or row.day is None or row.day.precision is not Precision.DAY:
            raise Refused(_("{ref} has no coming date to move. Edit it.").format(ref=ref))
        day = move_day(row.day, days, workspace.today())
        change_meeting(ledger, key, MeetingDraft.read({"starts": Moment(day, row.start_time)}))
        return day


def refuse_not_held(row: MeetingRow, today: date) -> None:
    """Raise Refused for a meeting whose day has not come: it cannot have been held."""
    if row.day is not None and row.day.has_day and row.day.earliest > today:
        sentence = _("{ref} is on {day}, in the future. It cannot have been held yet.")
        raise Refused(sentence.format(ref=row.ref, day=row.day))


def cancel_meeting(workspace: Workspace, ref: str) -> MeetingRow:
    """Cancel a meeting or a whole series; the record is kept. Raises Refused if it was held or is cancelled."""
    with workspace.database.write(f"cancel {ref.upper()}") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        cancel_with_days(ledger, key)
        return queries.read_meeting(ledger.cursor, key)


def _invite_seats(ledger: Ledger, meeting: RowKey, group: RowKey, day: str) -> None:
    """Invite each party with a seat on the day; the chair of the group is invited as chair."""
    roles: dict[RowKey, InviteRole] = {}
    for seat in queries.read_seats_to_invite(ledger.cursor, group, day):
        roles.setdefault(seat.party, INVITE_ROLES.get(seat.role, InviteRole.REQUIRED))
    rows = [{"meeting": meeting, "party": party, "role": role.value} for party, role in roles.items()]
    if rows:
        ledger.add_all("invitations", rows)
