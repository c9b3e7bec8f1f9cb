"""Reads for live minutes: the whole meeting, possible owners of an action, and the unfinished line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_deadline
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.domain.minutes.checks import Gap
from ahtc_tui.domain.minutes.lifecycle import MinutesStatus
from ahtc_tui.domain.minutes.model import UnfinishedLine
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes.checks import find_gaps
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import queries as stored_actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.meetings import attendance as stored_attendance
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import lifecycle as stored_issuing
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.cursor import Cursor

COUNTS_FOR_QUORUM = (Presence.PRESENT, Presence.ONLINE, Presence.DEPUTY, Presence.PART)


@dataclass(frozen=True, slots=True)
class OwedAction:
    """Leads and due date of an action, as text."""

    ref: str
    owners: str
    """Empty where it has no lead."""
    due: DateAsKnown | None

    def __str__(self) -> str:
        return " · ".join((self.owners or _("no lead yet"), format_deadline(self.due) or _("no date")))


@dataclass(frozen=True, slots=True)
class LiveMeeting:
    """A meeting as shown while its minutes are taken."""

    card: MeetingCard
    discussed: tuple[bool, ...]
    """For each agenda item, whether it has lines or was ticked."""
    quorum: int | None
    present: int
    apologies: int
    waiting: tuple[str, ...]
    """Names of invited people without attendance."""
    wants_welsh: int
    voting: int
    """Number of those present who count towards the quorum."""
    voting_by_item: tuple[int, ...]
    """The same for each agenda item, with late arrivals and early departures."""
    minutes_state: MinutesStatus
    gaps: tuple[Gap, ...] = ()
    owed: tuple[OwedAction, ...] = ()
    """Owner and due date of each action."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A possible owner after @."""

    ref: str
    label: str
    """"Stephen Chapman (AHTC)": the holder of a post with the short name of its organisation."""
    names: tuple[str, ...]
    """The name, the short name and the holder, which find it as well."""


def show_live_meeting(workspace: Workspace, ref: str) -> LiveMeeting:
    """Return all details of a meeting in progress. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = record_lookup.find_meeting_key(cursor, ref)
        today = workspace.today()
        meeting_card = read_card(cursor, key, today)
        states = [row.state for row in meeting_card.attendance]
        positions = [item.position for item in meeting_card.agenda]
        voting, *voting_by_item = attendance.count_voting_by_item(cursor, key, today, (None, *positions))
        return LiveMeeting(
            meeting_card,
            tuple(item.discussed for _key, item in queries.read_item_standings(cursor, key)),
            queries.read_quorum(cursor, key),
            sum(state in COUNTS_FOR_QUORUM for state in states),
            states.count(Presence.APOLOGIES),
            tuple(name for _key, name in stored_attendance.read_not_marked(cursor, key, today)),
            stored_attendance.count_welsh_speakers(cursor, key, today),
            voting,
            tuple(voting_by_item),
            stored_issuing.read_status(cursor, key),
            tuple(find_gaps(cursor, key, meeting_card, workspace.today())),
            tuple(_list_owed_actions(cursor, key, today)),
        )


def list_owed_actions(workspace: Workspace, ref: str) -> list[OwedAction]:
    """Return owner and due date of each action of a meeting. Raises NotFound."""
    with workspace.database.read() as cursor:
        return list(_list_owed_actions(cursor, record_lookup.find_meeting_key(cursor, ref), workspace.today()))


def _list_owed_actions(cursor: Cursor, meeting: RowKey, today: date) -> Iterator[OwedAction]:
    action_filter = ActionFilter(which=ActionScope.ALL, meeting=meeting)
    for _place, action in stored_actions.read_actions(cursor, action_filter, Sort.REF, today, Page(None)):
        owners = ", ".join(name for name in (action.lead, *action.support) if name)
        yield OwedAction(action.ref, owners, action.due)


def list_owners(workspace: Workspace, ref: str) -> list[Owner]:
    """Return the possible owners of an action, invited ones first.

    A post is listed for its holder, because open actions stay with the post.
    """
    with workspace.database.read() as cursor:
        key = record_lookup.find_meeting_key(cursor, ref)
        rows = queries.read_owners(cursor, key, workspace.today().isoformat())
    return [
        Owner(
            ref,
            f"{holder} ({short or name})" if holder else name,
            tuple(words for words in (name, short, holder) if words),
        )
        for ref, name, short, holder in rows
    ]


def save_unfinished_line(workspace: Workspace, ref: str, line: UnfinishedLine) -> None:
    """Store the line being typed, on this computer only: it is not part of the record."""
    with workspace.database.write(f"unfinished {ref}") as ledger:
        queries.store_unfinished_line(ledger.cursor, ref, line)


def read_unfinished_line(workspace: Workspace, ref: str) -> UnfinishedLine:
    """Return the line that was being typed when the screen was last closed."""
    with workspace.database.read() as cursor:
        return queries.read_unfinished_line(cursor, ref)
