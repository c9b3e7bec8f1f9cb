"""Reads of dependencies: blocked actions with what they wait for, and what would move with a due date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.dependencies import BlockedAction, MovedDate, find_followers, move_due_date
from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.dates.working_days import move_back_to_working_day, move_on_to_working_day
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import service as actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.actions.queries import Dependency, read_action, read_actions, read_dependencies
from ahtc_tui.store.meetings.queries import read_meeting, read_relative_dates

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def list_blocked(
    workspace: Workspace, action_filter: ActionFilter, sort: Sort, limit: int | None
) -> list[BlockedAction]:
    """Return the open actions of a filter that wait for an open action, each with what it waits for."""
    with workspace.database.read() as cursor:
        blockers = _group_blockers(*_read_open_actions(cursor, workspace.today()))
    selected = actions.list_actions(workspace, action_filter, sort)
    return [BlockedAction(row, tuple(blockers[row.key])) for row in selected if row.key in blockers][:limit]


def find_blocked(workspace: Workspace, refs: Sequence[str]) -> list[BlockedAction]:
    """Return those of the actions that wait for an open action that is not among them. Raises NotFound."""
    with workspace.database.read() as cursor:
        keys = {record_lookup.find_action(cursor, ref)[0] for ref in refs}
        pairs = [pair for pair in read_dependencies(cursor) if pair.action in keys and pair.blocked_by not in keys]
        rows = _read_open_actions(cursor, workspace.today())[0] if pairs else {}
    return [BlockedAction(rows[key], tuple(blockers)) for key, blockers in _group_blockers(rows, pairs).items()]


def list_closing_doubts(workspace: Workspace, refs: Sequence[str]) -> list[str]:
    """Return why actions might not be closed: they wait for an open one, or are continuing duties. Raises NotFound."""
    with workspace.database.read() as cursor:
        keys = [record_lookup.find_action(cursor, ref)[0] for ref in refs]
        rows = [read_action(cursor, key, workspace.today()) for key in keys]
    sentence = _("{ref} is a continuing duty without an end.")
    duties = [sentence.format(ref=row.ref) for row in rows if row.status is Status.CONTINUING]
    return [*map(str, find_blocked(workspace, refs)), *duties]


def preview_move(workspace: Workspace, ref: str, text: str) -> list[MovedDate]:
    """Return the dates that would move with an action or an event by "+3w" or to a day; nothing is written.

    An action that waits for it moves only if its own date would come before, and then to the first working day that is
    not before. With an event move the actions of its back-plan and the dates relative to it. Raises NotFound, BadInput
    for a move that is not understood, Refused for a closed action.
    """
    from ahtc_tui.domain.dates.parser import shift_day

    today = workspace.today()
    with workspace.database.read() as cursor:
        rows, pairs = _read_open_actions(cursor, today)
        meeting = _find_event(cursor, ref)
        start = None if meeting else _find_open_action(cursor, ref, rows)
        relative = [stored.key for stored in read_relative_dates(cursor, [meeting.ref])] if meeting else []
    known_date = meeting.day if meeting else start and start.due
    base = known_date.latest if known_date and known_date.has_day else None
    if base is None and not text.lstrip().startswith(("+", "-")):
        raise BadInput(_("{ref} has no date. Enter how far it would move, such as +3w.").format(ref=ref))
    day = shift_day(base or today, text)
    if start:
        is_amount = text.lstrip().startswith(("+", "-"))
        day = move_on_to_working_day(day) if is_amount else day
        moved, finishes = [move_due_date(start, day, today)], {start.key: day}
    else:
        assert meeting is not None
        moved, finishes = _move_with_event(meeting, rows, day - (base or today), relative, today)
    followers = find_followers(finishes, rows, pairs)
    moved += [move_due_date(rows[key], day, today) for key, day in followers.items()]
    return [move for move in moved if move is not None]


def _move_with_event(
    meeting: MeetingRow, rows: dict[RowKey, ActionRow], delta: timedelta, relative: Collection[RowKey], today: date
) -> tuple[list[MovedDate | None], dict[RowKey, date]]:
    """Return the moves of an event and of what counts from it, and the new days of these actions."""
    base = meeting.day.latest if meeting.day else None
    tasks = [row for row in rows.values() if row.title.startswith(_build_prefix(meeting)) or row.key in relative]
    moves = [_move_task(row, delta, today, before=None if row.key in relative else base) for row in tasks]
    finishes = {row.key: move.would_be for row, move in zip(tasks, moves, strict=True) if move}
    return [_move_event(meeting, delta, today), *moves], finishes


def _read_open_actions(cursor: Cursor, today: date) -> tuple[dict[RowKey, ActionRow], list[Dependency]]:
    """Return all open actions by key, and the dependencies between them."""
    rows = read_actions(cursor, ActionFilter(), Sort.DUE, today, Page(None))
    return {row.key: row for _place, row in rows}, read_dependencies(cursor)


def _group_blockers(rows: dict[RowKey, ActionRow], pairs: Iterable[Dependency]) -> dict[RowKey, list[ActionRow]]:
    """Return the actions that each blocked action waits for."""
    blockers: dict[RowKey, list[ActionRow]] = {}
    for pair in pairs:
        blockers.setdefault(pair.action, []).append(rows[pair.blocked_by])
    return blockers


def _find_open_action(cursor: Cursor, ref: str, rows: dict[RowKey, ActionRow]) -> ActionRow:
    key, stored_ref = record_lookup.find_action(cursor, ref)
    if key not in rows:
        raise Refused(_("{ref} is closed already.").format(ref=stored_ref))
    return rows[key]


def _find_event(cursor: Cursor, ref: str) -> MeetingRow | None:
    """Return the meeting with a reference; None where it is the reference of an action."""
    try:
        record_lookup.find_action(cursor, ref)
    except NotFound:
        try:
            return read_meeting(cursor, record_lookup.find_meeting_key(cursor, ref))
        except NotFound:
            return None
    return None


def _build_prefix(meeting: MeetingRow) -> str:
    """Return how the titles of the actions of the back-plan of an event begin."""
    year = str(meeting.day.latest.year) if meeting.day else ""
    return f"{meeting.title if year in meeting.title else f'{meeting.title} {year}'}: "


def _move_event(meeting: MeetingRow, delta: timedelta, today: date) -> MovedDate | None:
    if meeting.day is None:
        return None
    would_be = meeting.day.latest + delta
    return MovedDate(meeting.ref, meeting.shown_title, meeting.day, would_be, would_be < today)


def _move_task(row: ActionRow, delta: timedelta, today: date, before: date | None) -> MovedDate | None:
    """Return the move of a task of a back-plan: before the event to an earlier working day, after it to a later one."""
    move = move_due_date(row, row.due.latest + delta, today) if row.due and row.due.has_day else None
    if move is None or before is None or move.due.latest == before:
        return move
    to_working_day = move_back_to_working_day if move.due.latest < before else move_on_to_working_day
    day = to_working_day(move.would_be)
    return replace(move, would_be=day, late=day < today)
