"""Actions of the Delivery Plan: their words, their rules and the rows that people see. Never a database or a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_months
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


class Status(StrEnum):
    """Where an action stands. `continuing` is a standing duty: it has a review date and is never late."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    CONTINUING = "continuing"
    ON_HOLD = "on_hold"
    PROPOSED_COMPLETE = "proposed_complete"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The word that people read: "In progress"."""
        return _(self.value.replace("_", " ").capitalize())


CLOSED_STATUSES = (Status.DONE, Status.CANCELLED)
NEVER_LATE_STATUSES = (*CLOSED_STATUSES, Status.CONTINUING)

REVIEW_MONTHS = 3
"""A continuing duty is looked at once a quarter, unless somebody says another day."""


def compute_next_review(reviewed_on: date) -> DateAsKnown:
    """When a continuing duty that was looked at on a day is looked at again."""
    return DateAsKnown(add_months(reviewed_on, REVIEW_MONTHS))


BLOCKED_SIGN, BLOCKING_SIGN = "‖", "▸"
"""What stands before the title of an open action that waits for another, and of one that another waits for."""


class Brag(StrEnum):
    """Rating by letter: blue is complete, red is off track."""

    BLUE = "B"
    RED = "R"
    AMBER = "A"
    GREEN = "G"

    @property
    def label(self) -> str:
        """The word that goes with the letter."""
        return _(self.name.capitalize())


class Confidence(StrEnum):
    """How sure the lead is of the outcome."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Priority(StrEnum):
    """How much it matters beside the other actions."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class PartyRole(StrEnum):
    """What a party other than the lead does in an action."""

    SUPPORT = "support"
    PARTNER = "partner"
    PARTICIPANT = "participant"
    BENEFICIARY = "beneficiary"
    COMMISSIONER = "commissioner"


class Marking(StrEnum):
    """Protective marking of whatever leaves. Higher tiers are refused: they do not belong in this tool."""

    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official-sensitive"

    @property
    def label(self) -> str:
        """In capitals, as it stands on a page."""
        return _(self.value.upper())


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as lists, cards and exports show it."""

    key: RowKey
    ref: str
    title: str
    objective: str | None
    """The number of its objective, "1" to "7"."""
    objective_title: str | None
    status: Status
    brag: Brag | None
    confidence: Confidence | None
    priority: Priority | None
    lead: str | None
    """The full name of the post, person, organisation or group that leads."""
    lead_ref: str | None
    lead_kind: str | None
    lead_short: str | None
    """The short name where there is one: "AHTC", "CPS"."""
    lead_holder: str | None
    """Who holds the leading post now; on closed work, who held it then."""
    support: tuple[str, ...]
    due: DateAsKnown | None
    original_due: DateAsKnown | None
    slips: int
    review_on: DateAsKnown | None
    closed_on: DateAsKnown | None
    raised_on: DateAsKnown | None
    source: str | None
    """The meeting or the paragraph of the paper that it comes from."""
    meeting: str | None
    latest_update: str | None
    latest_update_on: date | None
    marking: Marking
    evidence: str | None
    blocked: bool
    blocking: bool

    @property
    def lead_label(self) -> str:
        """The lead in a narrow column: its short name, else its name, else a dash."""
        return self.lead_short or self.lead or "–"

    @property
    def signed_title(self) -> str:
        """The title, behind the signs that say whether it waits for others or others for it."""
        signs = (
            f"{BLOCKED_SIGN if self.blocked else ''}{BLOCKING_SIGN if self.blocking else ''}" if self.is_open else ""
        )
        return f"{signs} {self.title}" if signs else self.title

    @property
    def is_open(self) -> bool:
        """Still to be worked on."""
        return self.status not in CLOSED_STATUSES

    def days_left(self, today: date) -> int | None:
        """Days from today to the latest day that the due date allows; negative when past; None without a day."""
        if self.due is None or self.due.latest.year == 9999:
            return None
        return (self.due.latest - today).days

    def is_late(self, today: date) -> bool:
        """Past its due date, and neither closed nor a continuing duty."""
        return is_late(self.status, self.due, today)


def is_late(status: Status, due: DateAsKnown | None, today: date) -> bool:
    """Late is: a due date whose latest day is past, on an action that is neither closed nor continuing."""
    return due is not None and due.latest < today and status not in NEVER_LATE_STATUSES


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One dated line of progress."""

    said_on: date
    text: str
    brag: Brag | None
    status: Status | None
    said_by: str | None


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One move of a due date."""

    from_due: DateAsKnown | None
    to_due: DateAsKnown | None
    reason: str | None
    slipped_on: date


@dataclass(frozen=True, slots=True)
class ActionCard:
    """Everything about one action."""

    row: ActionRow
    detail: str | None
    parties: tuple[tuple[PartyRole, str], ...]
    partner_text: str | None
    areas: tuple[str, ...]
    group: str | None
    part_of: str | None
    blocked_by: tuple[str, ...]
    blocks: tuple[str, ...]
    decisions: tuple[str, ...]
    recommendation: str | None
    started_on: DateAsKnown | None
    outcome: str | None
    in_plan: bool
    note: str | None
    source: str | None
    """The paragraph of the paper that evidences the record."""
    updates: tuple[UpdateRow, ...]
    slips: tuple[SlipRow, ...]
    changes: int
    """How many lines of history it has."""
    brag_reason: str | None = None
    """Why the rating is what it is."""
    repeats: str | None = None
    """How often it comes again: "every 3 months"."""
    holders: tuple[tuple[str, str], ...] = ()
    """Of the posts that help: the name of each whose holder is known, and the holder."""
    closing_meeting: str | None = None
    """Where the group agreed that it is done."""
    chases: tuple[tuple[date, str], ...] = ()
    """When it was chased and whom, the latest first."""

    def with_holder(self, party: str) -> str:
        """A party that helps, with whoever holds it: "SPOC Gwent (A Name)"."""
        holder = dict(self.holders).get(party)
        return f"{party} ({holder})" if holder else party
