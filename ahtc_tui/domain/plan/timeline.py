"""Timeline of the plan: bars in characters by quarter for actions and milestones.

A date known by month or year is drawn with its whole period; words without a day are not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.actions.model import Brag, Status, is_late
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.dates.quarters import find_previous_quarter_end, find_quarter_end, list_quarters_between
from ahtc_tui.domain.i18n import BilingualTitle, _

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
class TimelineRow(BilingualTitle):
    """An open action or an unmet milestone."""

    ref: str
    title: str
    objective: int | None
    start: date | None
    end: DateAsKnown | None
    status: Status | None
    """None for a milestone."""
    brag: Brag | None
    review_on: DateAsKnown | None = None
    title_cy: str | None = None

    @property
    def has_date(self) -> bool:
        """Whether its end has a day."""
        return self.end is not None and self.end.has_day

    @property
    def undated_label(self) -> str:
        """Text that replaces the bar of an undated row."""
        if self.status is Status.CONTINUING:
            return _("continuing, review {day}").format(day=self.review_on) if self.review_on else _("continuing")
        return str(self.end) if self.end else _("no date")

    def is_late(self, today: date) -> bool:
        """Return whether it is past its date and neither closed nor continuing."""
        if self.status is None:
            return self.end is not None and self.end.latest < today
        return is_late(self.status, self.end, today)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Open actions and milestones by objective and date."""

    rows: tuple[TimelineRow, ...]
    today: date
    objectives: Mapping[int, str] = field(default_factory=dict)
    """Title of each objective by number."""

    @property
    def quarters(self) -> list[date]:
        """Ends of the quarters from the first date to the last, including today."""
        ends = [row.end.latest for row in self.rows if row.end and row.has_date]
        starts = [find_first_day(row) for row in self.rows if row.has_date]
        return list_quarters_between(min([*starts, self.today]), max([*ends, self.today]))


def find_window_start(quarters: Sequence[date], today: date, shown: int) -> int:
    """Index of the first of `shown` quarters that include today and, if possible, the quarter before."""
    now = next((number for number, end in enumerate(quarters) if end >= today), len(quarters) - 1)
    return max(0, min(now - 1, len(quarters) - shown))


def find_first_day(row: TimelineRow) -> date:
    """Return the first day of a dated row."""
    first = row.end.earliest if row.end else NO_DAY
    return min(row.start, first) if row.start else first


def find_cell(day: date, quarters: Sequence[date], cells_per_quarter: int) -> int:
    """Return the cell of a day; -1 before the first quarter, one past the last cell after the last quarter."""
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
    """Draw a row: a line for its duration, shade for the uncertain period, a mark at the latest day.

    A row outside the quarters is an arrow at the edge.
    """
    size = len(quarters) * cells_per_quarter
    cells = [" "] * size
    now = find_cell(today, quarters, cells_per_quarter)
    if 0 <= now < size:
        cells[now] = TODAY_MARK
    if row.end is None or not row.has_date:
        return "".join(cells)
    first = find_cell(row.end.earliest, quarters, cells_per_quarter)
    last = find_cell(row.end.latest, quarters, cells_per_quarter)
    start = find_cell(row.start, quarters, cells_per_quarter) if row.start else first
    for cell in range(max(0, start), min(size, last)):
        cells[cell] = RUNNING_MARK if cell < first else UNCERTAIN_MARK
    if last < 0:
        cells[0] = BEFORE_MARK
    elif start >= size:
        cells[-1] = BEYOND_MARK
    elif last < size:
        cells[last] = EXACT_MARK if row.end.precision is Precision.DAY else APPROXIMATE_MARK
    return "".join(cells)


def format_quarter_headings(quarters: Sequence[date], cells_per_quarter: int) -> str:
    """Return the headings of the quarters: the year at its first quarter, "Q2" at the others."""
    headings = []
    for number, end in enumerate(quarters):
        name = _("Q{number}").format(number=end.month // 3)
        if number == 0 or end.month == 3:
            name = f"{name} {end.year % 100:02}" if cells_per_quarter > 5 else f"'{end.year % 100:02}"
        headings.append(name.ljust(cells_per_quarter)[:cells_per_quarter])
    return "".join(headings)


def format_legend() -> str:
    """Return the legend of the characters."""
    return _(
        "{runs} in progress  {maybe} some time in  {exact} by this date  {about} by the end of it  {now} today"
    ).format(runs=RUNNING_MARK, maybe=UNCERTAIN_MARK, exact=EXACT_MARK, about=APPROXIMATE_MARK, now=TODAY_MARK)
