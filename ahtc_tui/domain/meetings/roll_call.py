"""Votes by seat: "for @bawso @gla; against @cc-gwent; abstain @spoc-gwent; casting @chair"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Votes


class Choice(StrEnum):
    """How a seat voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"

    def format_names(self, names: str) -> str:
        """Return a sentence with the names of those who voted in this way."""
        sentences = {
            Choice.FOR: _("For: {names}."),
            Choice.AGAINST: _("Against: {names}."),
            Choice.ABSTAIN: _("Abstained: {names}."),
        }
        return sentences[self].format(names=names)


WORDS = {
    **{"for": Choice.FOR, "against": Choice.AGAINST},
    **dict.fromkeys(("abstain", "abstained", "abstaining", "abstentions"), Choice.ABSTAIN),
    **{"o blaid": Choice.FOR, "yn erbyn": Choice.AGAINST, "ymatal": Choice.ABSTAIN},
}
"""Words before the names, in both languages."""
CASTING = ("casting", "bwrw")

_WORD = "|".join((*WORDS, *CASTING))
_CLAUSE = re.compile(
    rf"\s*(?P<word>{_WORD})\s*:?(?:\s+(?P<side>{'|'.join(WORDS)}))?(?P<names>(?:[\s,]*(?:and\s+|a\s+)?@[\w'’.-]*\w)+)\s*[;.]?",
    re.IGNORECASE,
)
_NAME = re.compile(r"@([\w'’.-]*\w)")
STORED = re.compile(r"(?P<word>for|against|abstain|casting-for|casting-against)=(?P<keys>[0-9a-f,]+)")


@dataclass(frozen=True, slots=True)
class TypedRollCall:
    """Who voted how, by the names after @, and who gave the casting vote."""

    votes: tuple[tuple[Choice, str], ...]
    casting: str | None = None
    casting_side: Choice | None = None
    """None where the words give no side."""


def take_roll_call(text: str) -> tuple[TypedRollCall | None, str]:
    """Return the roll call at the beginning of a text, and the rest of it; None where there is none."""
    votes: list[tuple[Choice, str]] = []
    casting, side, position = None, None, 0
    while match := _CLAUSE.match(text, position):
        position, word = match.end(), match["word"].lower()
        names = _NAME.findall(match["names"])
        if word in CASTING:
            casting, side = names[0], WORDS[match["side"].lower()] if match["side"] else None
        else:
            votes += [(WORDS[word], name) for name in names]
    if not votes:
        return None, text
    return TypedRollCall(tuple(votes), casting, side), text[position:].strip()


@dataclass(frozen=True, slots=True)
class RollCall:
    """The seats, or parties without a seat, that voted, by key; with the casting vote."""

    votes: tuple[tuple[Choice, RowKey], ...]
    casting: RowKey | None = None
    casting_side: Choice = Choice.FOR

    @property
    def counts(self) -> Votes:
        """Counts of the votes, without the casting vote."""
        choices = [choice for choice, _key in self.votes]
        return Votes(*(choices.count(choice) for choice in Choice))

    def format_stored(self) -> str:
        """Return the stored form: the counts, then the keys by choice."""
        parts = [str(self.counts)]
        for choice in Choice:
            keys = ",".join(key.hex() for vote, key in self.votes if vote is choice)
            if keys:
                parts.append(f"{choice}={keys}")
        if self.casting:
            parts.append(f"casting-{self.casting_side}={self.casting.hex()}")
        return " ".join(parts)


def read_roll_call(stored: str | None) -> RollCall | None:
    """Return the roll call of a stored vote; None for counts alone."""
    votes: list[tuple[Choice, RowKey]] = []
    casting, side = None, Choice.FOR
    for match in STORED.finditer(stored or ""):
        keys = [RowKey(bytes.fromhex(key)) for key in match["keys"].split(",")]
        if match["word"].startswith("casting"):
            casting, side = keys[0], Choice(match["word"].removeprefix("casting-"))
        else:
            votes += [(Choice(match["word"]), key) for key in keys]
    return RollCall(tuple(votes), casting, side) if votes else None


@dataclass(frozen=True, slots=True)
class NamedRollCall:
    """A roll call with the names of the members whose seats voted."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    abstained: tuple[str, ...]
    casting: str | None = None
    casting_side: Choice | None = None

    def __str__(self) -> str:
        """Sentences with the names: "For: Bawso. Against: Gwent Police."."""
        groups = ((Choice.FOR, self.in_favour), (Choice.AGAINST, self.against), (Choice.ABSTAIN, self.abstained))
        return " ".join(choice.format_names(", ".join(names)) for choice, names in groups if names)

    @property
    def casting_sentence(self) -> str | None:
        """Result of equal votes by the casting vote; None without one."""
        if self.casting is None:
            return None
        carried = _("Carried on the casting vote of {name}.").format(name=self.casting)
        lost = _("Not carried, on the casting vote of {name}.").format(name=self.casting)
        return carried if self.casting_side is Choice.FOR else lost
