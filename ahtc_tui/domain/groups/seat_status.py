"""State of a seat on a day, derived from its term and its occupants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ahtc_tui.domain.contacts.post_holders import find_first_day
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum


class SeatState(LabelledEnum):
    """State of a seat on a day."""

    FUTURE = "future", gettext_noop("future")
    FILLED = "filled", gettext_noop("filled")
    VACANT = "vacant", gettext_noop("vacant")
    NEVER_FILLED = "never_filled", gettext_noop("nobody named")
    EXPIRED = "expired", gettext_noop("expired")


@dataclass(frozen=True, slots=True)
class Occupant:
    """An occupant or deputy of a seat."""

    person: str
    person_ref: str
    deputy: bool
    rule: str | None
    """When the deputy attends: "when the holder is on leave"."""
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


def find_seat_state(
    first: DateAsKnown | None, last: DateAsKnown | None, is_filled: bool, was_filled: bool, today: date
) -> SeatState:
    """State of a seat by its term, its current occupant, and whether it was ever filled."""
    if first is not None and find_first_day(first) > today:
        return SeatState.FUTURE
    if last is not None and last.latest < today:
        return SeatState.EXPIRED
    if is_filled:
        return SeatState.FILLED
    return SeatState.VACANT if was_filled else SeatState.NEVER_FILLED


def find_vacant_since(last_end: str | None) -> date | None:
    """First vacant day: the day after the stored end of the last occupancy."""
    return date.fromisoformat(last_end[:10]) + timedelta(days=1) if last_end and last_end[:4] != "9999" else None
