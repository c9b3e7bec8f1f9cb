"""What became of the plan between two days, as data: added, closed, slipped, rated anew, said, and who said nothing.

A day is one that somebody wrote down. Both days of a period belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class PeriodStart:
    """From when it is told: a day alone, or the meeting that was held on it."""

    day: date
    meeting: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SlippedDate:
    """One move of a due date."""

    ref: str
    title: str
    on: date
    from_due: DateAsKnown | None
    to_due: DateAsKnown | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RatingReading:
    """What a rating or a confidence was from a day on; none where it was taken away."""

    on: date
    value: str | None


@dataclass(frozen=True, slots=True)
class RatingMove:
    """An action whose rating or confidence is another than before, with every step of it in the period."""

    ref: str
    title: str
    before: str | None
    steps: tuple[RatingReading, ...]

    @property
    def after(self) -> str | None:
        """What it came to."""
        return self.steps[-1].value


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """One line of progress."""

    ref: str
    title: str
    on: date
    text: str
    by: str | None


@dataclass(frozen=True, slots=True)
class SilentLead:
    """A lead of open actions of which nothing was said in the period; no name where nobody leads them."""

    lead: str | None
    lead_ref: str | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """The whole period."""

    first: date
    last: date
    meeting: str | None
    meeting_title: str | None
    group: str | None
    """Whose actions alone are told of; none for those of the whole plan."""
    added: tuple[ActionRow, ...]
    closed: tuple[ActionRow, ...]
    slipped: tuple[SlippedDate, ...]
    brag: tuple[RatingMove, ...]
    confidence: tuple[RatingMove, ...]
    updates: tuple[ProgressEntry, ...]
    no_update: tuple[SilentLead, ...]
    open: int
    """At the end of the period, as `late` is."""
    late: int
    marking: Marking
    """The highest of all actions that are named."""
    raised_on_no_day: int
    closed_on_no_day: int

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "added": len(self.added),
            "closed": len(self.closed),
            "slipped": len(self.slipped),
            "brag": len(self.brag),
            "confidence": len(self.confidence),
            "updates": len(self.updates),
            "no_update": sum(len(silent_lead.actions) for silent_lead in self.no_update),
            "open": self.open,
            "late": self.late,
        }


def find_moves(
    readings: Iterable[RatingReading], first: date, last: date
) -> tuple[str | None, tuple[RatingReading, ...]]:
    """What stood before a period, and every other value in it; of one day the last reading counts."""
    by_day = {reading.on: reading.value for reading in sorted(readings, key=lambda reading: reading.on)}
    sequence = [RatingReading(date.min, None), *(RatingReading(day, value) for day, value in by_day.items())]
    steps = (after for before, after in pairwise(sequence) if before.value != after.value)
    before = [reading.value for reading in sequence if reading.on < first][-1]
    return before, tuple(reading for reading in steps if first <= reading.on <= last)


def format_counts(changes: PlanChanges) -> str:
    """The period in one line: "2 added, 1 closed, 3 slipped"."""
    counts = changes.counts
    return ", ".join(
        (
            _("{n} added").format(n=counts["added"]),
            _("{n} closed").format(n=counts["closed"]),
            _("{n} slipped").format(n=counts["slipped"]),
            ngettext("1 BRAG move", "{n} BRAG moves", counts["brag"]),
            ngettext("1 move of confidence", "{n} moves of confidence", counts["confidence"]),
            ngettext("1 update", "{n} updates", counts["updates"]),
        )
    )


def format_undated(changes: PlanChanges) -> str:
    """What may belong to the period and is not told of, in one sentence; nothing where nothing is."""
    parts = []
    if changes.raised_on_no_day:
        parts.append(_("{n} raised on no known day").format(n=changes.raised_on_no_day))
    if changes.closed_on_no_day:
        parts.append(_("{n} closed on no known day").format(n=changes.closed_on_no_day))
    return _("Not counted: {what}.").format(what=", ".join(parts)) if parts else ""
