"""When somebody was last spoken to, and within how many days they should be. The rules alone: never where rows lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.keys import RowKey

TIER_LIMITS = {1: 30, 2: 90, 3: 180}
"""Days within which contacts of a tier should be spoken to, until the office says otherwise."""
APOLOGIES_IN_A_ROW = 2
"""Apologies in a row for one group after which somebody is worth a call."""
APOLOGY_DAYS = 400
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
class LastContact:
    """The last real contact with somebody: logged, or a meeting that they came to."""

    on: DateAsKnown
    kind: str
    """Such as "visit", or "meeting" where they came to one."""
    ref: str
    """Of the engagement or of the meeting."""
    subject: str

    def count_days(self, today: date) -> int:
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
class EngagementStatus:
    """How somebody stands with this office: the last contact, the limit, and apologies in a row."""

    key: RowKey
    ref: str
    name: str
    kind: PartyKind
    organisation: str | None
    tier: int | None
    last_contact: LastContact | None
    apologies: str | None = None
    """The group for whose last two meetings they sent apologies."""
    apologies_on: DateAsKnown | None = None
    logged: bool = False
    """Somebody wrote a contact with it into the log at least once."""

    def find_limit(self, limits: dict[int, int]) -> int | None:
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


def find_overdue(status: EngagementStatus, limit: int | None, today: date) -> StaleRow | None:
    """The row of somebody who is over a limit, or who sent apologies twice running; None for anybody else."""
    days = status.last_contact.count_days(today) if status.last_contact else None
    reason = ""
    if limit is not None and days is None and status.tier is not None:
        reason = _("never spoken to")
    elif limit is not None and days is not None and days > limit:
        reason = _("over {n} days").format(n=limit)
    elif status.apologies:
        reason = _("apologies twice: {group}").format(group=status.apologies)
    if not reason:
        return None
    last_contact = status.last_contact
    return StaleRow(
        status.ref,
        status.name,
        status.kind,
        status.organisation,
        last_contact.on if last_contact else None,
        last_contact.kind if last_contact else None,
        last_contact.ref if last_contact else None,
        days,
        status.tier,
        limit or 0,
        reason,
    )


def format_last_contact(on: DateAsKnown | None, kind: str | None, today: date) -> str:
    """The last contact in words: "12 June 2013 (visit), 169 days ago"."""
    if on is None:
        return _("never, as far as the log says")
    days = (today - on.latest).days
    age = _("today") if days == 0 else _("yesterday") if days == 1 else ngettext("{n} day ago", "{n} days ago", days)
    return f"{on} ({kind}), {age}"


def format_tier(tier: int | None, limit: int | None) -> str | None:
    """How often it should be: "tier 1, every 30 days"; None where there is no tier."""
    return _("tier {n}, every {days} days").format(n=tier, days=limit) if tier is not None else None
