"""The plan against time: from when to when each thing runs, as far as it is known, drawn in characters by quarter.

A date that is known to the month or the year is drawn as wide as it is known; words without a day are never drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.actions.model import Brag, Status, is_late
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.periods import find_previous_quarter_end, find_quarter_end, list_quarters_between

RUNNING_MARK, UNCERTAIN_MARK, EXACT_MARK, APPROXIMATE_MARK, TODAY_MARK, BEFORE_MARK, BEYOND_MARK = (
    "━",
    "░",
    "◆",
    "◇",
    "│",
    "‹",
    "›",
)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One open action, or a milestone not yet met."""

    ref: str
    title: str
    objective: int | None
    start: date | None
    end: DateAsKnown | None
    status: Status | None
    """None for a milestone."""
    brag: Brag | None
    review_on: DateAsKnown | None = None

    @property
    def has_date(self) -> bool:
        """Whether it has a place on the line."""
        return self.end is not None and self.end.has_day

    @property
    def undated_label(self) -> str:
        """What is said instead of a bar."""
        if self.status is Status.CONTINUING:
            return _("continuing, review {day}").format(day=self.review_on) if self.review_on else _("continuing")
        return str(self.end) if self.end else _("no date")

    def is_late(self, today: date) -> bool:
        """Past its date, and neither closed nor continuing."""
        if self.status is None:
            return self.end is not None and self.end.latest < today
        return is_late(self.status, self.end, today)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is open, in the order of the plan and then of its dates."""

    rows: tuple[TimelineRow, ...]
    today: date
    objectives: Mapping[int, str] = field(default_factory=dict)
    """The title of each objective by its number."""

    @property
    def quarters(self) -> list[date]:
        """The ends of the quarters from the first date to the last; that of the day where nothing has a date."""
        ends = [row.end.latest for row in self.rows if row.end and row.has_date]
        starts = [find_first_day(row) for row in self.rows if row.has_date]
        return list_quarters_between(min([*starts, self.today]), max([*ends, self.today]))


def find_window_start(quarters: Sequence[date], today: date, shown: int) -> int:
    """Where a stretch of so many quarters begins that has today in it, and the quarter before where there is room."""
    now = next((number for number, end in enumerate(quarters) if end >= today), len(quarters) - 1)
    return max(0, min(now - 1, len(quarters) - shown))


def find_first_day(row: TimelineRow) -> date:
    """The first day that a row with a date needs."""
    first = row.end.earliest if row.end else NO_DAY
    return min(row.start, first) if row.start else first


def find_cell(day: date, quarters: Sequence[date], cells_per_quarter: int) -> int:
    """The cell of a day where each quarter has so many; below 0 or past the end outside the quarters."""
    before = find_previous_quarter_end(quarters[0])
    if day <= before:
        return -1
    if day > quarters[-1]:
        return len(quarters) * cells_per_quarter
    number = quarters.index(find_quarter_end(day))
    start = find_previous_quarter_end(day)
    share = (day - start).days - 1
    return number * cells_per_quarter + share * cells_per_quarter // (quarters[number] - start).days


def draw_bar(row: TimelineRow, quarters: Sequence[date], cells_per_quarter: int, today: date) -> str:
    """The row as characters: a line while it runs, shade where its date may lie, a mark at the latest day.

    A row that lies outside altogether is an arrow at the edge behind which it lies.
    """
    size = len(quarters) * cells_per_quarter
    cells = [" "] * size
    now = find_cell(today, quarters, cells_per_quarter)
    if 0 <= now < size:
        cells[now] = TODAY_MARK
    if row.end is None or not row.has_date:
        return "".join(cells)
    first, last = (
        find_cell(row.end.earliest, quarters, cells_per_quarter),
        find_cell(row.end.latest, quarters, cells_per_quarter),
    )
    start = find_cell(row.start, quarters, cells_per_quarter) if row.start else first
    for cell in range(max(0, start), min(size, last)):
        cells[cell] = RUNNING_MARK if cell < first else UNCERTAIN_MARK
    if last < 0 or start >= size:
        cells[0 if last < 0 else -1] = BEFORE_MARK if last < 0 else BEYOND_MARK
    elif last < size:
        cells[last] = EXACT_MARK if row.end.precision is Precision.DAY else APPROXIMATE_MARK
    return "".join(cells)


def format_quarter_headings(quarters: Sequence[date], cells_per_quarter: int) -> str:
    """The names of the quarters above their cells: the year over its first, "Q2" over the others."""
    headings = []
    for number, end in enumerate(quarters):
        name = f"Q{end.month // 3}"
        if number == 0 or end.month == 3:
            name = f"{name} {end.year % 100:02}" if cells_per_quarter > 5 else f"'{end.year % 100:02}"
        headings.append(name.ljust(cells_per_quarter)[:cells_per_quarter])
    return "".join(headings)


def format_legend() -> str:
    """What the characters mean."""
    return _(
        "{runs} runs   {maybe} some time in   {exact} by this day   {about} by the end of it   {now} today"
    ).format(runs=RUNNING_MARK, maybe=UNCERTAIN_MARK, exact=EXACT_MARK, about=APPROXIMATE_MARK, now=TODAY_MARK)
