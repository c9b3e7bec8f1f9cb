"""Gaps first: what is missing in the minutes of a meeting before a copy goes out or the meeting is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.meetings.model import LineKind
from ahtc_tui.domain.minutes.checks import Gap, GapKind, gaps_of_action, says_nothing
from ahtc_tui.domain.minutes.lifecycle import paragraph_numbers
from ahtc_tui.services import record_lookup
from ahtc_tui.store.actions import queries as stored_actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.meetings import attendance as stored_attendance
from ahtc_tui.store.meetings.cards import card
from ahtc_tui.store.minutes import lifecycle as stored
from ahtc_tui.store.minutes import queries as stored_minutes

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.meetings.model import MeetingCard
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def gaps(workspace: Workspace, ref: str) -> list[Gap]:
    """Everything missing, in the order of the paper; an empty list says that it may go out. Raises NotFound."""
    with workspace.database.read() as cursor:
        meeting, _ref = record_lookup.meeting(cursor, ref)
        return gaps_of(cursor, meeting, card(cursor, meeting, workspace.today()), workspace.today())


def gaps_of(cursor: Cursor, meeting: bytes, whole: MeetingCard, today: date) -> list[Gap]:
    """The same for a meeting that was read already."""
    asked = ActionFilter(which=Which.ALL, meeting=meeting)
    listed = stored_actions.listed(cursor, asked, Sort.REF, today, Page(None))
    found = [*_of_lines(whole, {action.ref: action for _place, action in listed}), *_of_items(cursor, meeting)]
    found.sort(key=lambda gap: (gap.item is None, gap.item or 0, gap.line is not None))
    return [*_of_attendance(cursor, meeting, today), *found]


def _of_attendance(cursor: Cursor, meeting: bytes, today: date) -> Iterator[Gap]:
    waiting = [name for _key, name in stored_attendance.not_marked(cursor, meeting, today)]
    if not waiting and stored.nothing_said_of(cursor, meeting):
        waiting = [""]
    for name in waiting:
        yield Gap(GapKind.NO_ATTENDANCE, None, None, None, name)


def _of_lines(whole: MeetingCard, actions: dict[str, ActionRow]) -> Iterator[Gap]:
    numbers = paragraph_numbers(whole.lines, max((item.position for item in whole.agenda), default=0))
    for line in whole.lines:
        action = actions.pop(line.action, None) if line.action else None
        for kind in gaps_of_action(action) if action else ():
            yield Gap(kind, line.item, numbers[line.key], line.action, line.text, line.key)
        if line.kind is LineKind.DECISION and says_nothing(line.text):
            yield Gap(GapKind.NO_WORDS, line.item, numbers[line.key], line.decision, line.text, line.key)
    for action in actions.values():
        for kind in gaps_of_action(action):
            yield Gap(kind, None, None, action.ref, action.title)


def _of_items(cursor: Cursor, meeting: bytes) -> Iterator[Gap]:
    """What the agenda had and the minutes have not. Nobody misses words under "Welcome", or what stands every time."""
    for _key, item in stored_minutes.standings(cursor, meeting):
        if not item.discussed and not item.standing:
            yield Gap(GapKind.NOTHING_RECORDED, item.position, None, None, item.title)
