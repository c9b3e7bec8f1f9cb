"""Counts of the plan on a day, by quarter and by month.

Only recorded days count. Actions without a known day count in every period and are also counted separately.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum

NOT_SAID = "open"
"""Key in counts by status of actions that were open on the day with an unknown status."""


class PlanGrouping(LabelledEnum):
    """Grouping of the counts."""

    OBJECTIVE = "objective", gettext_noop("Objective")
    LEAD = "lead", gettext_noop("Lead")
    GROUP = "group", gettext_noop("Group")

    @property
    def empty_label(self) -> str:
        """Label of the actions without a value."""
        return {
            PlanGrouping.OBJECTIVE: _("No objective"),
            PlanGrouping.LEAD: _("No lead"),
            PlanGrouping.GROUP: _("No group"),
        }[self]


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How many actions there were on a day, how many were open or late, and how many by status and rating."""

    total: int
    open: int
    late: int
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlanCountsRow:
    """Counts of one objective, lead or group."""

    by: PlanGrouping
    ref: str | None
    name: str
    counts: ActionCounts

    @property
    def shown_title(self) -> str:
        """Same as `name`, for lists of objectives."""
        return self.name

    @property
    def number(self) -> int | None:
        """None, since only objectives have numbers."""
        return None

    @property
    def total(self) -> int:
        """Number of actions."""
        return self.counts.total

    @property
    def open(self) -> int:
        """Number of open actions."""
        return self.counts.open

    @property
    def late(self) -> int:
        """Number of late actions."""
        return self.counts.late

    @property
    def by_brag(self) -> tuple[tuple[str, int], ...]:
        """Counts by letter."""
        return self.counts.by_brag


@dataclass(frozen=True, slots=True)
class UndatedFacts:
    """Numbers of facts without a known day, which count in every period."""

    raised: int
    closed: int
    rated: int

    @property
    def sentence(self) -> str:
        """Sentence about the facts without a day; empty if there are none."""
        parts = [
            text.format(n=number)
            for text, number in (
                (_("{n} with no recorded start date"), self.raised),
                (_("{n} with no recorded closing date"), self.closed),
                (_("{n} with no recorded rating date"), self.rated),
            )
            if number
        ]
        return _("Actions included in every period: {what}.").format(what=", ".join(parts)) if parts else ""


@dataclass(frozen=True, slots=True)
class PlanOnDay:
    """Counts of the plan on a day."""

    day: date
    total: ActionCounts
    rows: tuple[PlanCountsRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Counts of one objective, lead or group on two days."""

    by: PlanGrouping
    ref: str | None
    name: str
    before: ActionCounts
    after: ActionCounts


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Counts of the plan on two days."""

    by: PlanGrouping
    first: date
    last: date
    before: ActionCounts
    after: ActionCounts
    rows: tuple[ComparedRow, ...]
    undated: UndatedFacts


@dataclass(frozen=True, slots=True)
class PlanTrend:
    """Counts of the plan at the end of each quarter, earliest first."""

    quarters: tuple[PlanOnDay, ...]
    undated: UndatedFacts


@dataclass(frozen=True, slots=True)
class BurnMonth:
    """Actions raised and closed in a month, and open at its end."""

    month: str
    raised: int
    closed: int
    open: int


@dataclass(frozen=True, slots=True)
class BurnDown:
    """Open actions by month."""

    months: tuple[BurnMonth, ...]
    undated: UndatedFacts


def format_filter(by: PlanGrouping, ref: str | None, name: str) -> str:
    """Filter text for the actions of a row: "@Crown @Prosecution", "obj:3", "#-"."""
    sign = {PlanGrouping.LEAD: "@", PlanGrouping.GROUP: "#", PlanGrouping.OBJECTIVE: "obj:"}[by]
    if ref is None:
        return f"{sign}-"
    return f"{sign}{ref}" if by is PlanGrouping.OBJECTIVE else " ".join(f"{sign}{word}" for word in name.split())


def build_empty_counts() -> ActionCounts:
    """Counts of no actions."""
    return ActionCounts(0, 0, 0, (), ())


def compare_days(by: PlanGrouping, before: PlanOnDay, after: PlanOnDay, undated: UndatedFacts) -> PlanComparison:
    """Compare two days, with a row for each group that has actions on either day."""
    first = {(row.ref, row.name): row.counts for row in before.rows}
    last = {(row.ref, row.name): row.counts for row in after.rows}
    row_keys = [*last, *(key for key in first if key not in last)]
    rows = (
        ComparedRow(by, *key, first.get(key, build_empty_counts()), last.get(key, build_empty_counts()))
        for key in row_keys
    )
    return PlanComparison(by, before.day, after.day, before.total, after.total, tuple(rows), undated)
