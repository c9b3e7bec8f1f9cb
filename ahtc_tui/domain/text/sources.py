"""Sources of records, as the reference data writes them: "Paragraphs 2.12 and 3.5, CELG(4)-31-13 Paper 1"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ahtc_tui.domain.i18n import Language, _, get_current_language

PARAGRAPH_OF = re.compile(r"Paragraphs? ([0-9][0-9.]*(?:(?:, | and )[0-9][0-9.]*)*), (.+)", re.DOTALL)
"""A source with its paragraphs and its document."""
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")

NOT_CITED = frozenset((
    "General knowledge, not taken from a document",
    "Placeholder that cannot be delivered",
    "Working arrangement of the office",
))  # fmt: skip
"""Sources of the reference data other than documents."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document in a footnote, with its paragraphs."""

    document: str
    """Its whole name: "CELG(4)-31-13 Paper 1, Human Trafficking (2013)"."""
    short_name: str = ""
    """Short form for a document that the paper has cited before."""
    numbers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The citation as a sentence: "CELG(4)-31-13 Paper 1, paragraphs 2.3 and 3.1."."""
        text = self.short_name or self.document
        if len(self.numbers) == 1:
            text += ", " + _("paragraph {numbers}").format(numbers=self.numbers[0])
        elif self.numbers:
            *numbers, last = self.numbers
            text += ", " + _("paragraphs {first} and {last}").format(first=", ".join(numbers), last=last)
        return text if text.rstrip(")’'\"")[-1:] in (".", "!", "?") else f"{text}."


def format_source(source: str | None) -> str | None:
    """Return a source as a document prints it: in Welsh "Paragraffau 2.12 a 3.5", with the title of the document."""
    match = PARAGRAPH_OF.fullmatch(source or "")
    if match is None or get_current_language() is not Language.CY:
        return source
    *numbers, last = NUMBER.findall(match[1])
    if numbers:
        paragraphs = _("Paragraphs {first} and {last}").format(first=", ".join(numbers), last=last)
    else:
        paragraphs = _("Paragraph {number}").format(number=last)
    return f"{paragraphs}, {match[2]}"


def is_document(source: str | None) -> bool:
    """Return whether a source can be cited in a footnote: general knowledge and arrangements of the office cannot."""
    return bool(source) and source not in NOT_CITED


def sort_numbers(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return numbers of paragraphs in their order, each once."""
    return tuple(sorted(dict.fromkeys(numbers), key=lambda number: [int(part) for part in number.split(".")]))


def find_paragraphs(source: str) -> tuple[str, tuple[str, ...]]:
    """Return the document of a source and the numbers of its paragraphs."""
    match = PARAGRAPH_OF.fullmatch(source)
    return (match[2], tuple(NUMBER.findall(match[1]))) if match else (source, ())
