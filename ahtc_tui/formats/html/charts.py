"""Charts of the dashboard as inline SVG: positions of bars, lines and labels, and a text with every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from ahtc_tui.domain.dates.date_as_known import format_long_date, read_iso_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.documents.dashboard import Dashboard
from ahtc_tui.domain.evidence.practice import AdoptionStatus, count_cells
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.plan.model import RATING_KEYS

WIDTH = 360
"""Width of a chart in SVG units, near the width of a telephone in pixels, so that letters keep their size on it."""
LETTER_WIDTH = 5.6
"""Mean width of a letter of a label."""
TOP, ROW, LINE = 6, 34, 12
"""First row, height of a row with one line of label, and height of each further line."""
PLOT_HEIGHT, PLOT_LEFT = 150, 30

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title and the text that replaces it."""

    name: str
    """Name for the ids of its parts."""
    title: str
    description: str
    height: float
    rows: Sequence[Mapping[str, Any]] = ()
    """Bars: lines of the label, top, and parts from left to right."""
    legend: Sequence[tuple[str, str]] = ()
    """Kind and words of each colour."""
    points: str = ""
    """Points of a line."""
    marks: Sequence[Mapping[str, Any]] = ()
    """Texts of the axes."""
    today: float | None = None
    """Position of the day of the page on a date axis."""


def build_charts(dashboard: Dashboard, format_rating: Words, publish: Words) -> list[Chart]:
    """Return the charts that have data."""
    ratings = [(letter.lower(), format_rating(letter)) for letter in RATING_KEYS]
    objectives = [
        (f"{row.number}. {publish(row.printed_title)}", _lower(row.by_brag))
        for row in dashboard.plan.objectives
        if row.total
    ]
    quarters = [
        (format_quarter(quarter.day), _lower(quarter.total.by_brag))
        for quarter in dashboard.trend.quarters
        if quarter.total.total
    ]
    adoptions = [
        (
            publish(row.practice.printed_title),
            {status.value: number for status, number in count_cells(row.cells).by_status},
        )
        for row in dashboard.matrix.rows
    ]
    statuses = [(status.value, status.label) for status in AdoptionStatus]
    charts = [
        _build_bars("by-objective", _("Rating by objective"), objectives, ratings),
        _build_bars("over-time", _("Rating at the end of each quarter"), quarters, ratings),
        _build_burn_down(dashboard),
        _build_timeline(dashboard, publish),
        _build_bars("cascade", _("Places by take-up of each practice"), adoptions, statuses),
    ]
    return [chart for chart in charts if chart]


def _lower(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    return {letter.lower(): number for letter, number in counts}


def _place_row(label: str, parts: Sequence[Mapping[str, Any]], top: float) -> dict[str, Any]:
    """Return a row below `top`: the lines of its label, and below them its parts."""
    lines = wrap(label, int(WIDTH / LETTER_WIDTH))
    placed = [{"y": top + 10 + LINE * number, "text": line} for number, line in enumerate(lines)]
    return {"lines": placed, "y": top + LINE * max(0, len(lines) - 1), "parts": parts}


def _find_bottom(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return where the row after the last one begins."""
    return float(rows[-1]["y"] + ROW) if rows else TOP


def _build_bars(
    name: str, title: str, rows: Sequence[tuple[str, Mapping[str, int]]], kinds: Sequence[tuple[str, str]]
) -> Chart | None:
    """Return bars in parts by kind, all on one scale; None without numbers."""
    longest = max((sum(counts.values()) for _label, counts in rows), default=0)
    if not longest:
        return None
    drawn: list[Mapping[str, Any]] = []
    sentences = []
    for label, counts in rows:
        parts, offset = [], 0.0
        for kind, _words in kinds:
            if number := counts.get(kind, 0):
                width = round(WIDTH * number / longest, 1)
                parts.append(
                    {"kind": kind, "x": round(offset, 1), "width": width, "text": number if width > 16 else ""}
                )
                offset += width
        drawn.append(_place_row(label, parts, _find_bottom(drawn)))
        values = ", ".join(f"{words} {counts[kind]}" for kind, words in kinds if counts.get(kind))
        sentences.append(f"{label}: {values or '–'}.")
    used = [(kind, words) for kind, words in kinds if any(counts.get(kind) for _label, counts in rows)]
    return Chart(name, title, " ".join(sentences), _find_bottom(drawn), drawn, used)


def _build_burn_down(dashboard: Dashboard) -> Chart | None:
    """Return the number of open actions by month as a line; None for fewer than two months."""
    months = dashboard.burn.months
    if len(months) < 2:
        return None
    most = max(1, *(month.open for month in months))
    bottom, span = TOP + PLOT_HEIGHT, WIDTH - PLOT_LEFT - 10
    spots = [
        (round(PLOT_LEFT + span * n / (len(months) - 1), 1), round(bottom - PLOT_HEIGHT * month.open / most, 1))
        for n, month in enumerate(months)
    ]
    labels = [str(read_iso_date(month.month)) for month in months]
    marks = [
        {"x": PLOT_LEFT - 4, "y": TOP + 8, "text": most, "anchor": "end"},
        {"x": PLOT_LEFT - 4, "y": bottom, "text": 0, "anchor": "end"},
        {"x": PLOT_LEFT, "y": bottom + 16, "text": labels[0], "anchor": "start"},
        {"x": WIDTH, "y": bottom + 16, "text": labels[-1], "anchor": "end"},
    ]
    words = ", ".join(f"{label} {month.open}" for label, month in zip(labels, months, strict=True))
    points = " ".join(f"{x},{y}" for x, y in spots)
    return Chart("burn-down", _("Open actions by month"), f"{words}.", bottom + 22, points=points, marks=marks)


def _build_timeline(dashboard: Dashboard, publish: Words) -> Chart | None:
    """Return the dated open actions over a date axis, each from the first to the last day that its date allows."""
    actions = [row for row in (*dashboard.late, *dashboard.due_next) if row.due and row.due.has_day]
    if not actions:
        return None
    days = [day for row in actions if row.due for day in (row.due.earliest, row.due.latest)]
    first, last = min([dashboard.day, *days]), max([dashboard.day, *days])

    def place(day: date) -> float:
        return round((WIDTH - 6) * (day - first).days / max(1, (last - first).days), 1)

    drawn: list[Mapping[str, Any]] = []
    sentences, used = [], {"today"}
    for row in actions:
        assert row.due is not None
        start = place(row.due.earliest)
        kind = "late" if row.is_late(dashboard.day) else "due"
        used.add(kind)
        parts = [{"kind": kind, "x": start, "width": max(6.0, place(row.due.latest) - start), "text": ""}]
        label = f"{row.ref} {publish(row.printed_title)}"
        drawn.append(_place_row(label, parts, _find_bottom(drawn)))
        sentences.append(f"{label}: {publish(format_day(row.due))}.")
    bottom = _find_bottom(drawn)
    marks = [
        {"x": 0, "y": bottom + 12, "text": format_long_date(first), "anchor": "start"},
        {"x": WIDTH, "y": bottom + 12, "text": format_long_date(last), "anchor": "end"},
    ]
    legend = [("late", _("Late")), ("due", pgettext("timeline", "Due")), ("today", format_long_date(dashboard.day))]
    return Chart(
        "timeline", _("Open actions by due date"), " ".join(sentences), bottom + 18, drawn,
        [entry for entry in legend if entry[0] in used], marks=marks, today=place(dashboard.day) + 3,
    )  # fmt: skip
