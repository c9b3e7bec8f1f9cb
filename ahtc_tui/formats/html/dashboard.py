"""The dashboard as one self-contained page of HTML: no script, nothing from elsewhere, every word of a user literal.

The same data give the same bytes. The template beside it has the page; this file the words and the bars.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED, Brag, Status
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.documents.dashboard import public
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.evidence.practice import AdoptionStatus, PlaceKind, cell_words, count_cells
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import UNRATED
from ahtc_tui.domain.welsh.file_language import in_each, said_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2 import Environment

    from ahtc_tui.domain.documents.dashboard import Dashboard
    from ahtc_tui.domain.evidence.practice import MatrixRow
    from ahtc_tui.domain.plan.model import PlanView
    from ahtc_tui.domain.today import NextMeeting

FOLDER = resources.files("ahtc_tui.formats") / "templates"
BAR = 199
"""How long the bar of the longest objective is, in units of its drawing."""
ROOM = 18
"""Units below which no letter fits into a part of a bar."""
ORDER = ("R", "A", "G", "B", UNRATED)


def as_html(found: Dashboard, language: Language, names: Mapping[str, str] | None = None) -> str:
    """The page; in both languages the Welsh one comes first, with the Welsh names of bodies where there are `names`."""
    marking = in_each(language.each, lambda: found.marking.label)
    style = _source("dashboard.css").replace("MARKING", marking)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    bodies = []
    for each in language.each:
        with said_in(each):
            body = (
                _environment()
                .get_template("dashboard_body.html")
                .render(_words(found, each, language.each, names or {}))
            )
            bodies.append((each.value, body, _title(found)))
    with said_in(language.each[0]):
        page: str = (
            _environment()
            .get_template("dashboard.html")
            .render(bodies=bodies, style=style, digest=digest, marking=marking)
        )
    return page


@cache
def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    names = ("dashboard.html", "dashboard_body.html")
    return SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({name: _source(name) for name in names}),
    )


def _title(found: Dashboard) -> str:
    return public(found.plan.title or _("Delivery Plan"))


def _words(
    found: Dashboard, language: Language, languages: Sequence[Language], names: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that the template may name."""
    own = names if language is Language.CY else {}

    def say(text: str) -> str:
        return public(own.get(text, text))

    return {
        "_": _,
        "d": found,
        "title": _title(found),
        "day": long_date(found.day),
        "id": f"{language.value}-" if len(languages) > 1 else "",
        "say": say,
        "number": say_number,
        "brag": _brag,
        "letters": lambda counts: _letters(dict(counts)),
        "statuses": lambda counts: _statuses(dict(counts)),
        "bar": lambda counts: _bar(dict(counts), max((row.total for row in found.plan.objectives), default=0)),
        "day_of": lambda day: long_date(day),
        "where": _where,
        "matrix": _matrix(found, say),
        "rest": _rest(found.plan),
        "signs": [(status.symbol, status.label) for status in AdoptionStatus],
        "late_words": lambda days: say_number(days, _("1 day late"), _("{n} days late")),
    }


def _brag(letter: str | None) -> str:
    """Letter and word: "R Red"."""
    return f"{letter} {Brag(letter).label}" if letter and letter != UNRATED else _("not rated")


def _letters(counts: dict[str, int]) -> str:
    """ "2 R Red, 1 A Amber": what there is."""
    return ", ".join(f"{counts[letter]} {_brag(letter)}" for letter in ORDER if counts.get(letter)) or "–"


def _statuses(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {Status(status).label.lower()}" for status, number in counts.items() if number) or "–"


def _bar(counts: dict[str, int], most: int) -> list[dict[str, Any]]:
    """The parts of a bar from left to right: where each begins, how wide it is, its kind, and what is written in it."""
    parts, at = [], 0.0
    for letter in ORDER:
        if number := counts.get(letter, 0):
            wide = round(BAR * number / max(most, 1), 1)
            said = f"{number} {letter if letter != UNRATED else '–'}"
            kind = letter.lower()
            parts.append({"x": round(at, 1), "width": wide, "kind": kind, "text": said if wide >= ROOM * 1.6 else ""})
            at += wide
    return parts


def _rest(plan: PlanView) -> dict[str, Any]:
    """How the actions under no objective stand: what the objectives leave of the whole."""

    def left(whole: tuple[tuple[str, int], ...], name: str) -> dict[str, int]:
        return {key: number - sum(dict(getattr(row, name))[key] for row in plan.objectives) for key, number in whole}

    by_status = left(plan.by_status, "by_status")
    return {
        "total": sum(by_status.values()),
        "open": sum(number for status, number in by_status.items() if status not in CLOSED),
        "late": plan.late - sum(row.late for row in plan.objectives),
        "by_status": by_status,
        "by_brag": left(plan.by_brag, "by_brag"),
    }


def _where(meeting: NextMeeting) -> str:
    """Where it is: never how to join it from afar."""
    place = meeting.place or ""
    return _("online") if "://" in place else public(place) or "–"


def _matrix(found: Dashboard, say: Callable[[str], str]) -> dict[str, Any]:
    """The cascade with the authorities as one count, so that it fits a page."""
    places = found.matrix.places
    folded = found.matrix.block(PlaceKind.AUTHORITY)
    shown = [number for number in range(len(places)) if number not in folded]
    shown.sort(key=lambda number: list(PlaceKind).index(places[number].kind))
    heads = [(say(places[at].short or places[at].name), say(places[at].name)) for at in shown]
    spans: dict[str, int] = {}
    for at in shown:
        spans[places[at].kind.label] = spans.get(places[at].kind.label, 0) + 1
    return {
        "heads": heads,
        "spans": list(spans.items()),
        "folded": len(folded),
        "rows": [_practice(row, shown, folded) for row in found.matrix.rows],
    }


def _practice(row: MatrixRow, shown: Sequence[int], folded: Sequence[int]) -> dict[str, Any]:
    cells = [row.cells[at] for at in shown]
    adopted = count_cells(row.cells)
    return {
        "title": row.practice.title,
        "cells": [
            (cell.status.symbol if cell else "·", public(cell_words(cell)[2:]), cell.status.value if cell else "none")
            for cell in cells
        ],
        "authorities": count_cells(row.cells[at] for at in folded).short if folded else "",
        "adopted": _("{adopted} of {said}").format(adopted=adopted.adopted, said=adopted.said),
    }
