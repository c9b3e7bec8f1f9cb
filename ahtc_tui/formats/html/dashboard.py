"""The dashboard as one self-contained HTML page without scripts or external resources; user text is escaped.

Equal data give equal bytes. The templates are in `formats/templates`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import format_status_counts
from ahtc_tui.domain.dates.date_as_known import format_long_date, read_iso_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.dashboard import Dashboard, redact_contact_details
from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    count_cells,
    format_cell,
)
from ahtc_tui.domain.i18n import Language, _, join_translations, ngettext, pgettext, use_language
from ahtc_tui.domain.plan.model import RATING_KEYS, format_rating_mark, format_rating_name
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.html.document import build_style, create_environment, join_titles, keep_words_whole, split_at_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ahtc_tui.domain.today import NextMeeting


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
        (publish(row.practice.printed_title), counts)
        for row in dashboard.matrix.rows
        if (counts := {status.value: number for status, number in count_cells(row.cells).by_status})
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


BAR_LENGTH = 199
"""Length of the longest bar in SVG units."""
MIN_LABEL_WIDTH = 18
"""Width in SVG units below which a letter does not fit into a part of a bar."""


def render_dashboard(dashboard: Dashboard, language: Language, names: Mapping[str, str] | None) -> str:
    """Return the page, in both languages with Welsh first; `names` maps English names of bodies to Welsh ones."""
    marking = join_translations(language.languages, lambda: dashboard.marking.label)
    style, digest = build_style("dashboard.css", marking)
    environment = create_environment("dashboard.html", "dashboard_body.html", "dashboard_charts.html")
    bodies, titles = [], []
    for level, printed_language in enumerate(language.languages, 1):
        with use_language(printed_language):
            variables = _build_variables(dashboard, printed_language, language.languages, names or {})
            body = environment.get_template("dashboard_body.html").render(variables, level=level)
            bodies.append((printed_language.value, body))
            titles.append(_format_title(dashboard))
    page: str = environment.get_template("dashboard.html").render(
        bodies=bodies,
        style=style,
        digest=digest,
        title=join_titles(titles),
        marking=marking,
        skip=join_translations(language.languages, lambda: _("Skip to main content")),
        author=join_translations(language.languages, format_author),
    )
    return page


def _format_title(dashboard: Dashboard) -> str:
    version = dashboard.plan.version
    return redact_contact_details(version.printed_title if version else _("Delivery Plan"))


def _format_release(dashboard: Dashboard) -> str:
    """Return the release, or that a copy of the office is not for publication."""
    if dashboard.release is None:
        return _("Not for publication")
    number, day = dashboard.release
    return _("Release {n}, published {day}").format(n=number, day=format_long_date(day))


def _build_variables(
    dashboard: Dashboard, language: Language, languages: Sequence[Language], names: Mapping[str, str]
) -> dict[str, Any]:
    welsh_names = names if language is Language.CY else {}

    def publish_name(text: str) -> str:
        return redact_contact_details(welsh_names.get(text, text))

    return {
        "_": _,
        "d": dashboard,
        "title": _format_title(dashboard),
        "day": format_long_date(dashboard.day),
        "release": _format_release(dashboard),
        "language": language.value,
        "id": f"{language.value}-" if len(languages) > 1 else "",
        "split": split_at_mark,
        "say": lambda text: keep_words_whole(publish_name(text)),
        "clock": format_clock,
        "ngettext": ngettext,
        "brag": format_rating_name,
        "letters": lambda counts: _format_rating_counts(dict(counts)),
        "statuses": lambda counts: format_status_counts(dict(counts).items()),
        "bar": lambda counts: _build_bar(
            dict(counts), max((row.total for row in dashboard.plan.objectives), default=0)
        ),
        "formal": format_day,
        "format_source": format_source,
        "charts": build_charts(dashboard, format_rating_name, publish_name),
        "where": _format_place,
        "matrix": _build_matrix(dashboard, publish_name),
        "rest": dashboard.plan.unassigned,
        "signs": [(status.symbol, status.label) for status in AdoptionStatus],
        "late_words": lambda days: ngettext("1 day late", "{n} days late", days),
    }


def _format_rating_counts(counts: dict[str, int]) -> str:
    """Return the ratings that occur with their counts: "2 R Red, 1 A Amber"."""
    return (
        ", ".join(f"{counts[letter]} {format_rating_name(letter)}" for letter in RATING_KEYS if counts.get(letter))
        or "–"
    )


def _build_bar(counts: dict[str, int], longest: int) -> list[dict[str, Any]]:
    """Return the parts of a bar from left to right: position, width, kind and label."""
    parts, offset = [], 0.0
    for letter in RATING_KEYS:
        if number := counts.get(letter, 0):
            width = round(BAR_LENGTH * number / max(longest, 1), 1)
            label = f"{number} {format_rating_mark(letter)}"
            kind = letter.lower()
            parts.append(
                {
                    "x": round(offset, 1),
                    "width": width,
                    "kind": kind,
                    "text": label if width >= MIN_LABEL_WIDTH * 1.6 else "",
                }
            )
            offset += width
    return parts


def _format_place(meeting: NextMeeting) -> str:
    """Return the place of a meeting, without the link to join it."""
    place = meeting.place or ""
    return _("online") if "://" in place else redact_contact_details(place) or "–"


def _build_matrix(dashboard: Dashboard, publish_name: Callable[[str], str]) -> dict[str, Any]:
    """Return the practice matrix with local authorities as one count, so that it fits a page."""
    places = dashboard.matrix.places
    folded = dashboard.matrix.list_columns(PlaceKind.AUTHORITY)
    shown = [number for number in range(len(places)) if number not in folded]
    shown.sort(key=lambda number: list(PlaceKind).index(places[number].kind))
    heads = [
        (publish_name(places[position].short or places[position].name), publish_name(places[position].name))
        for position in shown
    ]
    spans: dict[str, int] = {}
    for position in shown:
        spans[places[position].kind.label] = spans.get(places[position].kind.label, 0) + 1
    return {
        "heads": heads,
        "spans": list(spans.items()),
        "folded": len(folded),
        "rows": [_build_practice(row, shown, folded) for row in dashboard.matrix.rows],
    }


def _build_practice(row: MatrixRow, shown: Sequence[int], folded: Sequence[int]) -> dict[str, Any]:
    cells = [row.cells[position] for position in shown]
    adopted = count_cells(row.cells)
    return {
        "title": row.practice.printed_title,
        "in_welsh": bool(row.practice.title_cy),
        "cells": [
            (
                cell.status.symbol if cell else NO_INFORMATION,
                redact_contact_details(format_cell(cell, is_printed=True)[2:]),
                cell.status.value if cell else "none",
            )
            for cell in cells
        ],
        "authorities": count_cells(row.cells[position] for position in folded).summary if folded else "",
        "adopted": _("{adopted} of {answered}").format(adopted=adopted.adopted, answered=adopted.answered),
    }
