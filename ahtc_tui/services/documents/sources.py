"""Reads everything that the agenda or the minutes of a meeting are made of, in one transaction. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.documents.meeting_document import Cut, Language
from ahtc_tui.domain.welsh.meeting_documents import Tongue
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.participant_names import Names
from ahtc_tui.services.meetings.series_dates import following
from ahtc_tui.store.actions import queries as stored_actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.documents import meeting_documents as stored
from ahtc_tui.store.meetings import agenda as stored_agenda
from ahtc_tui.store.meetings.cards import card
from ahtc_tui.store.minutes import agreed_snapshot as stored_agreed
from ahtc_tui.store.minutes import lifecycle as stored_issuing

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
    from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, Standing
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that the paper is made of, read in one transaction."""

    card: MeetingCard
    people: list[stored.Attendee]
    following: MeetingRow | None
    actions: dict[str, ActionRow]
    """The actions of the meeting by reference, in the order of the log; of agreed minutes as they were agreed."""
    earlier: list[ActionRow]
    """Open actions of the group that are not of this meeting; read for the chair only."""
    arising: list[ActionRow]
    """Open actions of the group's earlier meetings, for the agenda that has an item on matters arising."""
    names: Names
    tongue: Tongue
    standing: Standing
    amendments: list[AmendmentRow]
    issued: int
    """The number of the last issued copy; 0 before the first."""


def read_source(cursor: Cursor, workspace: Workspace, ref: str, cut: Cut, language: Language) -> Source:
    """The record of a meeting, and what of it there is in the language. Raises NotFound."""
    key, _ref = record_lookup.meeting(cursor, ref)
    today = workspace.today()
    meeting = card(cursor, key, today)
    row = meeting.row
    day = row.day.latest if row.day and row.day.latest != NO_DAY else today
    people = stored.people_at(cursor, key, day)
    names = Names(cut, stored.short_names(cursor), stored.private_people(cursor, day) if cut is Cut.PUBLISHED else {})
    names.introduce(people)
    tongue = Tongue(language, *stored.welsh(cursor, key)) if language is Language.CY else Tongue()
    names.welsh = tongue.names
    agreed = stored_agreed.as_agreed(cursor, key, today)
    own = _listed(cursor, workspace, ActionFilter(which=Which.ALL, meeting=key))
    group = record_lookup.group(cursor, row.group_ref) if cut is Cut.CHAIR else None
    earlier = _listed(cursor, workspace, ActionFilter(group=group)) if group else []
    return Source(
        meeting,
        people,
        following(cursor, row, stored.following(cursor, key)),
        {action.ref: action for action in (own if agreed is None else agreed)},
        [action for action in earlier if action.meeting != row.ref],
        stored_agenda.open_from_earlier(cursor, key) if any(item.matters for item in meeting.agenda) else [],
        names,
        tongue,
        stored_issuing.standing(cursor, key),
        stored_issuing.amendments(cursor, key),
        stored_issuing.next_version(cursor, key) - 1,
    )


def _listed(cursor: Cursor, workspace: Workspace, asked: ActionFilter) -> list[ActionRow]:
    found = stored_actions.listed(cursor, asked, Sort.REF, workspace.today(), Page(None))
    return [action for _place, action in found]
