"""Row classes of the Delivery Plan: versions, aims, objectives and milestones, with counts of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import BilingualText, BilingualTitle, _, choose_language, gettext_noop, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.plan.brag_meanings import Meaning

UNRATED_KEY = "none"
"""Key of unrated actions in counts by letter."""
RATING_KEYS = (*(brag.value for brag in Brag), UNRATED_KEY)
"""Keys of counts by letter, in the order in which they are shown: B, R, A, G, then the unrated ones."""


def format_rating_mark(key: str | None) -> str:
    """Return the letter of a key in the current language, or a dash for the unrated ones."""
    return Brag(key).letter if key and key != UNRATED_KEY else "–"


def format_rating_name(key: str | None) -> str:
    """Return letter and word of a key, "R Red", or "not rated"."""
    return Brag(key).option_label if key and key != UNRATED_KEY else _("not rated")


def count_open(total: int, by_status: Sequence[tuple[str, int]]) -> int:
    """Return the number of actions of `total` that are neither done nor cancelled."""
    return total - sum(number for status, number in by_status if status in CLOSED_STATUSES)


class Basis(LabelledEnum):
    """Basis of an objective: stated by the plan, or a working grouping, which is never shown as the plan's."""

    STATED = "stated", gettext_noop("as defined in the plan")
    GROUPING = "grouping", gettext_noop("grouped by the secretariat")


@dataclass(frozen=True, slots=True)
class AimRow(BilingualText):
    """An aim of the plan."""

    ref: str
    text: str
    source: str | None
    text_cy: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveRow(BilingualTitle):
    """An objective with counts of its actions."""

    key: RowKey
    ref: str
    number: int
    title: str
    basis: Basis
    total: int
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]
    """Counts by letter; "none" counts unrated actions."""
    late: int
    source: str | None
    title_cy: str | None = None

    @property
    def open(self) -> int:
        """Number of open actions."""
        return count_open(self.total, self.by_status)


@dataclass(frozen=True, slots=True)
class PlanVersion(BilingualTitle):
    """A version of the plan with its BRAG meanings."""

    key: RowKey
    ref: str
    title: str
    version: str | None
    agreed_on: DateAsKnown | None
    owner: str | None
    brag: tuple[Meaning, ...]
    note: str | None
    in_force: bool
    title_cy: str | None = None
    from_on: DateAsKnown | None = None
    to_on: DateAsKnown | None = None
    closed_on: DateAsKnown | None = None

    @property
    def descriptions(self) -> list[str]:
        """Known facts of the version: "version 2", "agreed November 2013", "closed 31 March 2014"."""
        parts = [_("version {name}").format(name=self.version)] if self.version else []
        if self.period:
            parts.append(self.period)
        if self.agreed_on:
            parts.append(_("agreed {day}").format(day=self.agreed_on))
        return parts + ([_("closed {date}").format(date=self.closed_on)] if self.closed_on else [])

    @property
    def period(self) -> str:
        """First and last day of the version, as far as they are known."""
        first = _("from {day}").format(day=self.from_on) if self.from_on else ""
        last = _("until {day}").format(day=self.to_on) if self.to_on else ""
        return " ".join(part for part in (first, last) if part)


@dataclass(frozen=True, slots=True)
class PlanEndAction(BilingualTitle):
    """An action of a version of the plan at its end."""

    key: RowKey
    ref: str
    title: str
    title_cy: str | None
    objective: int | None
    """Number of its objective then."""
    lead: str | None
    due: DateAsKnown | None
    status: Status
    brag: Brag | None
    carried: bool
    """Whether it goes on to the next version."""


@dataclass(frozen=True, slots=True)
class PlanEnd:
    """The end of a version of the plan: its actions as they were, or as they would be if it closed now."""

    version: PlanVersion
    closed_on: date
    actions: tuple[PlanEndAction, ...]

    @property
    def carried(self) -> tuple[PlanEndAction, ...]:
        """Actions that go on to the next version."""
        return tuple(action for action in self.actions if action.carried)

    @property
    def ended(self) -> tuple[PlanEndAction, ...]:
        """Open actions that do not go on, and are cancelled."""
        return tuple(action for action in self.actions if not action.carried and action.status not in CLOSED_STATUSES)

    @property
    def summary(self) -> str:
        """How many actions go on to the next plan, and how many are cancelled."""
        carried, ended = len(self.carried), len(self.ended)
        text = ngettext("1 action goes on to the next plan", "{n} actions go on to the next plan", carried)
        if ended:
            text += ", " + ngettext("{n} is cancelled", "{n} are cancelled", ended)
        return f"{text}."


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """Counts of some actions."""

    total: int
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]
    late: int

    @property
    def open(self) -> int:
        """Number of open actions."""
        return count_open(self.total, self.by_status)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan with its aims, objectives and counts."""

    aims: tuple[AimRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    total: int
    """Number of all actions, including those without an objective."""
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]
    late: int
    version: PlanVersion | None = None

    @property
    def open(self) -> int:
        """Number of open actions."""
        return count_open(self.total, self.by_status)

    @property
    def unassigned(self) -> ActionCounts:
        """Counts of the actions without an objective: the totals minus the counts of the objectives."""

        def subtract(totals: tuple[tuple[str, int], ...], name: str) -> tuple[tuple[str, int], ...]:
            counts = [dict(getattr(row, name)) for row in self.objectives]
            return tuple(
                (key, number - sum(part_counts.get(key, 0) for part_counts in counts)) for key, number in totals
            )

        return ActionCounts(
            self.total - sum(row.total for row in self.objectives),
            subtract(self.by_status, "by_status"),
            subtract(self.by_brag, "by_brag"),
            self.late - sum(row.late for row in self.objectives),
        )


@dataclass(frozen=True, slots=True)
class MilestoneRow(BilingualTitle):
    """A milestone with the number of its objective, when it is due and when it was met."""

    key: RowKey
    ref: str
    title: str
    due: DateAsKnown | None
    met_on: DateAsKnown | None
    objective: int
    """Number of its objective."""
    note: str | None
    title_cy: str | None = None

    @property
    def kind_label(self) -> str:
        """Milestone, or without a day outcome: what is to be different when the objective is reached."""
        return _("Milestone") if self.due else _("Outcome")


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """An objective with related records, for the detail pane."""

    row: ObjectiveRow
    aims: tuple[str, ...]
    actions: tuple[tuple[str, str, str], ...]
    """Reference, title and status of each of its actions."""
    milestones: tuple[MilestoneRow, ...]
    note: str | None
    aim_refs: tuple[str, ...] = ()
    """References of its aims, in the same order."""
    welsh: dict[str, str] = field(default_factory=dict)
    """The Welsh of its aims and of the titles of its actions, by their English."""

    def show_text(self, english: str) -> str:
        """Return an aim or the title of an action in the current language."""
        return choose_language(english, self.welsh.get(english))
