"""What people do with meetings: list, read, add, edit, cancel. One function a use case, one transaction each."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates import NO_DAY
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.groups import SeatRole
from ahtc_tui.domain.meetings import InviteRole, MeetingCard, MeetingRow, MeetingState, WhichMeetings
from ahtc_tui.domain.words import _
from ahtc_tui.services import resolve
from ahtc_tui.services.meeting_times import FIELDS, next_of_series, times
from ahtc_tui.store import meetings as stored
from ahtc_tui.store.journal import new_key
from ahtc_tui.store.meeting_cards import card
from ahtc_tui.store.refs import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.services.invites import InviteReport
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.database import Cursor
    from ahtc_tui.store.journal import Ledger

RAISES_SEQUENCE = {"day", "start_time", "ends", "tz", "all_day", "place", "venue", "link", "recurrence"}
"""Columns whose change guests must be told of (RFC 5546 section 2.1.4): time, place and series."""

RESOLVED = {"group": resolve.group, "organiser": resolve.party}
"""Fields that name somebody in words."""


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
        key = resolve.group(cursor, group)
        today = workspace.today()
        if which is not WhichMeetings.COMING:
            return stored.listed(cursor, today=today, words=words, group=key, which=which, limit=limit)
        found = stored.listed(cursor, today=today, words=words, group=key, which=which)
    coming = [next_of_series(row, today) if row.recurrence else row for row in found]
    return sorted((row for row in coming if row), key=_when)[:limit]


def _when(row: MeetingRow) -> tuple[date, time]:
    return row.day.latest if row.day else NO_DAY, row.start_time or time.max


def next_meetings(workspace: Workspace, limit: int | None = None) -> list[MeetingRow]:
    """The meetings from today on that are not cancelled, the nearest first."""
    return list_meetings(workspace, which=WhichMeetings.COMING, limit=limit)


def list_calendar(workspace: Workspace, words: str = "") -> list[MeetingRow]:
    """Meetings and dated events as `list_meetings` has them, but a series that goes on stands on its next day."""
    today = workspace.today()
    rows = list_meetings(workspace, words)
    return sorted((next_of_series(row, today) or row if row.recurrence else row for row in rows), key=_when)


def meeting_of(workspace: Workspace, ref: str) -> str:
    """The reference of the meeting that took a decision; any other reference as it came."""
    with workspace.database.read() as cursor:
        return stored.meeting_of_decision(cursor, ref) or ref


def invite_to_folder(workspace: Workspace, ref: str) -> InviteReport:
    """Write one meeting as a calendar file into the exports folder, under a name that is free. Raises Refused."""
    from pathvalidate import sanitize_filename

    from ahtc_tui.services.invites import invite_files

    name = sanitize_filename(ref, replacement_text="-").strip(". ") or "meeting"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    folder = workspace.exports
    target = next(path for path in (folder / f"{free}.ics" for free in names) if not path.exists())
    return invite_files(workspace, target, meeting=ref)


def show_meeting(workspace: Workspace, ref: str) -> MeetingCard:
    """Everything about one meeting. Raises NotFound."""
    with workspace.database.read() as cursor:
        return card(cursor, resolve.meeting(cursor, ref)[0], workspace.today())


def add_meeting(workspace: Workspace, draft: MeetingDraft) -> MeetingRow:
    """Add a meeting of a group; its reference is minted from the group's pattern and its seats are invited."""
    if not draft.group:
        raise BadInput(_("A meeting needs a group: name whose it is."))
    if draft.starts is None or draft.starts.day is None:
        raise BadInput(_("A meeting needs a day: give starts, like 2013-12-10 10:00."))
    with workspace.database.write(f"add meeting {(draft.title or draft.group)[:60]}") as ledger:
        values = {name: value for name, value in _columns(ledger.cursor, draft).items() if value is not None}
        values |= times(draft)
        group, day = values["group"], draft.starts.day.latest
        year = (workspace.today() if day == NO_DAY else day).year
        ref = mint(ledger.cursor, "meetings", stored.reference_pattern(ledger.cursor, group), year=year)
        key = new_key()
        values.setdefault("title", _group_name(ledger.cursor, group))
        values.setdefault("organiser", stored.secretariat(ledger.cursor))
        identity = {"ref": ref, "number": _number(ref), "uid": f"{key.hex()}@ahtc", "sequence": 0}
        ledger.add("meetings", {**values, **identity}, key)
        _invite(ledger, key, group, day.isoformat())
        return stored.by_key(ledger.cursor, key)


def edit_meeting(workspace: Workspace, ref: str, draft: MeetingDraft) -> MeetingRow:
    """Write the given fields of one meeting; SEQUENCE rises by 1 where guests must be told."""
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))
    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        key, _ref = resolve.meeting(ledger.cursor, ref)
        before = stored.by_key(ledger.cursor, key)
        changed = ledger.change("meetings", key, {**_columns(ledger.cursor, draft), **times(draft, before)})
        called_off = {before.state, draft.state} if "state" in changed else set()
        if RAISES_SEQUENCE & set(changed) or MeetingState.CANCELLED in called_off:
            ledger.change("meetings", key, {"sequence": before.sequence + 1})
        return stored.by_key(ledger.cursor, key)


def cancel_meeting(workspace: Workspace, ref: str) -> MeetingRow:
    """Call a meeting off; it stays in the list. Raises Refused if it is cancelled already."""
    with workspace.database.write(f"cancel {ref.upper()}") as ledger:
        key, ref = resolve.meeting(ledger.cursor, ref)
        before = stored.by_key(ledger.cursor, key)
        if before.state is MeetingState.CANCELLED:
            raise Refused(_("{ref} is cancelled already.").format(ref=ref))
        ledger.change("meetings", key, {"state": MeetingState.CANCELLED.value, "sequence": before.sequence + 1})
        return stored.by_key(ledger.cursor, key)


def _columns(cursor: Cursor, draft: MeetingDraft) -> dict[str, Any]:
    """The given fields as the table stores them, but for when it is."""
    values: dict[str, Any] = {}
    for name, value in draft.given.items():
        if name in FIELDS:
            continue
        if name in RESOLVED:
            values[name] = RESOLVED[name](cursor, value)  # type: ignore[arg-type]
        elif name == "repeat":
            values["recurrence"] = value
        else:
            values[name] = (str(value) or None) if value is not None else None
    return values


def _group_name(cursor: Cursor, group: bytes) -> str:
    name: str = cursor.execute("SELECT name FROM parties WHERE id = ?", (group,)).fetchone()[0]
    return name


def _number(ref: str) -> int | None:
    """The running number that a reference ends in."""
    digits = re.findall(r"[0-9]+", ref)
    return int(digits[-1]) if digits else None


def _invite(ledger: Ledger, meeting: bytes, group: bytes, day: str) -> None:
    """One invitation for each party that has a seat on the day; who chairs is asked as chair."""
    roles: dict[bytes, InviteRole] = {}
    for party, role in stored.seats_to_invite(ledger.cursor, group, day):
        asked = {SeatRole.CHAIR: InviteRole.CHAIR, SeatRole.OBSERVER: InviteRole.OPTIONAL}
        roles.setdefault(party, asked.get(SeatRole(role), InviteRole.REQUIRED))
    rows = [{"meeting": meeting, "party": party, "role": role.value} for party, role in roles.items()]
    if rows:
        ledger.add_all("invitations", rows)
