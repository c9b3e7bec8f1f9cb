"""The updates of an action by quarter: one line a period, and the periods in which nobody said anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import ActionCard, UpdateRow
from ahtc_tui.domain.plan.periods import quarter_end, quarters_between


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter of an action."""

    end: date
    updates: tuple[UpdateRow, ...]
    """Newest first."""


def periods(card: ActionCard, today: date) -> tuple[Period, ...]:
    """The quarters from the first that is known to the last that has ended, the newest first; none before its begin.

    The quarter that still runs stands there once something was said in it. A closed action ends with its closing.
    """
    known = [card.row.raised_on.latest] if card.row.raised_on else []
    first = min([*known, *(update.said_on for update in card.updates)], default=None)
    if first is None:
        return ()
    closed = card.row.closed_on.latest if card.row.closed_on and not card.row.open else None
    last = max([min(today, closed) if closed else today, *(update.said_on for update in card.updates), first])
    found = (Period(end, _said(card.updates, end)) for end in quarters_between(first, last)[::-1])
    return tuple(period for period in found if period.updates or (period.end <= today and not _after(period, closed)))


def _after(period: Period, closed: date | None) -> bool:
    """Whether the quarter ends after the action was closed: nothing is owed for it."""
    return closed is not None and period.end > closed


def _said(updates: Sequence[UpdateRow], end: date) -> tuple[UpdateRow, ...]:
    return tuple(update for update in updates if quarter_end(update.said_on) == end)


def without_update(found: Sequence[Period]) -> int:
    """In how many of the quarters nobody said anything."""
    return sum(not period.updates for period in found)
