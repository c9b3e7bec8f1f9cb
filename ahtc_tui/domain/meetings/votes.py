"""Votes at a meeting: the counts as typed ("5-2-1"), as printed, and their result."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.settings.parser import VoteStyle

_COUNTS = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?(?![\d-])[\s,.:;]*")


@dataclass(frozen=True, slots=True)
class Votes:
    """The counts of one vote."""

    in_favour: int
    against: int
    abstentions: int

    def __str__(self) -> str:
        return f"{self.in_favour}-{self.against}-{self.abstentions}"

    @property
    def total(self) -> int:
        """Number of those who voted or abstained."""
        return self.in_favour + self.against + self.abstentions

    @property
    def result(self) -> str:
        """Sentence with the result: a proposal needs more votes for it than against it."""
        if self.in_favour == self.against:
            return _("The votes were equal.")
        return _("Carried.") if self.in_favour > self.against else _("Not carried.")

    def format(self, style: VoteStyle = VoteStyle.NUMBERS) -> str:
        """Return the vote as printed: "5 for, 2 against, 1 abstention. Carried." or its result alone."""
        if style is VoteStyle.OUTCOME:
            return self.result
        counts = (
            ngettext("{n} for", "{n} for", self.in_favour),
            ngettext("{n} against", "{n} against", self.against),
            ngettext("{n} abstention", "{n} abstentions", self.abstentions),
        )
        return f"{', '.join(counts)}. {self.result}"


def take_votes(text: str) -> tuple[Votes | None, str]:
    """Return the counts at the beginning of a text, and the rest of it; None where there are none."""
    match = _COUNTS.match(text)
    if match is None:
        return None, text
    return Votes(int(match[1]), int(match[2]), int(match[3] or 0)), text[match.end() :]


def read_votes(stored: str | None) -> Votes | None:
    """Return the counts of a stored vote."""
    return take_votes(stored)[0] if stored else None
