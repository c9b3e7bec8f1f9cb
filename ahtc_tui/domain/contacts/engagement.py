"""Engagement with contacts: last contact, limits by tier, and who is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

TIER_LIMITS = {1: 30, 2: 90, 3: 180}
"""Default limits in days by tier."""
APOLOGIES_IN_A_ROW = 2
"""Apologies in a row for one group after which a contact is listed."""
APOLOGY_DAYS = 400
"""Age in days up to which such apologies count: two yearly meetings are not a series."""


class EngagementKind(LabelledEnum):
    """Kind of a logged contact."""

    CALL = "call", gettext_noop("Call")
    VISIT = "visit", gettext_noop("Visit")
    TRAINING = "training", gettext_noop("Training")
    MEETING = "meeting", gettext_noop("Meeting")
    MAIL = "mail", gettext_noop("Mail")


class EngagementState(LabelledEnum):
    """Whether a logged contact took place; only then does it count as a contact."""

    PLANNED = "planned", gettext_noop("Planned")
    HELD = "held", gettext_noop("Held")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


class LastContact(NamedTuple):
    """Last contact with a party: a log entry, or a meeting that it attended."""

    on: DateAsKnown
    kind: str
    """Kind of the log entry ("visit"), or "meeting" for attendance."""
    ref: str
    """Reference of the log entry or meeting."""
    subject: str

    def count_days(self, today: date) -> int:
        """Return the number of days since the contact."""
        return (today - self.on.latest).days


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """A contact in lists: a log entry, or an attended meeting."""

    ref: str
    on: DateAsKnown
    kind: str
    subject: str
    note: str | None
    who: tuple[str, ...]
    """Names of the persons, posts and organisations."""
    who_refs: tuple[str, ...]
    follow_up: str | None
    """Reference of the follow-up action."""
    attended: bool = False
    """Whether the row is an attended meeting and not a log entry."""
    minutes: int | None = None
    """Duration."""
    status: EngagementState = EngagementState.HELD
    assignee: str | None = None
    """Name of the contact who deals with it."""
    assignee_ref: str | None = None


class EngagementStatus(NamedTuple):
    """A party with its last contact, tier and apologies."""

    key: RowKey
    ref: str
    name: str
    kind: PartyKind
    organisation: str | None
    tier: int | None
    last_contact: LastContact | None
    apologies: str | None = None
    """Group for whose last two meetings the party sent apologies."""
    logged: bool = False
    """Whether the log holds an entry for the party."""

    def find_limit(self, limits: dict[int, int]) -> int | None:
        """Limit in days for the tier of the party; None without a tier."""
        return limits.get(self.tier) if self.tier is not None else None


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A party whose next contact is overdue."""

    ref: str
    name: str
    kind: PartyKind
    organisation: str | None
    last_on: DateAsKnown | None
    last_kind: str | None
    last_ref: str | None
    days: int | None
    """Days since the last contact, if any."""
    tier: int | None
    limit: int
    """Limit in days."""
    why: str
    """Readable reason: "over 30 days", "apologies twice: Leadership Group"."""


@dataclass(frozen=True, slots=True)
class MonthlyEngagement:
    """The contacts with one party by month."""

    ref: str
    name: str
    counts: tuple[int, ...]
    """Number of contacts in each month of the page."""
    last_on: DateAsKnown | None
    why: str
    """Why the next contact is overdue; empty where it is not."""

    @property
    def total(self) -> int:
        """Number of contacts in all months."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class EngagementMonths:
    """The contacts by month with everybody who was contacted or whose next contact is overdue."""

    months: tuple[date, ...]
    """First day of each month, the current one last."""
    rows: tuple[MonthlyEngagement, ...]

    @property
    def largest(self) -> int:
        """Largest number of contacts with one party in one month."""
        return max((count for row in self.rows for count in row.counts), default=0)


@dataclass(frozen=True, slots=True)
class EngagementFilter:
    """Conditions on the log; None for any."""

    kind: EngagementKind | None = None
    status: EngagementState | None = None
    assignee: str | None = None
    first: date | None = None
    last: date | None = None

    def matches(self, row: EngagementRow, assignee_ref: str | None) -> bool:
        """Return whether a row fulfils the conditions with the reference of the assignee, if one is a condition."""
        return (
            self.kind in (None, row.kind)
            and self.status in (None, row.status)
            and assignee_ref in (None, row.assignee_ref)
            and (self.first is None or row.on.latest >= self.first)
            and (self.last is None or row.on.latest <= self.last)
        )


def find_overdue(status: EngagementStatus, limit: int | None, today: date) -> StaleRow | None:
    """Return the row for a party over its limit or with two apologies in a row, else None."""
    days = status.last_contact.count_days(today) if status.last_contact else None
    reason = ""
    if limit is not None and days is None and status.tier is not None:
        reason = _("no contact yet")
    elif limit is not None and days is not None and days > limit:
        reason = ngettext("over {n} day", "over {n} days", limit)
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


def refuse_future_contact(on: DateAsKnown, status: EngagementState | None, today: date) -> None:
    """Raise BadInput for a contact in the future that is not planned or cancelled."""
    if status in (None, EngagementState.HELD) and on.has_day and on.earliest > today:
        raise BadInput(_("{day} is in the future. Record it as planned, or as a meeting or an action.").format(day=on))


def format_engagement_facts(row: EngagementRow) -> tuple[str, ...]:
    """Return the duration, status unless it was held, and assignee: ("45 min", "planned", "assigned to AHTC")."""
    return (
        *((_("{n} min").format(n=row.minutes),) if row.minutes else ()),
        *((row.status.label.lower(),) if row.status is not EngagementState.HELD else ()),
        *((_("assigned to {name}").format(name=row.assignee),) if row.assignee else ()),
    )


def format_engagement_kind(kind: str) -> str:
    """Translated name of the kind of a logged contact, or of an attended meeting: "visit"."""
    return EngagementKind(kind).label.lower()


def format_last_contact(on: DateAsKnown | None, kind: str | None, today: date) -> str:
    """Return the last contact in words: "12 June 2013 (visit), 169 days ago"."""
    if on is None:
        return _("no contact recorded")
    days = (today - on.latest).days
    age = {0: _("today"), 1: _("yesterday")}.get(days) or ngettext("{n} day ago", "{n} days ago", days)
    return f"{on} ({format_engagement_kind(kind)}), {age}" if kind else f"{on}, {age}"


def format_tier(tier: int | None, limit: int | None) -> str | None:
    """Return the tier with its limit: "tier 1, every 30 days"; None without a tier."""
    return _("tier {n}, every {days} days").format(n=tier, days=limit) if tier is not None else None
