"""Structure of short office papers: headings, sentences, numbered paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import ENGLISH_ONLY, _
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.text.sources import CitedDocument, sort_numbers

EMPTY_CELLS = ("", "–")
"""Texts of a cell without a value."""


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """A point under a numbered paragraph, with the reference of its record."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A footnote: the source of the sentences that end at a position of the text."""

    position: int
    documents: tuple[CitedDocument, ...]

    @property
    def text(self) -> str:
        """The citations in the current language."""
        return " ".join(document.text for document in self.documents)


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A numbered paragraph with optional title, text and points, and a note for readers of the draft."""

    number: str
    title: str = ""
    text: str = ""
    points: tuple[PaperPoint, ...] = ()
    ref: str = ""
    note: str = ""
    sources: tuple[SourceNote, ...] = ()
    """Footnotes of the text, in order."""

    @property
    def run_in_title(self) -> str:
        """Title as it begins the paragraph: with a full stop where text follows."""
        return f"{self.title}." if self.title and self.text and self.title[-1] not in ".?!" else self.title

    def split_at_sources(self) -> list[tuple[str, str]]:
        """Return the text in pieces, each with the footnote that follows it; "" where none does."""
        ends = [note.position for note in self.sources]
        pieces = [self.text[start:end] for start, end in zip([0, *ends], [*ends, None], strict=True)]
        notes = [*(note.text for note in self.sources), ""]
        return [(piece, note) for piece, note in zip(pieces, notes, strict=True) if piece or note]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A heading followed by sentences, numbered paragraphs and a table."""

    heading: str
    """Empty for sentences without a heading, as in a letter."""
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    """Column widths in centimetres, 16.4 in total."""
    none: str = ""
    """Sentence that is printed if the part is empty."""
    paragraphs: tuple[NumberedParagraph, ...] = ()
    own_page: bool = False
    """Whether the part begins on a new page."""
    points: tuple[str, ...] = ()
    """Points of a list, after the sentences."""
    legend: str = ""
    """Meanings of the signs of the table."""
    row_height: float = 0.0
    """Least height of a row in centimetres, in a table to be filled in by hand, whose empty columns stay."""

    def with_names(self, names: Mapping[str, str]) -> PaperPart:
        """Copy with names replaced in its table and lists, and where a point of a paragraph begins with one."""
        vacant = _("vacant: {post}").format(post="")
        rows = tuple(tuple(_replace_name(cell, names, vacant) for cell in row) for row in self.rows)
        paragraphs = tuple(
            replace(
                item, points=tuple(replace(point, text=_replace_subjects(point.text, names)) for point in item.points)
            )
            for item in self.paragraphs
        )
        points = tuple(_replace_listed(point, names) for point in self.points)
        return replace(self, rows=rows, paragraphs=paragraphs, points=points)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences under its heading, and the legend of its table."""
        return (*self.lines, *([self.legend] if self.legend else []))

    @property
    def is_empty(self) -> bool:
        """Whether there is no content under the heading."""
        return not (self.lines or self.points or self.rows or self.paragraphs)

    def without_empty_columns(self) -> PaperPart:
        """Copy without the columns of the table that have no value in any row; the wide ones take their width."""
        filled = list_filled_columns(self.rows)
        if not self.rows or self.row_height or len(filled) == len(self.head):
            return self
        return replace(
            self,
            head=tuple(self.head[n] for n in filled),
            rows=tuple(tuple(row[n] for n in filled) for row in self.rows),
            widths=share_width(self.widths, filled),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Its sentences, cells and paragraphs."""
        paragraphs = [text for item in self.paragraphs for text in (item.title, item.text, item.ref)]
        points = [text for item in self.paragraphs for point in item.points for text in (point.text, point.ref)]
        return (*self.lines, *self.points, *(cell for row in self.rows for cell in row), *paragraphs, *points)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a letter."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    logo: Path | None = None

    @property
    def contact_line(self) -> str:
        """Address and email on one line."""
        return ", ".join(part for part in (*self.address, self.email) if part)


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """The parts of a letter around its text: head, addressee, salutation and signature. The title is its subject."""

    head: Letterhead
    addressee: tuple[str, ...]
    salutation: str
    closing: str
    """The closing line, such as "Yours sincerely"."""
    signature: tuple[str, ...]
    """Name, post and office, a line each."""


