"""Chasers: letters to leads about late and soon due actions, and how often one may be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.i18n import BilingualName, Language, get_current_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.today import SOON_DAYS

CHASE_DAYS = 7
"""Days within which an action is chased once at most."""


class Channel(StrEnum):
    """Form of a chaser: a mail draft, or text to send by other means."""

    EML = "eml"
    TEXT = "text"


def is_chased_lately(chased_on: date | None, today: date) -> bool:
    """Return whether a chaser was sent in the last seven days, or later than today, which --as-at can set back."""
    return chased_on is not None and (today - chased_on).days < CHASE_DAYS


def choose_letter_language(addressee: Addressee | None, language: Language | None) -> Language:
    """Return the language of a letter: the one that was asked for, else that which its reader prefers, else ours."""
    return language or (addressee.language if addressee else None) or get_current_language()


@dataclass(frozen=True, slots=True)
class Addressee(BilingualName):
    """Lead of the actions of one chaser."""

    key: RowKey
    ref: str
    name: str
    salutation: str | None
    """Whom a letter greets, as recorded, else the person or the holder of the post; None for an organisation."""
    email: str | None
    """Address of the lead, else of its holder."""
    is_reader: bool = False
    """Whether the lead is the person to greet."""
    postal_address: str | None = None
    name_cy: str | None = None
    language: Language | None = None
    """Preferred language of the person to greet; None where it is not known."""
    reader: str | None = None
    """Name of the person to greet."""
    post: str | None = None
    """Post and organisation of the person to greet, or the organisation alone."""
    post_cy: str | None = None
    organisation: str | None = None
    """Organisation of the lead, where that is a post."""
    organisation_cy: str | None = None


@dataclass(frozen=True, slots=True)
class Sender(BilingualName):
    """The post in whose name letters are written."""

    name: str
    email: str | None
    name_cy: str | None = None


@dataclass(frozen=True, slots=True)
class Chaser:
    """One letter to one lead. Each list is sorted by date."""

    to: Addressee
    today: date
    overdue: tuple[ActionRow, ...]
    due_soon: tuple[ActionRow, ...]
    to_review: tuple[ActionRow, ...]
    """Continuing duties whose review is due. Never late."""
    marking: Marking
    sender: Sender | None
    agreed: tuple[ActionRow, ...] = ()
    """Actions agreed at the meeting after which the letter is sent, if not due soon."""
    language: Language = Language.EN
    """Language of the letter and of the name of its file."""

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        """All actions, in the order of the letter."""
        return self.overdue + self.due_soon + self.agreed + self.to_review

    @property
    def soon_until(self) -> date:
        """Last day that counts as due soon."""
        return self.today + timedelta(SOON_DAYS)


@dataclass(frozen=True, slots=True)
class LeftOutAction:
    """An action that is not chased, with the reason as one sentence."""

    ref: str
    lead: str
    reason: str
    chased_on: date | None = None
    """Day of the last chaser, where that is the reason."""


@dataclass(frozen=True, slots=True)
class WithoutAddress:
    """A lead without an e-mail address, whose letter is a Word document."""

    ref: str
    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class ChaserReport:
    """Written files, and what a person must still handle."""

    files: tuple[Path, ...]
    chased: tuple[str, ...]
    """References of the actions in the files."""
    left_out: tuple[LeftOutAction, ...]
    without_address: tuple[WithoutAddress, ...]
    no_lead: tuple[str, ...]
    """References of late and soon due actions without a lead."""
    marking: Marking
    """Highest marking of the files."""


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One chaser of an action."""

    chased_on: date
    party: str
    channel: Channel
