"""Reads the sources of the agenda or minutes of a meeting, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.documents.translation import DocumentTranslation
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow, PaperRow
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, MinutesStatus
from ahtc_tui.domain.settings.parser import VoteStyle
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.participant_names import ParticipantNames
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.meetings.series_dates import find_following_meeting, show_on_next_day
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import queries as action_queries
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.documents import meeting_documents as queries
from ahtc_tui.store.documents import published_names
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings import agenda as agenda_queries
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import agreed_snapshot, lifecycle
from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Source:
    """Records that the document is composed from."""

    card: MeetingCard
    people: list[queries.Attendee]
    following: MeetingRow | None
    actions: dict[str, ActionRow]
    """Actions of the meeting by reference, in the order of the log; for agreed minutes as they were agreed."""
    earlier: list[ActionRow]
    """Open actions of the group from other meetings; read for the chair only."""
    arising: list[ActionRow]
    """Open actions of the group's earlier meetings, where the agenda has an item on matters arising."""
    names: ParticipantNames
    tongue: DocumentTranslation
    minutes_status: MinutesStatus
    amendments: list[AmendmentRow]
    issued: int
    """Number of the last issued copy; 0 before the first."""
    vote_style: VoteStyle
    withheld_papers: tuple[PaperRow, ...] = ()
    """Papers marked above the limit of a published copy, which prints their reason for being withheld alone."""


def read_source(cursor: Cursor, workspace: Workspace, ref: str, cut: Cut, language: Language) -> Source:
    """Return the records of a meeting and its texts in a language. Raises NotFound."""
    key, _ref = record_lookup.find_meeting(cursor, ref)
    today = workspace.today()
    meeting = read_card(cursor, key, today)
    row = show_on_next_day(cursor, meeting.row, today) or meeting.row
    meeting = replace(meeting, row=row)
    day = row.day.latest if row.day and row.day.latest != NO_DAY else today
    people = queries.read_attendees(cursor, key, day)
    registered = published_names.read_registered_people(cursor, day) if cut is Cut.PUBLISHED else []
    names = ParticipantNames(cut, queries.read_short_names(cursor), PrivateNames(registered))
    names.assign_initials(people)
    tongue = (
        DocumentTranslation(language, *queries.read_welsh_texts(cursor, key))
        if language is Language.CY
        else DocumentTranslation()
    )
    names.welsh = tongue.names
    with names_on(cursor, day):
        agreed = agreed_snapshot.read_agreed_actions(cursor, key, today)
        own = _read_actions(cursor, workspace, ActionFilter(which=ActionScope.ALL, meeting=key))
    group = record_lookup.find_group_key(cursor, row.group_ref) if cut is Cut.CHAIR else None
    earlier = _read_actions(cursor, workspace, ActionFilter(group=group)) if group else []
    return Source(
        meeting,
        people,
        find_following_meeting(cursor, row, queries.find_following_meeting(cursor, key, day)),
        {action.ref: action for action in (own if agreed is None else agreed)},
        [action for action in earlier if action.meeting != row.ref],
        agenda_queries.read_open_from_earlier(cursor, key) if any(item.matters for item in meeting.agenda) else [],
        names,
        tongue,
        lifecycle.read_status(cursor, key),
        lifecycle.read_amendments(cursor, key),
        lifecycle.read_next_version(cursor, key) - 1,
        workspace.vote_style,
        _read_withheld_papers(workspace, meeting) if cut is Cut.PUBLISHED else (),
    )


def _read_withheld_papers(workspace: Workspace, meeting: MeetingCard) -> tuple[PaperRow, ...]:
    """Return the papers of a meeting that a limit on the marking hides, and whose reason for that is recorded."""
    if workspace.database.whole is workspace.database:
        return ()
    shown = {paper.ref for paper in meeting.papers}
    with workspace.database.whole.read() as cursor:
        papers = read_card(cursor, meeting.row.key, workspace.today()).papers
    return tuple(paper for paper in papers if paper.ref not in shown and paper.is_withheld)


def _read_actions(cursor: Cursor, workspace: Workspace, action_filter: ActionFilter) -> list[ActionRow]:
    placed_actions = action_queries.read_actions(cursor, action_filter, Sort.REF, workspace.today(), Page(None))
    return [action for _place, action in placed_actions]
