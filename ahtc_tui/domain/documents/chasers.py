"""Chasers: whom to ask how late and soon due actions stand, and how often. Never a database, a file or a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.today import SOON_DAYS

CHASE_DAYS = 7
"""Days within which the same action is not chased twice."""


class Channel(StrEnum):
    """How somebody was chased: a mail draft, or words to send or say by other means."""

    EML = "eml"
    TEXT = "text"


def is_chased_lately(chased_on: date | None, today: date) -> bool:
    """Within seven days. A day after today counts as well: the clock may be set back with --as-at."""
    return chased_on is not None and (today - chased_on).days < CHASE_DAYS


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who leads the actions of one chaser."""

    key: RowKey
    ref: str
    name: str
    salutation: str | None
    """The person to greet: the lead, or whoever holds the post; None where that is an office or a body."""
    email: str | None
    """The lead's own address, else its holder's."""


@dataclass(frozen=True, slots=True)
class Chaser:
    """One letter: what one lead is asked about. Each list is in order of its day."""

    to: Addressee
    today: date
    overdue: tuple[ActionRow, ...]
    due_soon: tuple[ActionRow, ...]
    to_review: tuple[ActionRow, ...]
    """Continuing duties whose review day has come. Never late."""
    marking: Marking
    sender: str | None
    sender_email: str | None
    agreed: tuple[ActionRow, ...] = ()
    """Agreed at the meeting after which the letter goes out, and not due soon."""

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        """All of them, in the order of the letter."""
        return self.overdue + self.due_soon + self.agreed + self.to_review

    @property
    def soon_until(self) -> date:
        """The last day that counts as soon."""
        return self.today + timedelta(SOON_DAYS)


@dataclass(frozen=True, slots=True)
class LeftOutAction:
    """An action that is not chased now, and why in one sentence."""

    ref: str
    lead: str
    reason: str


@dataclass(frozen=True, slots=True)
class WithoutAddress:
    """A lead who has no address: the words stand in a text file."""

    ref: str
    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class ChaserReport:
    """What was written, and what a person must still see to."""

    files: tuple[Path, ...]
    chased: tuple[str, ...]
    """References of the actions that the files ask about."""
    left_out: tuple[LeftOutAction, ...]
    without_address: tuple[WithoutAddress, ...]
    no_lead: tuple[str, ...]
    """References of late and soon due actions that nobody leads, so nobody can be asked."""
    marking: Marking
    """The highest marking of the files."""


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One time that an action was chased."""

    chased_on: date
    party: str
    channel: Channel
