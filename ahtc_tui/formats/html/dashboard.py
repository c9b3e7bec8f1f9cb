"""The dashboard as one self-contained HTML page without scripts or external resources; user text is escaped.

Equal data give equal bytes. The templates are in `formats/templates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Brag, format_status_counts
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.documents.dashboard import Dashboard, redact_contact_details
from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    count_cells,
    format_cell,
)
from ahtc_tui.domain.i18n import Language, _, join_translations, ngettext, use_language
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.html.charts import build_charts
from ahtc_tui.formats.html.document import build_style, create_environment, join_titles, keep_words_whole, split_at_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ahtc_tui.domain.today import NextMeeting

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
        author=join_translations(
            language.languages, lambda: _("Secretariat, Wales Anti Human Trafficking Leadership Group")
        ),
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
        "brag": _format_rating,
        "letters": lambda counts: _format_rating_counts(dict(counts)),
        "statuses": lambda counts: format_status_counts(dict(counts).items()),
        "bar": lambda counts: _build_bar(
            dict(counts), max((row.total for row in dashboard.plan.objectives), default=0)
        ),
        "formal": format_day,
        "format_source": format_source,
        "charts": build_charts(dashboard, _format_chart_rating, publish_name),
        "where": _format_place,
        "matrix": _build_matrix(dashboard, publish_name),
        "rest": dashboard.plan.unassigned,
        "signs": [(status.symbol, status.label) for status in AdoptionStatus],
        "late_words": lambda days: ngettext("1 day late", "{n} days late", days),
    }


def _format_rating(letter: str | None) -> str:
    """Return letter and word: "R Red"."""
    return f"{letter} {Brag(letter).label}" if letter and letter != UNRATED_KEY else _("not rated")


def _format_chart_rating(letter: str) -> str:
    return _format_rating(None if letter == "none" else letter)


def _format_rating_counts(counts: dict[str, int]) -> str:
    """Return the ratings that occur with their counts: "2 R Red, 1 A Amber"."""
    return (
        ", ".join(f"{counts[letter]} {_format_rating(letter)}" for letter in RATING_KEYS if counts.get(letter)) or "–"
    )


def _build_bar(counts: dict[str, int], longest: int) -> list[dict[str, Any]]:
    """Return the parts of a bar from left to right: position, width, kind and label."""
    parts, offset = [], 0.0
    for letter in RATING_KEYS:
        if number := counts.get(letter, 0):
            width = round(BAR_LENGTH * number / max(longest, 1), 1)
            label = f"{number} {letter if letter != UNRATED_KEY else '–'}"
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
