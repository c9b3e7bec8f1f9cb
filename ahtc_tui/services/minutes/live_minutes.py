"""What live minutes ask beside writing lines: the whole meeting, who may own an action, unfinished text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingCard, Presence
from ahtc_tui.domain.minutes.checks import Gap
from ahtc_tui.domain.minutes.lifecycle import Standing
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.times import by_day
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes.checks import gaps_of
from ahtc_tui.store.actions import queries as stored_actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.meetings import attendance as stored_attendance
from ahtc_tui.store.meetings.cards import card
from ahtc_tui.store.minutes import lifecycle as stored_issuing
from ahtc_tui.store.minutes import queries as stored

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

COUNTS_FOR_QUORUM = (Presence.PRESENT, Presence.ONLINE, Presence.DEPUTY, Presence.PART)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as the note-taker sees it."""

    card: MeetingCard
    discussed: tuple[bool, ...]
    """For each item of the agenda, whether anything was said or it was ticked off."""
    quorum: int | None
    present: int
    apologies: int
    waiting: tuple[str, ...]
    """Names of those invited of whom nothing is said yet."""
    wants_welsh: int
    voting: int
    """How many of those present count towards the quorum."""
    standing: Standing
    gaps: tuple[Gap, ...] = ()
    owed: tuple[tuple[str, str], ...] = ()
    """Of each action its reference, and who does it by when: "Jeff Farrar · by end jan"."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who can be named after @."""

    ref: str
    label: str
    """"Stephen Chapman (AHTC)": a post by its holder and its short name."""
    also: str
    """Other words that find it."""


def sitting(workspace: Workspace, ref: str) -> Sitting:
    """Everything about a meeting that is going on. Raises NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = record_lookup.meeting(cursor, ref)
        today = workspace.today()
        whole = card(cursor, key, today)
        states = [row.state for row in whole.attendance]
        return Sitting(
            whole,
            tuple(standing.discussed for _key, standing in stored.standings(cursor, key)),
            stored.quorum(cursor, key),
            sum(state in COUNTS_FOR_QUORUM for state in states),
            states.count(Presence.APOLOGIES),
            tuple(name for _key, name in stored_attendance.not_marked(cursor, key, today)),
            stored_attendance.wants_welsh(cursor, key, today),
            attendance.voting_there(cursor, key, today),
            stored_issuing.standing(cursor, key),
            tuple(gaps_of(cursor, key, whole, workspace.today())),
            tuple(_owed(cursor, key, today)),
        )


def _owed(cursor: Cursor, meeting: bytes, today: date) -> Iterator[tuple[str, str]]:
    asked = ActionFilter(which=Which.ALL, meeting=meeting)
    for _place, action in stored_actions.listed(cursor, asked, Sort.REF, today, Page(None)):
        who = ", ".join(name for name in (action.lead, *action.support) if name) or _("no owner")
        yield action.ref, " · ".join((who, by_day(action.due) or _("no date")))


def owners(workspace: Workspace, ref: str) -> list[Owner]:
    """Who can own an action, those invited first: posts stand for their holders, because open work follows the post."""
    with workspace.database.read() as cursor:
        key, _ref = record_lookup.meeting(cursor, ref)
        found = stored.owners(cursor, key, workspace.today().isoformat())
    return [
        Owner(ref, f"{holder} ({short or name})" if holder else name, f"{name} {short or ''}")
        for ref, name, short, holder in found
    ]


def keep_unfinished(workspace: Workspace, ref: str, text: str) -> None:
    """Keep what is typed and not yet entered, on this laptop only: it is no part of the record."""
    with workspace.database.write(f"unfinished {ref}") as ledger:
        stored.keep_unfinished(ledger.cursor, ref, text)


def unfinished(workspace: Workspace, ref: str) -> str:
    """What was typed and not entered when the screen last closed."""
    with workspace.database.read() as cursor:
        return stored.unfinished(cursor, ref)
