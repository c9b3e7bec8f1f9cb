"""Updates of an action grouped by quarter, including quarters without updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import ActionCard, UpdateRow
from ahtc_tui.domain.dates.quarters import find_quarter_end, list_quarters_between


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
