"""A short paper of the office as data: headings, sentences, tables. Never what a certain paper says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions import Marking

ORDER = (Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE)


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with what stands under it: sentences first, then a table."""

    heading: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    """Of the columns, in centimetres; 16.4 in all."""
    none: str = ""
    """What is said where there is neither."""


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A brief, a hand-over: a title, the facts on top, the parts."""

    title: str
    subtitle: str
    day: date
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    marking: Marking = Marking.OFFICIAL


def highest(asked: Marking, parts: Iterable[Marking]) -> Marking:
    """The marking that is asked for, or that of a part where it is higher."""
    return max((asked, *parts), key=ORDER.index)
