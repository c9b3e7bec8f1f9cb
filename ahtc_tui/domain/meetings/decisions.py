"""Row class of the decision register."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.i18n import BilingualText, _, choose_printed_text, ngettext
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import DecisionStatus
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


@dataclass(frozen=True, slots=True)
class Decision(BilingualText):
    """An entry of the decision register."""

    ref: str
    decided_on: DateAsKnown | None
    body: str | None
    """Group that decided."""
    body_ref: str | None
    meeting: str | None
    text: str
    text_cy: str | None
    reason: str | None
    superseded_by: str | None
    supersedes: tuple[str, ...]
    actions: tuple[str, ...]
    """References of the actions that implement it."""
    source: str | None
    note: str | None
    status: DecisionStatus
    """Superseded where a later decision supersedes it, agreed where it was never set."""
    decided_by: str | None
    """Person, post or body that decided; None for the group of the meeting."""
    key: RowKey = NO_KEY
    meeting_title: str | None = None
    meeting_title_cy: str | None = None
    meeting_day: DateAsKnown | None = None

    @property
    def meeting_name(self) -> str:
        """Title and day of its meeting, as a register prints them; empty without one."""
        title = choose_printed_text(self.meeting_title or "", self.meeting_title_cy)
        return ", ".join(part for part in (title, format_day(self.meeting_day)) if part)

    @property
    def in_force(self) -> bool:
        """Whether it is neither superseded nor withdrawn, and was not rejected."""
        return self.status not in (DecisionStatus.SUPERSEDED, DecisionStatus.REJECTED, DecisionStatus.WITHDRAWN)
