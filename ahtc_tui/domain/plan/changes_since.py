"""Changes of the plan between two days: added, closed, slipped and re-rated actions, updates, and silent leads.

Only recorded days count. A period includes both its first and its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ahtc_tui.domain.actions.model import ActionCard, ActionRow, Brag, Marking, UpdateRow
from ahtc_tui.domain.actions.urgency import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.quarters import find_quarter_end, list_quarters_between
from ahtc_tui.domain.i18n import BilingualTitle, _, choose_printed_text, ngettext


@dataclass(frozen=True, slots=True)
class PeriodStart:
    """Start of the period: a day, or the meeting held on it."""

    day: date
    meeting: str | None = None
    title: str | None = None
    title_cy: str | None = None


@dataclass(frozen=True, slots=True)
class SlippedDate(BilingualTitle):
    """One move of a due date."""

    ref: str
    title: str
    title_cy: str | None
    on: date
    from_due: DateAsKnown | None
    to_due: DateAsKnown | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RatingReading:
    """Rating or confidence from a day on; None if it was cleared."""

    on: date
    value: str | None


@dataclass(frozen=True, slots=True)
class RatingMove(BilingualTitle):
    """An action whose rating or confidence changed, with all changes in the period."""

    ref: str
    title: str
    title_cy: str | None
    before: str | None
    steps: tuple[RatingReading, ...]

    @property
    def after(self) -> str | None:
        """Last value in the period."""
        return self.steps[-1].value

    @property
    def is_worse(self) -> bool:
        """Whether a rating, not a confidence, is worse at the end of the period than before it."""
        ratings = (Brag(value) if value in list(Brag) else None for value in (self.before, self.after))
        return is_worse(*ratings)


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """An update that was given to an action in the period."""

    ref: str
    title: str
    on: date
    text: str
    by: str | None

    @property
    def printed_text(self) -> str:
        """Text for a document, with its author; it is marked in a Welsh one."""
        text = choose_printed_text(self.text, None)
        return f"{text} ({self.by})" if self.by else text


@dataclass(frozen=True, slots=True)
class SilentLead:
    """A lead of open actions without an update in the period; None for actions without a lead."""

    lead: str | None
    lead_ref: str | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """All changes in a period."""

    first: date
    last: date
    meeting: str | None
    meeting_title: str | None
    meeting_title_cy: str | None
    group: str | None
    """Group whose actions are included; None for all actions."""
    added: tuple[ActionRow, ...]
    closed: tuple[ActionRow, ...]
    slipped: tuple[SlippedDate, ...]
    brag: tuple[RatingMove, ...]
    confidence: tuple[RatingMove, ...]
    updates: tuple[ProgressEntry, ...]
    no_update: tuple[SilentLead, ...]
    open: int
    """Number of open actions at the end of the period, as `late` is."""
    late: int
    marking: Marking
    """Highest marking of the included actions."""
    raised_on_no_day: int
    closed_on_no_day: int

    @property
    def fallen(self) -> tuple[RatingMove, ...]:
        """Changes to a worse rating over the period, to red first, each as one step."""
        moves = (replace(move, steps=move.steps[-1:]) for move in self.brag if move.is_worse)
        return tuple(sorted(moves, key=lambda move: move.after != Brag.RED))

    @property
    def other_ratings(self) -> tuple[RatingMove, ...]:
        """Changes to a better rating, or to a first one."""
        return tuple(move for move in self.brag if not move.is_worse)

    @property
    def counts(self) -> dict[str, int]:
        """Number of each kind of change."""
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
    """Value before a period, and each change of value in it; the last reading of a day counts."""
    by_day = {reading.on: reading.value for reading in sorted(readings, key=lambda reading: reading.on)}
    sequence = [RatingReading(date.min, None), *(RatingReading(day, value) for day, value in by_day.items())]
    steps = (after for before, after in pairwise(sequence) if before.value != after.value)
    before = [reading.value for reading in sequence if reading.on < first][-1]
    return before, tuple(reading for reading in steps if first <= reading.on <= last)


def format_counts(changes: PlanChanges) -> str:
    """Counts on one line: "2 added, 1 closed, 3 slipped"."""
    counts = changes.counts
    return ", ".join(
        (
            _("{n} added").format(n=counts["added"]),
            _("{n} closed").format(n=counts["closed"]),
            _("{n} slipped").format(n=counts["slipped"]),
            ngettext("1 change in rating", "{n} changes in rating", counts["brag"]),
            ngettext("1 change in confidence", "{n} changes in confidence", counts["confidence"]),
            ngettext("1 update", "{n} updates", counts["updates"]),
        )
    )


def format_undated(changes: PlanChanges) -> str:
    """Sentence about actions without known days, which are not counted; empty if there are none."""
    parts = []
    if changes.raised_on_no_day:
        parts.append(_("{n} with no recorded start date").format(n=changes.raised_on_no_day))
    if changes.closed_on_no_day:
        parts.append(_("{n} with no recorded closing date").format(n=changes.closed_on_no_day))
    return _("Actions not counted: {what}.").format(what=", ".join(parts)) if parts else ""


@dataclass(frozen=True, slots=True)
class Period:
    """The updates of an action in one quarter."""

    end: date
    updates: tuple[UpdateRow, ...]
    """Newest first."""


def group_updates_by_quarter(card: ActionCard, today: date) -> tuple[Period, ...]:
    """Group the updates of an action by quarter, newest first, from its first date to the last ended quarter.

    The current quarter is included if it has an update. A closed action ends with the quarter of its closing.
    """
    raised_days = [card.row.raised_on.latest] if card.row.raised_on else []
    first = min([*raised_days, *(update.said_on for update in card.updates)], default=None)
    if first is None:
        return ()
    closed = card.row.closed_on.latest if card.row.closed_on and not card.row.is_open else None
    last = max([min(today, closed) if closed else today, *(update.said_on for update in card.updates), first])
    quarters = (
        Period(end, tuple(update for update in card.updates if find_quarter_end(update.said_on) == end))
        for end in list_quarters_between(first, last)[::-1]
    )
    return tuple(
        period
        for period in quarters
        if period.updates or (period.end <= today and not (closed is not None and period.end > closed))
    )


def count_silent_quarters(periods: Sequence[Period]) -> int:
    """Return the number of quarters without an update."""
    return sum(not period.updates for period in periods)
