"""Terms of persons in posts, and the report of an appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class Holding:
    """A period of a post: with a person, with a person who is not named, or vacant."""

    key: RowKey
    person: RowKey | None
    name: str | None
    ref: str | None
    ordinal: int | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    acting: bool
    vacant: bool

    @property
    def period(self) -> Period:
        """Period as entered."""
        return Period(self.from_on, self.to_on)


class Tenure(Protocol):
    """A term in a post or a seat."""

    @property
    def acting(self) -> bool: ...

    @property
    def vacant(self) -> bool: ...


def build_replacement_rule(collective: bool) -> Callable[[Tenure, Tenure], bool]:
    """Return whether a later term replaces an earlier one.

    A holder replaces earlier holders and acting ones; an acting holder replaces only another acting one. Holders of a
    collective post share it. A vacancy ends every earlier term.
    """
    return lambda earlier, later: later.vacant or (not collective and (earlier.acting or not later.acting))


def build_post_timeline(holdings: Iterable[Holding], collective: bool) -> Timeline[Holding]:
    """Return the holders of a post over time."""
    return Timeline(holdings, lambda holding: holding.period, build_replacement_rule(collective))


@dataclass(frozen=True, slots=True)
class AppointmentReport:
    """Effects of an appointment, or of the end of a term without a successor."""

    post: str
    post_ref: str
    person: str | None
    """New holder; None if the post becomes vacant."""
    person_ref: str | None
    from_on: DateAsKnown
    to_on: DateAsKnown | None
    acting: bool
    former: tuple[str, ...]
    """Holders until the day before."""
    former_until: DateAsKnown | None
    again: tuple[str, ...]
    """Holders whose terms have no earlier end, and who hold the post again when this term ends."""
    later: tuple[str, ...]
    """Holders who start before the last day of this term, and then replace its holder."""
    actions: tuple[str, ...]
    """Open actions that the post leads or supports; they stay with the post."""
    seats: tuple[str, ...]
    invites: tuple[str, ...]
    """Future meetings that the post is invited to."""
    kept: tuple[str, ...]
    """Closed actions, which keep the name of the former holder."""
    questions: tuple[str, ...]
    """Records of the former holder in person, to be decided by a person."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about this term from the dates of other terms."""
        names = ", ".join(self.again)
        again = _("{names} holds the post again from the next day. End the term if it is over.").format(names=names)
        names = ", ".join(self.later)
        later = _("{names} takes over before this term ends, from the date of appointment.").format(names=names)
        return (*((again,) if self.again else ()), *((later,) if self.later else ()))
