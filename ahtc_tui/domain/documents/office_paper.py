"""A short paper of the office as data: headings, sentences, tables. Never what a certain paper says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.actions.model import Marking

MARKING_ORDER = (Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE)


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """One of several under a numbered paragraph, and the record that it rests on."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A numbered paragraph: title, words and points, whichever there are; then a note for whoever reads the draft."""

    number: str
    title: str = ""
    text: str = ""
    points: tuple[PaperPoint, ...] = ()
    ref: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One heading with what stands under it: sentences first, numbered paragraphs, then a table."""

    heading: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    """Of the columns, in centimetres; 16.4 in all."""
    none: str = ""
    """What is said where there is nothing of it."""
    paragraphs: tuple[NumberedParagraph, ...] = ()
    own_page: bool = False
    """It begins on a new page."""

    @property
    def is_empty(self) -> bool:
        """Nothing stands under the heading."""
        return not (self.lines or self.rows or self.paragraphs)


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A brief, a hand-over: a title, the facts on top, the parts."""

    title: str
    subtitle: str
    day: date
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PaperPart, ...]
    marking: Marking = Marking.OFFICIAL

    def with_names(self, names: Mapping[str, str]) -> OfficePaper:
        """The same paper with other names for whoever has one: the Welsh name of a body. Sentences stay as they are."""
        title = next((self.title.replace(name, names[name]) for name in names if name in self.title), self.title)
        facts = tuple((label, names.get(value, value)) for label, value in self.facts)
        parts = tuple(
            replace(part, rows=tuple(tuple(names.get(cell, cell) for cell in row) for row in part.rows))
            for part in self.parts
        )
        return replace(self, title=title, facts=facts, parts=parts)


def raise_marking(requested: Marking, parts: Iterable[Marking]) -> Marking:
    """The marking that is asked for, or that of a part where it is higher."""
    return max((requested, *parts), key=MARKING_ORDER.index)
