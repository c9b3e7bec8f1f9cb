"""Row classes and limits of the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import BilingualTitle, _, ngettext
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState

if TYPE_CHECKING:
    from ahtc_tui.domain.history import StepRow
    from ahtc_tui.domain.plan.model import ObjectiveRow

SECTION_ROWS = 8
"""Rows that a section shows at first."""
MEETING_ROWS = 5
SOON_DAYS = 14
"""Days ahead within which a due date is soon."""
PAPER_DAYS = 42
"""Days ahead within which a commissioned paper is listed, since drafting, clearing and translating take time."""
QUIET_DAYS = 14
"""Days without an update after which the lead of a late or soon due action is chased."""
CALENDAR_WEEKS = 5
"""Weeks of the calendar, this week first."""
CONTACT_DAYS = 90
"""Days since the last contact after which an organisation without a tier is listed as not contacted."""
TERM_DAYS = 90
"""Days ahead within which the end of a term is listed."""
GATHERING_KINDS = (MeetingKind.MEETING, MeetingKind.VISIT, MeetingKind.CONFERENCE, MeetingKind.SCRUTINY)
"""Kinds of event that people attend, so that a missing agenda, time or place matters."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Section(Generic[Row]):
    """A list of the page: its first rows and the total number."""

    rows: tuple[Row, ...]
    total: int
    others: tuple[int, ...] = ()
    """Number of further records that each row stands for; empty where each stands for itself."""

    @property
    def hidden(self) -> int:
        """Number of records that the rows do not stand for."""
        return self.total - len(self.rows) - sum(self.others)

    @property
    def counted_rows(self) -> Iterator[tuple[Row, int]]:
        """The rows, each with the number of further records that it stands for."""
        return zip(self.rows, self.others or [0] * len(self.rows), strict=True)


def count_others(when: str, others: int) -> str:
    """Return how late a record is, with the number of further records of its row."""
    return ngettext("{when}, {n} more", "{when}, {n} more", others, when=when) if others else when


NO_RECORDS: Section[Any] = Section((), 0)


@dataclass(frozen=True, slots=True)
class NextMeeting(BilingualTitle):
    """A future meeting or dated event."""

    ref: str
    title: str
    group: str | None
    kind: MeetingKind
    state: MeetingState
    day: DateAsKnown
    starts: time | None
    """Wall time in London."""
    place: str | None
    items: int
    papers_due: DateAsKnown | None
    """First day on which one of its papers is due, else the day its papers are sent; None if that is past."""
    source: str | None
    all_day: bool = False
    is_interpreter_to_book: bool = False
    """Whether at least 10 per cent of those invited wish to use Welsh and no interpreter is booked."""
    title_cy: str | None = None
    marking: Marking = Marking.OFFICIAL

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """Missing parts ("no agenda", "no time", "no place"); empty for events without participants."""
        if self.kind not in GATHERING_KINDS:
            return ()
        requirements = (
            (_("offer Welsh, no interpreter"), not self.is_interpreter_to_book),
            (_("no agenda"), self.items),
            (_("no time"), self.starts or self.all_day),
            (_("no venue"), self.place),
        )
        return tuple(words for words, is_present in requirements if not is_present)


@dataclass(frozen=True, slots=True)
class CommissionDue(BilingualTitle):
    """A commissioned paper that has not been sent."""

    ref: str
    title: str
    title_cy: str | None
    asked_by: str | None
    due: DateAsKnown

    def is_late(self, today: date) -> bool:
        """Return whether its due date is past."""
        return self.due.latest < today


@dataclass(frozen=True, slots=True)
class ChaseCandidate:
    """A lead of late or soon due actions without recent updates."""

    ref: str
    name: str
    kind: str
    holder: str | None
    """Current holder of the post, or representative of the organisation."""
    email: str | None
    actions: int
    late: int
    refs: tuple[str, ...]
    vacant: bool = False
    """Whether the post is vacant."""
    chased_on: date | None = None
    """Day of the last chaser to this lead about any action."""


