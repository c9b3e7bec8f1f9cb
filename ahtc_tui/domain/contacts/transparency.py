"""Rows of the transparency return: meetings of the office with external organisations, with the columns of GOV.UK."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown

RETURNED_KINDS = frozenset((EngagementKind.MEETING, EngagementKind.VISIT, EngagementKind.CALL))
"""Contacts that count as meetings; mail and training are not returned."""


@dataclass(frozen=True, slots=True)
class ExternalMeeting:
    """A row of the transparency return: a meeting has one for each organisation that took part."""

    number: str
    """Reference in the log, which is not published."""
    official: str
    on: str
    """ISO 8601 date, as precise as it is known."""
    organisation: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TransparencyReturn:
    """All meetings of a return, by day."""

    meetings: tuple[ExternalMeeting, ...]
    official: str = ""
    """Who is named where there were no meetings."""


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """A contact of the log with one of its parties."""

    ref: str
    on: DateAsKnown
    kind: EngagementKind
    subject: str
    organisation: str | None
    """Organisation of the party; None for a private person."""
    is_ours: bool
    """Whether the organisation is the office's own, or one above it."""
    is_government: bool = False
    """Whether it is recorded as a department or unit of a government."""

    @property
    def is_external(self) -> bool:
        """Whether the organisation is outside the departments of the United Kingdom and the devolved administrations.

        Its kind decides: a body of another country is recorded as international.
        """
        return not self.is_ours and not self.is_government


def is_in_period(on: DateAsKnown, first: date, last: date) -> bool:
    """Return whether a contact was in a period: its latest day counts, so that none is in two periods."""
    return first <= on.latest <= last
