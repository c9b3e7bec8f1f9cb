"""What one looks at on Monday morning: the rows of the Today page and its limits. Never a database or a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.enums import MeetingKind, MeetingState

SECTION_ROWS = 8
"""Rows of a section until all are asked for."""
MEETING_ROWS = 5
SOON_DAYS = 14
"""Days ahead within which a due date is soon."""
PAPER_DAYS = 42
"""Days ahead within which a paper that somebody asked for is in sight: it wants drafting, clearing, translating."""
QUIET_DAYS = 14
"""Days without an update after which the lead of a late or soon due action is chased."""
CONTACT_DAYS = 90
"""Days since the last contact after which an organisation of the log counts as not spoken to, where it has no tier."""
GATHERING_KINDS = (MeetingKind.MEETING, MeetingKind.VISIT, MeetingKind.CONFERENCE, MeetingKind.SCRUTINY)
"""Dated events that gather people, so that an agenda can be missing."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Section(Generic[Row]):
    """A list of the page: its first rows, and how many there are."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting or dated event that is still to come."""

    ref: str
    title: str
    group: str | None
    kind: MeetingKind
    state: MeetingState
    day: DateAsKnown
    starts: str | None
    """The wall time in London, "10:00"."""
    place: str | None
    items: int
    papers_due: DateAsKnown | None
    """The first day on which a paper of it is due, else that on which its papers go out; None where that is past."""
    source: str | None
    all_day: bool = False

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """What it still wants, in words; nothing is missing of an event that gathers nobody."""
        if self.kind not in GATHERING_KINDS:
            return ()
        requirements = (
            (_("no agenda"), self.items),
            (_("no time"), self.starts or self.all_day),
            (_("no place"), self.place),
        )
        return tuple(words for words, is_present in requirements if not is_present)


@dataclass(frozen=True, slots=True)
class CommissionDue:
    """A paper that somebody asked for and that was not sent yet."""

    ref: str
    title: str
    asked_by: str | None
    due: DateAsKnown

    def is_late(self, today: date) -> bool:
        """Its day is past."""
        return self.due.latest < today


@dataclass(frozen=True, slots=True)
class ChaseCandidate:
    """Somebody who leads late or soon due actions and has said nothing of late."""

    ref: str
    name: str
    kind: str
    holder: str | None
    """Who holds the post now."""
    email: str | None
    actions: int
    late: int
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuietContact:
    """Somebody who has not been spoken to for a while, or who sent apologies twice running."""

    ref: str
    name: str
    last_on: DateAsKnown | None
    kind: str
    """What the last contact was: "visit"; why they are here where there never was one."""
    days: int | None
    party: str = "organisation"
    """Person, post or organisation."""
    why: str = ""
    """In words: "over 30 days", "apologies twice: Leadership Group"."""
    apologies: str | None = None
    """The group for whose last two meetings they sent apologies."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """The Today page."""

    date: date
    late: Section[ActionRow]
    due_soon: Section[ActionRow]
    awaiting_review: Section[ActionRow]
    """Continuing duties whose review day has come or that have none. Never late."""
    continuing: int
    """All continuing duties."""
    next_review: DateAsKnown | None
    """The first day of review of any of them."""
    proposed_complete: Section[ActionRow]
    """What owners propose as complete; the group closes."""
    next_meetings: Section[NextMeeting]
    chase: Section[ChaseCandidate]
    no_lead: int
    """Late or soon due actions that nobody leads, so nobody can be chased."""
    not_spoken_to: Section[QuietContact]
    papers: Section[CommissionDue]
    """Papers that others asked for, due before long or late."""
    open: int
    conflicts: int = 0
    """What two people wrote apart and nobody decided yet."""
