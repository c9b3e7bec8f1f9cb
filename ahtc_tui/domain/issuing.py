"""The life of minutes: draft, cleared by the chair, circulated, agreed; what was issued and amended, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates import long_date
from ahtc_tui.domain.words import _

if TYPE_CHECKING:
    from ahtc_tui.domain.actions import ActionRow, Marking
    from ahtc_tui.domain.documents import Cut
    from ahtc_tui.domain.meetings import LineRow


class MinutesState(StrEnum):
    """How far the minutes of a meeting are."""

    DRAFT = "draft"
    CLEARED = "cleared"
    CIRCULATED = "circulated"
    AGREED = "agreed"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            MinutesState.DRAFT: _("Draft"),
            MinutesState.CLEARED: _("Draft, cleared by the chair"),
            MinutesState.CIRCULATED: _("Draft, circulated"),
            MinutesState.AGREED: _("Agreed"),
        }[self]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the minutes of one meeting are, and who agreed them."""

    ref: str
    state: MinutesState
    agreed_at: str | None = None
    """The meeting that agreed them."""
    agreed_on: date | None = None
    subject_to: str | None = None

    @property
    def locked(self) -> bool:
        """Agreed minutes are changed by a recorded amendment only."""
        return self.state is MinutesState.AGREED

    def __str__(self) -> str:
        """ "Agreed at LG-2014-01 on 11 March 2014, subject to item 3"."""
        said = self.state.label
        if self.agreed_at:
            said += " " + _("at {ref}").format(ref=self.agreed_at)
        if self.agreed_on:
            said += " " + _("on {day}").format(day=long_date(self.agreed_on))
        return said + (", " + _("subject to {words}").format(words=self.subject_to) if self.subject_to else "")


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """A line of agreed minutes that was put right."""

    paragraph: str
    was: str
    now: str
    reason: str | None
    made_on: date
    made_by: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A copy of the minutes that was issued."""

    version: int
    issued_on: date
    state: MinutesState
    cut: Cut
    language: str
    marking: Marking


@dataclass(frozen=True, slots=True)
class Copy:
    """What an issued copy is made of, by the ending of the file."""

    row: IssueRow
    docx: bytes
    markdown: str
    plain: str


class GapKind(StrEnum):
    """What may be missing when minutes are about to go out."""

    NO_OWNER = "no_owner"
    NO_DATE = "no_date"
    NO_WORDS = "no_words"
    NO_ATTENDANCE = "no_attendance"
    NOTHING_RECORDED = "nothing_recorded"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            GapKind.NO_OWNER: _("action without an owner"),
            GapKind.NO_DATE: _("action without a date"),
            GapKind.NO_WORDS: _("decision without words"),
            GapKind.NO_ATTENDANCE: _("attendance is not said"),
            GapKind.NOTHING_RECORDED: _("nothing is recorded"),
        }[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing, and where."""

    kind: GapKind
    item: int | None
    line: int | None
    ref: str | None
    text: str
    """The words of the line, the title of the item, or the name of whoever nothing is said of."""
    key: bytes = b""
    """The line, where it is one."""

    def __str__(self) -> str:
        place = ".".join(str(part) for part in (self.item, self.line) if part is not None)
        return "  ".join(part for part in (place, self.kind.label, self.ref or "", self.text) if part)


def gaps_of_line(line: LineRow, action: ActionRow | None) -> Iterator[Gap]:
    """What a line still wants. A continuing duty needs no date, and what is closed needs nothing."""

    def gap(kind: GapKind) -> Gap:
        return Gap(kind, line.item, line.position, line.action or line.decision, line.text, line.key)

    if action is not None and action.open:
        if action.lead is None:
            yield gap(GapKind.NO_OWNER)
        if action.due is None and action.review_on is None and action.status != "continuing":
            yield gap(GapKind.NO_DATE)


SHORTEST_DECISION = 2
"""Words: "agreed" alone does not say what was decided."""


def says_nothing(text: str) -> bool:
    """Whether the words of a decision do not say what was decided: "Agreed.", "Cytunwyd"."""
    return len([word for word in text.split() if any(letter.isalnum() for letter in word)]) < SHORTEST_DECISION


def paragraph_numbers(lines: Iterable[LineRow], last_item: int) -> dict[bytes, str]:
    """Each line by key with its number in the paper: "3.2"; what stands under no item follows after the last."""
    counted: dict[int | None, int] = {}
    numbers = {}
    for line in lines:
        counted[line.item] = counted.get(line.item, 0) + 1
        numbers[line.key] = f"{line.item if line.item is not None else last_item + 1}.{counted[line.item]}"
    return numbers