class PaperKind(StrEnum):
    """Kind of an office paper, which is the name of its template."""

    BRIEF = "brief"
    HANDOVER = "handover"
    HIGHLIGHT = "highlight"
    LETTER = "letter"
    NOTE = "note"
    PACK = "pack"
    PAPER = "paper"
    SIGN_IN = "signin"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """An office paper: title, facts and parts."""

    title: str
    subtitle: str
    day: date
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PaperPart, ...]
    marking: Marking = Marking.OFFICIAL
    letter: LetterFrame | None = None
    """Set for a letter: its subtitle is the date, and its facts follow the first part."""
    head: Letterhead | None = None
    """Letterhead of a paper other than a letter."""

    @property
    def untranslated(self) -> tuple[str, ...]:
        """The texts of a Welsh paper that are marked as English, each once and without the mark, with their number."""
        texts = [self.title, *(value for _label, value in self.facts)]
        for part in self.parts:
            texts += [part.heading, *part.lines, *part.points, *(cell for row in part.rows for cell in row)]
            for item in part.paragraphs:
                sentences = re.split(r"(?<=[.!?]) ", item.text)
                own_texts = (item.title, *sentences, *(point.text for point in item.points))
                texts += [f"{item.number}  {text}" for text in own_texts]
        return tuple(dict.fromkeys(text.replace(f"{ENGLISH_ONLY} ", "") for text in texts if ENGLISH_ONLY in text))

    def for_office(self) -> OfficePaper:
        """Copy that says that it is not for publication."""
        return replace(self, facts=(*self.facts, (_("This copy"), _("Not for publication"))))

    def without_notes(self) -> OfficePaper:
        """Copy without the notes for readers of a draft, and without paragraphs that have no text yet."""
        parts = (
            replace(part, paragraphs=tuple(replace(item, note="") for item in part.paragraphs if item.text))
            for part in self.parts
        )
        return replace(self, parts=tuple(parts))

    def with_conflicts(self, marks: ConflictMarks) -> OfficePaper:
        """Copy with a fact that names the fields that wait for a decision, of the records that the paper names."""
        texts = [self.title, *(text for part in self.parts for text in part.texts)]
        words = {word.strip("().,;:") for text in texts for word in text.split()}
        sentence = marks.describe_all(ref for ref in marks.fields if ref in words)
        return replace(self, facts=(*self.facts, (_("To decide"), sentence))) if sentence else self

    def with_names(self, names: Mapping[str, str]) -> OfficePaper:
        """Copy with names replaced in title, facts, tables and points, such as by Welsh names.

        In the title the name follows a label ("Brief: Leadership Group"), and a point begins with it; other sentences
        are not changed, and "Wales" inside a longer name stays.
        """
        label, _colon, subject = self.title.rpartition(": ")
        title = ": ".join(part for part in (label, names.get(subject, subject)) if part)
        facts = tuple((label, names.get(value, value)) for label, value in self.facts)
        letter = self.letter
        if letter:
            addressee, signature = (
                tuple(names.get(line, line) for line in lines) for lines in (letter.addressee, letter.signature)
            )
            letter = replace(letter, addressee=addressee, signature=signature)
        parts = tuple(part.with_names(names) for part in self.parts)
        return replace(self, title=title, facts=facts, parts=parts, letter=letter)


def repair_sources(before: object, after: object) -> object:
    """Return a part of a paper in whose texts something was replaced, with what depends on these texts.

    A document that was reworded or withheld has no short name, and the footnotes of a text stand at the end of its new
    wording as one, each document once.
    """
    if isinstance(before, CitedDocument) and isinstance(after, CitedDocument):
        return after if before.document == after.document else replace(after, short_name="")
    if not (isinstance(before, NumberedParagraph) and isinstance(after, NumberedParagraph)):
        return after
    if before.text == after.text or not after.sources:
        return after
    cited: dict[str, CitedDocument] = {}
    for document in (document for note in after.sources for document in note.documents):
        first = cited.setdefault(document.document, document)
        cited[document.document] = replace(first, numbers=sort_numbers((*first.numbers, *document.numbers)))
    note = SourceNote(len(after.text), tuple(cited.values()))
    return replace(after, sources=(note,) if after.text else ())


def list_filled_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the numbers of the columns of a table that have a value in some row, from 0."""
    return [n for n, cells in enumerate(zip(*rows, strict=True)) if any(cell not in EMPTY_CELLS for cell in cells)]


def share_width(widths: Sequence[float], kept: Sequence[int]) -> tuple[float, ...]:
    """Return the widths of the columns that are kept: those of at least average width, which have texts, take the rest.

    A reference or a date needs no more than it has.
    """
    own = [widths[n] for n in kept] if widths else []
    wide = sum(width for width in own if width * len(own) >= sum(own))
    rest = sum(widths) - sum(own)
    return tuple(width * (1 + rest / wide) if width * len(own) >= sum(own) else width for width in own)


def format_counted_heading(heading: str, number: int, shown: int | None = None) -> str:
    """Return a heading with the number of entries, and how many are shown if not all: "Late (3)", "Late (2 of 3)".

    Without entries it is the heading alone.
    """
    if shown is not None and shown < number:
        return _("{heading} ({shown} of {n})").format(heading=heading, shown=shown, n=number)
    return f"{heading} ({number})" if number else heading


def _replace_name(cell: str, names: Mapping[str, str], label: str) -> str:
    """Return the cell of a table with its name replaced, also after a label."""
    name = cell.removeprefix(label)
    return cell.removesuffix(name) + names.get(name, name)


def _replace_listed(text: str, names: Mapping[str, str]) -> str:
    """Return a point with the names after its label replaced: "Member: Bawso; Minister for Security (not named)"."""
    label, colon, listed = text.partition(": ")
    members = (member.partition(" (") for member in listed.split("; "))
    return (
        label
        + colon
        + "; ".join(
            names.get(member + bracket + holder) or names.get(member, member) + bracket + holder
            for member, bracket, holder in members
        )
    )


def _replace_subjects(text: str, names: Mapping[str, str]) -> str:
    """Return a point with the names that begin its statements replaced: "Home Office: ...", "Bawso; Home Office"."""
    parts = (part.partition(": ") for part in text.split("; "))
    return "; ".join(f"{names.get(subject, subject)}{colon}{statement}" for subject, colon, statement in parts)
