"""What people ask of boards and fora: lists, one group, and who sits where. Reads only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.groups import GroupCard, GroupRow, SeatRow
from ahtc_tui.services import resolve
from ahtc_tui.services.meetings import next_meetings
from ahtc_tui.store import groups as stored
from ahtc_tui.store.parties import find_party

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def list_groups(workspace: Workspace, words: str = "", limit: int | None = None) -> list[GroupRow]:
    """The groups that hold all the words, by name."""
    with workspace.database.read() as cursor:
        rows = stored.listed(cursor, today=workspace.today(), words=words, limit=limit)
    return _with_next_meeting(workspace, rows)


def show_group(workspace: Workspace, words: str) -> GroupCard:
    """Everything about one group, by reference, short name, name or alias. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, ("group",)).key
        card = stored.card(cursor, key, workspace.today())
    return replace(card, row=_with_next_meeting(workspace, [card.row])[0])


def open_actions(workspace: Workspace, ref: str) -> tuple[str, ...]:
    """References and titles of the open actions of a group: for it, led by it, or agreed in its meetings."""
    with workspace.database.read() as cursor:
        return stored.open_actions(cursor, find_party(cursor, ref, ("group",)).key)


def short_names(workspace: Workspace) -> dict[str, str]:
    """Reference to short name, or name where there is none, of every group."""
    with workspace.database.read() as cursor:
        return stored.short_names(cursor)


def _with_next_meeting(workspace: Workspace, rows: list[GroupRow]) -> list[GroupRow]:
    """The rows with the day of each group's next meeting, series included."""
    nearest = {meeting.group_ref: meeting.day for meeting in reversed(next_meetings(workspace))}
    return [replace(row, next_meeting=nearest.get(row.ref)) for row in rows]


def list_seats(
    workspace: Workspace,
    group: str | None = None,
    vacant: bool = False,
    ending_within_days: int | None = None,
    words: str = "",
) -> list[SeatRow]:
    """The seats that stand today: of one group, those that nobody is known to fill, those that end soon."""
    with workspace.database.read() as cursor:
        return stored.seats(
            cursor,
            today=workspace.today(),
            group=resolve.group(cursor, group),
            vacant=vacant,
            ending_within_days=ending_within_days,
            words=words,
        )
