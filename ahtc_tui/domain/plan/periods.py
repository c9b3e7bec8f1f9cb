"""How the plan stood on a day, from quarter to quarter, and what is left to do month by month. Counts, never actions.

A day is always one that somebody wrote down. What has no known day counts in every period, and is counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import MONTHS, find_month_end
from ahtc_tui.domain.i18n import _

NOT_SAID = "open"
"""What counts by status call an action that was open on the day, where nobody wrote down how it stood."""


class PlanGrouping(StrEnum):
    """Whose counts stand on one line."""

    OBJECTIVE = "objective"
    LEAD = "lead"
    GROUP = "group"

    @property
    def empty_label(self) -> str:
        """What stands for the actions that have none."""
        return {
            PlanGrouping.OBJECTIVE: _("No objective"),
            PlanGrouping.LEAD: _("No lead"),
            PlanGrouping.GROUP: _("No group"),
        }[self]

    @property
    def label(self) -> str:
        """The heading of the column."""
        return _(self.value.capitalize())


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How some actions stood on a day."""

    total: int
    open: int
    late: int
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlanCountsRow:
    """The counts of one objective, lead or group."""

    ref: str | None
    name: str
    counts: ActionCounts

    @property
    def title(self) -> str:
        """The name, as lists call it."""
        return self.name

    @property
    def number(self) -> int | None:
        """Only objectives have one."""
        return None

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total

    @property
    def open(self) -> int:
        """How many are still to be worked on."""
        return self.counts.open

    @property
    def late(self) -> int:
        """How many are late."""
        return self.counts.late

    @property
    def by_brag(self) -> tuple[tuple[str, int], ...]:
        """How many stand at each letter."""
        return self.counts.by_brag


@dataclass(frozen=True, slots=True)
class UndatedFacts:
    """Facts without a day: they count in every period."""

    raised: int
    closed: int
    rated: int

    @property
    def sentence(self) -> str:
        """What is missing, in one sentence; nothing where nothing is."""
        parts = [
            text.format(n=number)
            for text, number in (
                (_("{n} without a day on which they were raised"), self.raised),
                (_("{n} closed on no known day"), self.closed),
                (_("{n} rated on no known day"), self.rated),
            )
            if number
        ]
        return _("In every period: {what}.").format(what=", ".join(parts)) if parts else ""


@dataclass(frozen=True, slots=True)
class PlanOnDay:
    """The plan on a day."""

    day: date
    total: ActionCounts
    rows: tuple[PlanCountsRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One objective, lead or group on two days."""

    ref: str | None
    name: str
    before: ActionCounts
    after: ActionCounts


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """The plan on two days, side by side."""

    by: PlanGrouping
    first: date
    last: date
    before: ActionCounts
    after: ActionCounts
    rows: tuple[ComparedRow, ...]
    undated: UndatedFacts


@dataclass(frozen=True, slots=True)
class PlanTrend:
    """The plan at the end of each quarter, the earliest first."""

    quarters: tuple[PlanOnDay, ...]
    undated: UndatedFacts


@dataclass(frozen=True, slots=True)
class BurnMonth:
    """What was raised and closed in a month, and what was open at its end."""

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
    """What finds the actions behind a line, as it is typed behind `/`: "@Crown @Prosecution", "obj:3", "#-"."""
    sign = {PlanGrouping.LEAD: "@", PlanGrouping.GROUP: "#", PlanGrouping.OBJECTIVE: "obj:"}[by]
    if ref is None:
        return f"{sign}-"
    return f"{sign}{ref}" if by is PlanGrouping.OBJECTIVE else " ".join(f"{sign}{word}" for word in name.split())


def build_empty_counts() -> ActionCounts:
    """No action at all."""
    return ActionCounts(0, 0, 0, (), ())


def compare_days(by: PlanGrouping, before: PlanOnDay, after: PlanOnDay, undated: UndatedFacts) -> PlanComparison:
    """Both days, a line for whoever has actions on one of them."""
    first = {(row.ref, row.name): row.counts for row in before.rows}
    last = {(row.ref, row.name): row.counts for row in after.rows}
    row_keys = [*last, *(key for key in first if key not in last)]
    rows = (
        ComparedRow(*key, first.get(key, build_empty_counts()), last.get(key, build_empty_counts())) for key in row_keys
    )
    return PlanComparison(by, before.day, after.day, before.total, after.total, tuple(rows), undated)


def find_quarter_end(day: date) -> date:
    """The last day of the quarter in which a day lies."""
    return find_month_end(day.year, (day.month + 2) // 3 * 3)


def find_previous_quarter_end(day: date) -> date:
    """The last day of the quarter before the one in which a day lies."""
    return find_month_end(day.year - 1, 12) if day.month < 4 else find_month_end(day.year, (day.month - 1) // 3 * 3)


def list_quarter_ends(last: date, number: int) -> list[date]:
    """The ends of so many quarters, the last one being that in which `last` lies; the earliest first."""
    ends = [find_quarter_end(last)]
    while len(ends) < number:
        ends.append(find_previous_quarter_end(ends[-1]))
    return ends[::-1]


def list_quarters_between(first: date, last: date) -> list[date]:
    """The ends of the quarters from that of one day to that of another, the earliest first."""
    ends = [find_quarter_end(first)]
    while ends[-1] < find_quarter_end(last):
        ends.append(find_quarter_end(ends[-1] + timedelta(days=1)))
    return ends


def format_quarter(end: date) -> str:
    """A quarter as people say it: "Oct to Dec 2013"."""
    first, last = _(MONTHS[end.month - 2])[:3], _(MONTHS[end.month])[:3]
    return _("{first} to {last} {year}").format(first=first, last=last, year=end.year)


def format_quarter_code(end: date) -> str:
    """A quarter as a key: "2013-Q4"."""
    return f"{end.year}-Q{end.month // 3}"
