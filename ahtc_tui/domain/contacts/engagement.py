"""When somebody was last spoken to, and within how many days they should be. The rules alone: never where rows lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _

LIMITS = {1: 30, 2: 90, 3: 180}
"""Days within which contacts of a tier should be spoken to, until the office says otherwise."""
TWICE = 2
"""Apologies in a row for one group after which somebody is worth a call."""
LAST_YEAR = 400
"""Days that such apologies are spoken of: two meetings of a group that meets once a year are no row."""


class EngagementKind(StrEnum):
    """What kind of contact it was."""

    CALL = "call"
    VISIT = "visit"
    TRAINING = "training"
    MEETING = "meeting"
    MAIL = "mail"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


@dataclass(frozen=True, slots=True)
class Spoken:
    """The last real contact with somebody: logged, or a meeting that they came to."""

    on: DateAsKnown
    kind: str
    """Such as "visit", or "meeting" where they came to one."""
    ref: str
    """Of the engagement or of the meeting."""
    subject: str

    def days(self, today: date) -> int:
        """How long ago it was."""
        return (today - self.on.latest).days


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """A contact as lists show it: out of the log, or a meeting that somebody came to."""

    ref: str
    on: DateAsKnown
    kind: str
    subject: str
    note: str | None
    who: tuple[str, ...]
    """Names of the people, posts and organisations."""
    who_refs: tuple[str, ...]
    follow_up: str | None
    """The reference of the action that follows from it."""
    attended: bool = False
    """It is a meeting of the diary that they came to, and not in the log."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with this office: the last contact, the limit, and apologies in a row."""

    key: bytes
    ref: str
    name: str
    kind: PartyKind
    organisation: str | None
    tier: int | None
    spoken: Spoken | None
    apologies: str | None = None
    """The group for whose last two meetings they sent apologies."""
    apologies_on: DateAsKnown | None = None
    logged: bool = False
    """Somebody wrote a contact with it into the log at least once."""

    def limit(self, limits: dict[int, int]) -> int | None:
        """Days within which it should be spoken to; None where nobody set a tier."""
        return limits.get(self.tier) if self.tier is not None else None


@dataclass(frozen=True, slots=True)
class StaleRow:
    """Somebody who is overdue for a word."""

    ref: str
    name: str
    kind: PartyKind
    organisation: str | None
    last_on: DateAsKnown | None
    last_kind: str | None
    last_ref: str | None
    days: int | None
    """Since the last contact; None where there never was one."""
    tier: int | None
    limit: int
    """The days that it is measured by."""
    why: str
    """In words: "over 30 days", "never spoken to", "apologies twice: Leadership Group"."""


def overdue(one: Standing, limit: int | None, today: date) -> StaleRow | None:
    """The row of somebody who is over a limit, or who sent apologies twice running; None for anybody else."""
    days = one.spoken.days(today) if one.spoken else None
    why = ""
    if limit is not None and days is None and one.tier is not None:
        why = _("never spoken to")
    elif limit is not None and days is not None and days > limit:
        why = _("over {n} days").format(n=limit)
    elif one.apologies:
        why = _("apologies twice: {group}").format(group=one.apologies)
    if not why:
        return None
    last = one.spoken
    return StaleRow(
        one.ref,
        one.name,
        one.kind,
        one.organisation,
        last.on if last else None,
        last.kind if last else None,
        last.ref if last else None,
        days,
        one.tier,
        limit or 0,
        why,
    )


def say_spoken(on: DateAsKnown | None, kind: str | None, today: date) -> str:
    """The last contact in words: "12 June 2013 (visit), 169 days ago"."""
    if on is None:
        return _("never, as far as the log says")
    days = (today - on.latest).days
    said = _("today") if days == 0 else _("yesterday") if days == 1 else _("{n} days ago").format(n=days)
    return f"{on} ({kind}), {said}"


def say_tier(tier: int | None, limit: int | None) -> str | None:
    """How often it should be: "tier 1, every 30 days"; None where there is no tier."""
    return _("tier {n}, every {days} days").format(n=tier, days=limit) if tier is not None else None
