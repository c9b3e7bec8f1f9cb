"""Actions: states, ratings, the rule for lateness, and the row classes of lists and cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_months
from ahtc_tui.domain.fields.model import Kind, Place, column
from ahtc_tui.domain.i18n import (
    BilingualTitle,
    Language,
    _,
    choose_language,
    choose_printed_text,
    get_current_language,
    gettext_noop,
    mark_untranslated,
    pgettext,
    pgettext_noop,
    render_one_line,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

REVIEW_MONTHS = 3
"""Default interval between reviews of a continuing duty."""

BLOCKED_SIGN, BLOCKING_SIGN = "‖", "▸"
"""Signs before the title of an open action that is blocked, and of one that blocks another."""


class Status(LabelledEnum):
    """State of an action. `continuing` is a duty without an end: it has a review date and is never late."""

    PLANNED = "planned", gettext_noop("Planned"), "cynlluniedig", "wedi'i chynllunio", "heb ddechrau"
    IN_PROGRESS = "in_progress", gettext_noop("In progress"), "ar y gweill", "yn mynd rhagddo"
    CONTINUING = "continuing", gettext_noop("Continuing"), "yn parhau"
    ON_HOLD = "on_hold", gettext_noop("On hold"), "wedi oedi", "wedi'i oedi", "oedwyd", "wedi'i ohirio", "gohiriwyd"
    PROPOSED_COMPLETE = "proposed_complete", gettext_noop("Proposed complete"), "cynnig cau", "cynnig cwblhau"
    DONE = "done", gettext_noop("Done"), "cwblhawyd", "wedi'i chwblhau", "wedi cwblhau"
    CANCELLED = "cancelled", gettext_noop("Cancelled"), "canslwyd", "wedi'i chanslo"


CLOSED_STATUSES = (Status.DONE, Status.CANCELLED)
NEVER_LATE_STATUSES = (*CLOSED_STATUSES, Status.CONTINUING)


def format_status_counts(counts: Iterable[tuple[str, int]]) -> str:
    """Return the statuses that occur with their counts: "2 planned, 1 done"; a dash if there are none.

    Welsh puts the number last, since the participles of the labels agree with it.
    """
    pattern = pgettext("count of a status", "{n} {status}")
    parts = (pattern.format(n=n, status=Status(status).label.lower()) for status, n in counts if n)
    return ", ".join(parts) or "–"


def compute_next_review(reviewed_on: date) -> DateAsKnown:
    """Next review day of a continuing duty that was reviewed on a day."""
    return DateAsKnown(add_months(reviewed_on, REVIEW_MONTHS))


class Brag(LabelledEnum):
    """BRAG rating: blue is complete, red is off track."""

    BLUE = "B", gettext_noop("Blue"), "gl"
    RED = "R", gettext_noop("Red"), "c"
    AMBER = "A", gettext_noop("Amber"), "oren"
    GREEN = "G", gettext_noop("Green"), "gw"

    @property
    def letter(self) -> str:
        """The letter in the current language: "R", in Welsh "C"."""
        return pgettext("letter of a rating", RATING_LETTERS[self])

    @property
    def option_label(self) -> str:
        """Letter and word: "R Red"."""
        return render_one_line(lambda: f"{self.letter} {self.label}")

    @property
    def letter_and_colour(self) -> str:
        """Both words that are read for it: "R (red)"."""
        return f"{self.letter} ({self.label.lower()})"


RATING_LETTERS = {
    Brag.BLUE: pgettext_noop("letter of a rating", "B"),
    Brag.RED: pgettext_noop("letter of a rating", "R"),
    Brag.AMBER: pgettext_noop("letter of a rating", "A"),
    Brag.GREEN: pgettext_noop("letter of a rating", "G"),
}


class Confidence(LabelledEnum):
    """Confidence of the lead in the outcome."""

    HIGH = "high", gettext_noop("High")
    MEDIUM = "medium", gettext_noop("Medium")
    LOW = "low", gettext_noop("Low")


class Priority(LabelledEnum):
    """Importance relative to other actions."""

    HIGH = "high", gettext_noop("High")
    MEDIUM = "medium", gettext_noop("Medium")
    LOW = "low", gettext_noop("Low")


class PartyRole(LabelledEnum):
    """Role of a party other than the lead."""

    SUPPORT = "support", gettext_noop("Support")
    PARTNER = "partner", gettext_noop("Partner")
    PARTICIPANT = "participant", gettext_noop("Participant")
    BENEFICIARY = "beneficiary", gettext_noop("Beneficiary")
    COMMISSIONER = "commissioner", gettext_noop("Commissioner")

    def format_label(self, count: int) -> str:
        """Label before the names of `count` parties: "Partner", "Partners"."""
        return pgettext("several", ROLES_OF_SEVERAL[self]) if count > 1 and self in ROLES_OF_SEVERAL else self.label


ROLES_OF_SEVERAL = {
    PartyRole.PARTNER: pgettext_noop("several", "Partners"),
    PartyRole.PARTICIPANT: pgettext_noop("several", "Participants"),
    PartyRole.BENEFICIARY: pgettext_noop("several", "Beneficiaries"),
    PartyRole.COMMISSIONER: pgettext_noop("several", "Commissioners"),
}
"""Roles whose label is another one before several names."""


MARKING_DESCRIPTOR = r"\s*[-–—:/]\s+|\s+[-–—:/]\s*|,"
"""What separates a marking from its descriptor: "PROTECT - MANAGEMENT"."""


class PaperMarking(LabelledEnum, context="marking", descriptor=MARKING_DESCRIPTOR):
    """A marking of the present scheme or of the one before April 2014. SECRET and TOP SECRET are not supported."""

    OFFICIAL = "official", pgettext_noop("marking", "OFFICIAL")
    OFFICIAL_SENSITIVE = "official-sensitive", pgettext_noop("marking", "OFFICIAL-SENSITIVE")
    NOT_MARKED = "not-protectively-marked", pgettext_noop("marking", "NOT PROTECTIVELY MARKED"), "unclassified"
    PROTECT = "protect", pgettext_noop("marking", "PROTECT")
    RESTRICTED = "restricted", pgettext_noop("marking", "RESTRICTED")
    CONFIDENTIAL = "confidential", pgettext_noop("marking", "CONFIDENTIAL")

    @property
    def handling(self) -> Marking:
        """The marking whose limits apply to it today."""
        return next(marking for marking in Marking if self in (marking, *marking.spellings))

    @property
    def takes_descriptor(self) -> bool:
        """Whether it has descriptors; "OFFICIAL - SENSITIV" may be a higher marking than OFFICIAL."""
        return self.handling.takes_descriptor

    @property
    def is_older(self) -> bool:
        """Whether it belongs to the scheme that ended on 2 April 2014."""
        return self in self.handling.spellings


class Marking(LabelledEnum, context="marking", descriptor=MARKING_DESCRIPTOR):
    """Protective marking of documents and records, each with the older markings that are handled like it."""

    OFFICIAL = "official", pgettext_noop("marking", "OFFICIAL"), PaperMarking.NOT_MARKED
    OFFICIAL_SENSITIVE = (
        "official-sensitive",
        pgettext_noop("marking", "OFFICIAL-SENSITIVE"),
        *(PaperMarking.PROTECT, PaperMarking.RESTRICTED, PaperMarking.CONFIDENTIAL),
    )

    @property
    def takes_descriptor(self) -> bool:
        """Whether it has descriptors, like "OFFICIAL-SENSITIVE: COMMERCIAL"."""
        return self is Marking.OFFICIAL_SENSITIVE

    def covers(self, part: Marking) -> bool:
        """Whether a paper with this marking may print the date of a meeting, or another part, with that marking."""
        return find_highest_marking(self, [part]) is self


def find_highest_marking(requested: Marking, parts: Iterable[Marking]) -> Marking:
    """Highest of the requested marking and the markings of the parts."""
    return max((requested, *parts), key=list(Marking).index)


NOT_LISTED = {
    Place.LIST: "the list has what an action is chosen by; the card has the rest",
    Place.SORT: "it is no column of the list",
    Place.WORKBOOK: "the log is printed: a further column would make it too wide to read",
    Place.IMPORT: "the log does not have it, so that a file cannot return it",
}
NOT_SEARCHED = {Place.SEARCH: "it is no text: a filter finds it"}
OF_ITSELF = {Place.REPEAT: "it tells of one occurrence, and the next one has its own"}


@dataclass(frozen=True, slots=True)
class ActionRow(BilingualTitle):
    """An action in lists, cards and exports."""

    key: RowKey
    ref: str
    title: str
    objective: str | None
    """Number of its objective, "1" to "7"."""
    objective_title: str | None
    status: Status
    brag: Brag | None
    confidence: Confidence | None
    priority: Priority | None
    lead: str | None
    """Full name of the post, person, organisation or group that leads."""
    lead_ref: str | None
    lead_kind: str | None
    lead_short: str | None
    """Short name, if any: "AHTC", "CPS"."""
    lead_holder: str | None
    """Current holder of the leading post; for closed actions the holder at closing."""
    support: tuple[str, ...]
    due: DateAsKnown | None
    original_due: DateAsKnown | None
    slips: int
    review_on: DateAsKnown | None
    closed_on: DateAsKnown | None
    raised_on: DateAsKnown | None
    source: str | None
    """Meeting or paragraph of the paper where the action originates."""
    meeting: str | None
    latest_update: str | None
    latest_update_on: date | None
    marking: Marking
    evidence: str | None
    blocked: bool
    blocking: bool
    lead_vacant: bool = False
    """Whether the action is open and the leading post is vacant."""
    title_cy: str | None = None
    objective_title_cy: str | None = None

    @property
    def returned_title(self) -> str:
        """Title in a file that comes back, as documents print it; in both languages the Welsh above the English."""
        if self.title_cy and get_current_language() is Language.BOTH:
            return f"{self.title_cy}\n{self.title}"
        return self.printed_title

    @property
    def shown_objective(self) -> str | None:
        """Number and title of its objective in the current language: "1. Evidence"."""
        if not self.objective:
            return None
        return f"{self.objective}. {choose_language(self.objective_title or '', self.objective_title_cy)}"

    @property
    def printed_objective(self) -> str | None:
        """Number and title of its objective in the language of a file; English is marked in a Welsh one."""
        if not self.objective:
            return None
        return f"{self.objective}. {choose_printed_text(self.objective_title or '', self.objective_title_cy)}"

    @property
    def printed_update(self) -> str | None:
        """Latest update for a document; it is marked in a Welsh one."""
        return mark_untranslated(self.latest_update)

    @property
    def lead_label(self) -> str:
        """Short name of the lead, else its name, else a dash; a vacant post says so first."""
        return self._format_lead(self.lead_short or self.lead)

    @property
    def lead_in_full(self) -> str:
        """Full name of the lead, for readers outside the office, else a dash; a vacant post says so first."""
        return self._format_lead(self.lead)

    def _format_lead(self, name: str | None) -> str:
        return _("vacant: {post}").format(post=name) if name and self.lead_vacant else name or "–"

    @property
    def lead_with_holder(self) -> str | None:
        """Full name of the lead with the holder of the post in brackets, or that it is vacant."""
        holder = _("vacant") if self.lead_vacant else self.lead_holder
        return f"{self.lead} ({holder})" if holder else self.lead

    @property
    def signed_title(self) -> str:
        """Title, prefixed by the signs for blocked and blocking."""
        signs = (
            f"{BLOCKED_SIGN if self.blocked else ''}{BLOCKING_SIGN if self.blocking else ''}" if self.is_open else ""
        )
        return f"{signs} {self.shown_title}" if signs else self.shown_title

    @property
    def is_open(self) -> bool:
        """Whether the action is neither done nor cancelled."""
        return self.status not in CLOSED_STATUSES

    def days_left(self, today: date) -> int | None:
        """Days from today to the latest day of the due date: negative when past, None without a day."""
        if self.due is None or self.due.latest.year == 9999:
            return None
        return (self.due.latest - today).days

    def is_late(self, today: date) -> bool:
        """Whether the action is past its due date and neither closed nor continuing."""
        return is_late(self.status, self.due, today)


class MonthCounts(NamedTuple):
    """Numbers of actions opened and closed in a month, such as "2013-11"."""

    month: str
    opened: int
    closed: int


def is_late(status: Status, due: DateAsKnown | None, today: date) -> bool:
    """Whether the latest day of the due date is past and the status is neither closed nor continuing."""
    return due is not None and due.latest < today and status not in NEVER_LATE_STATUSES


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One dated progress update."""

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
    """An action with all related records, for the detail pane."""

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
    """Titles of the recommendations that it answers."""
    in_plan: bool
    note: str | None
    source: str | None
    """Paragraph of the paper that is the source of the record."""
    updates: tuple[UpdateRow, ...]
    slips: tuple[SlipRow, ...]
    changes: int
    """Number of changes in its history, including changes of its parts."""
    recommendations: tuple[str, ...] = ()
    """References of the recommendations that it answers."""
    brag_reason: str | None = None
    repeats: str | None = None
    """Recurrence: "every 3 months"."""
    holders: tuple[tuple[str, str], ...] = ()
    """Pairs of supporting post and its holder, where the holder is known."""
    detail_cy: str | None = None
    agenda_item: str | None = None
    """Number and title of the agenda item under which it was agreed."""
    closing_meeting: str | None = None
    """Meeting at which the group agreed completion."""
    chases: tuple[tuple[date, str], ...] = ()
    """Dates and recipients of chasers, latest first."""
    started_on: DateAsKnown | None = field(
        default=None,
        metadata=column(gettext_noop("started on"), Kind.PAST_DATE, not_in=NOT_LISTED | OF_ITSELF | NOT_SEARCHED),
    )
    outcome: str | None = field(
        default=None, metadata=column(gettext_noop("outcome"), Kind.PROSE, not_in=NOT_LISTED | OF_ITSELF)
    )
    merged_into: tuple[str, ...] = ()
    """The action that goes on with its work."""
    merged: tuple[str, ...] = ()
    """Actions that were merged into it."""
    split_from: tuple[str, ...] = ()
    """The action of whose work it was a part."""
    split_into: tuple[str, ...] = ()

    @property
    def is_proposed_cancelled(self) -> bool:
        """Whether its proposal to close it came as "cancelled", which only the group decides."""
        reported = next((update.status for update in self.updates if update.status), None)
        return self.row.status is Status.PROPOSED_COMPLETE and reported is Status.CANCELLED

    def with_holder(self, party: str) -> str:
        """Party with its holder in brackets, if known: "SPOC Gwent (A Name)"."""
        holder = dict(self.holders).get(party)
        return f"{party} ({holder})" if holder else party
