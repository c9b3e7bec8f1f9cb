"""The register of interests: what contacts declare, and which agenda items it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, format_term
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text

SHORTEST_NAME = 3
"""Letters of the shortest name that is looked for in an item."""
SHORTEST_WORD = 4
"""Letters of the shortest word that an interest and an item can share."""


@dataclass(frozen=True, slots=True)
class InterestRow:
    """An interest that a contact has declared."""

    key: RowKey
    ref: str
    name: str
    """Name of the contact."""
    name_ref: str
    organisation: str | None
    organisation_ref: str | None
    text: str
    declared_on: DateAsKnown | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    note: str | None

    def is_in_force(self, day: date) -> bool:
        """Return whether the interest exists on a day."""
        return Period(self.from_on, self.to_on).includes(day)


@dataclass(frozen=True, slots=True)
class ItemInterest:
    """A member or guest of a meeting with a link to what an agenda item names."""

    organisation: str | None
    """None for an interest that shares a word with the item."""
    organisation_ref: str | None
    name: str
    name_ref: str
    interest: str | None
    """The declared interest; None for an employee of the organisation, or for its own seat."""

    def __str__(self) -> str:
        """Readable line: "Bawso: Chief Executive, Bawso (trustee until 2012)"."""
        if self.organisation is None:
            return f"{self.name} ({self.interest})"
        if self.name_ref == self.organisation_ref:
            return _("{organisation}: takes part itself").format(organisation=self.organisation)
        reason = self.interest or _("belongs to it")
        return _("{organisation}: {name} ({reason})").format(
            organisation=self.organisation, name=self.name, reason=reason
        )


def find_named(text: str, names: Mapping[RowKey, Sequence[str]]) -> list[RowKey]:
    """Return the organisations one of whose names a text contains as whole words."""
    words = f" {normalize_text(text)} "
    return [
        key
        for key, spellings in names.items()
        if any(len(name) >= SHORTEST_NAME and f" {normalize_text(name)} " in words for name in spellings)
    ]


def list_words(text: str) -> set[str]:
    """Return the words of a text that are long enough to tell what it is about, folded."""
    return {word for word in normalize_text(text).split() if len(word) >= SHORTEST_WORD}


def share_word(words: Set[str], others: Set[str]) -> bool:
    """Return whether a word is in both sets, or begins with one of the other: "fund" and "funds"."""
    return any(word.startswith(other) or other.startswith(word) for word in words for other in others)


def format_interest(row: InterestRow) -> str:
    """Format an interest with its organisation, period and day: "Bawso: trustee, from 2011; declared on 3 May 2013"."""
    text = f"{row.organisation}: {row.text}" if row.organisation else row.text
    term = format_term(row.from_on, row.to_on, False)
    declared = _("declared on {date}").format(date=row.declared_on) if row.declared_on else ""
    return "; ".join(part for part in (", ".join(part for part in (text, term) if part), declared) if part)