@dataclass(frozen=True, slots=True)
class QuietContact:
    """A contact who was not contacted within the limit, or who sent apologies twice in a row."""

    ref: str
    name: str
    last_on: DateAsKnown | None
    kind: str
    """Kind of the last contact ("visit"), or the reason for the row where there was none."""
    days: int | None
    party: str = "organisation"
    """person, post or organisation."""
    why: str = ""
    """Readable reason: "over 30 days", "apologies twice: Leadership Group"."""
    apologies: str | None = None
    """Group for whose last two meetings the contact sent apologies."""


@dataclass(frozen=True, slots=True)
class RecordToReview(BilingualTitle):
    """A decision that is open, terms of reference or a web page to review, or a seat whose term ends."""

    ref: str
    """Reference of the decision, the group or the page."""
    title: str
    detail: str
    """Status of a decision, version of terms of reference, or group of a seat."""
    due: DateAsKnown | None
    """Day of the decision, of the review or of the end of the term; None for a page that was never reviewed."""
    title_cy: str | None = None


@dataclass(frozen=True, slots=True)
class UnheldWork:
    """A vacant post, or a person whose last post or seat has ended, with open work that was not taken over."""

    ref: str
    name: str
    kind: str
    """post or person."""
    actions: int
    """Open actions that it leads."""
    seats: int
    since: DateAsKnown | None
    """First day without a holder, or after the last term of the person."""

    @property
    def label(self) -> str:
        """Name, after what is the matter."""
        sentence = _("vacant: {post}") if self.kind == "post" else _("left: {post}")
        return sentence.format(post=self.name)

    @property
    def work(self) -> str:
        """Work that waits for a person."""
        actions = [ngettext("1 open action", "{n} open actions", self.actions)] if self.actions else []
        seats = [ngettext("1 seat", "{n} seats", self.seats)] if self.seats else []
        return ", ".join((*actions, *seats))


@dataclass(frozen=True, slots=True)
class TodayView:
    """All sections and counts of the Today page."""

    date: date
    late: Section[ActionRow]
    """Red ones first; a row stands for all late actions of its lead."""
    due_soon: Section[ActionRow]
    awaiting_review: Section[ActionRow]
    """Continuing duties whose review is due or that have no review day. Never late."""
    continuing: int
    """Number of all continuing duties."""
    next_review: DateAsKnown | None
    """Earliest review day of a continuing duty."""
    proposed_complete: Section[ActionRow]
    """Actions that their owners propose as complete; the group closes them."""
    next_meetings: Section[NextMeeting]
    chase: Section[ChaseCandidate]
    no_lead: int
    """Number of late or soon due actions without a lead."""
    not_spoken_to: Section[QuietContact]
    papers: Section[CommissionDue]
    """Commissioned papers that are late or due soon."""
    open: int
    decisions: Section[RecordToReview] = NO_RECORDS
    """Decisions that are proposed, or agreed with actions and not marked as implemented."""
    terms_of_reference: Section[RecordToReview] = NO_RECORDS
    """Groups whose terms of reference are overdue for review."""
    seats_ending: Section[RecordToReview] = NO_RECORDS
    """Seats whose term ends within TERM_DAYS and that have no next term."""
    web_pages: Section[RecordToReview] = NO_RECORDS
    """Web pages that are due for review."""
    promises: Section[RecordToReview] = NO_RECORDS
    """Promises that are late or soon due; a late one stands for all late ones to the same party."""
    unheld: Section[UnheldWork] = Section((), 0)
    """Vacant posts and people who left, with open work."""
    conflicts: int = 0
    """Number of conflicts between concurrent changes that are not resolved."""
    retention_due: int = 0
    """Number of records and files whose period of the retention schedule is over."""


class DayMark(Enum):
    """Event on a day of the month."""

    MEETING = "meeting"
    PAPERS = "papers"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class MinutesToSend:
    """A meeting that took place and whose minutes were not circulated."""

    ref: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class TodayOverview:
    """Panels around the list of Today: the calendar, the plan, minutes to send, the latest changes."""

    calendar_days: tuple[date, ...]
    """Days of the calendar: whole weeks, from Monday of this week."""
    marks: dict[date, frozenset[DayMark]]
    objectives: tuple[ObjectiveRow, ...]
    minutes_to_send: tuple[tuple[MinutesToSend, date], ...]
    """Meetings, with the day on which their draft minutes are due."""
    steps: tuple[StepRow, ...]
    """Steps since yesterday, the newest first."""
