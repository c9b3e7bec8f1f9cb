"""Content of the dashboard page.

Typed text is shown without contact details, since the page may be passed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.practice import PracticeMatrix
from ahtc_tui.domain.groups.model import GroupRow, SeatRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import PlanView
from ahtc_tui.domain.plan.periods import BurnDown, PlanTrend
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.domain.today import NextMeeting

MOST_DUE_NEXT = 15
"""Largest number of actions due next; the others are counted."""
MOST_MEETINGS = 12

MAIL_PATTERN = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
LINK_PATTERN = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE_PATTERN = re.compile(r"(?<![\w/.-])(?:\+44|0044|\(?0)[\d() \u00a0.-]{8,16}\d(?![\w/])")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with its vacant seats; seats of a class of bodies are not counted."""

    row: GroupRow
    vacant: tuple[SeatRow, ...]
    seats: int
    """Number of seats of posts, people and bodies."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All content of the page."""

    day: date
    marking: Marking
    plan: PlanView
    open: int
    late: tuple[ActionRow, ...]
    due_next: tuple[ActionRow, ...]
    more_due: int
    """Number of dated actions after those in `due_next`."""
    undated: int
    """Number of open actions without a day, continuing duties excluded."""
    duties: tuple[ActionRow, ...]
    """All continuing duties, by review day."""
    to_review: int
    """Number of duties whose review is due or has no day."""
    meetings: tuple[NextMeeting, ...]
    matrix: PracticeMatrix
    figures: tuple[FigureRow, ...]
    groups: tuple[GroupLine, ...]
    small: tuple[str, ...]
    """References of figures that count few people and must be checked before the page is published."""
    trend: PlanTrend
    burn: BurnDown
    release: tuple[int, date] | None = None
    """Number and day of the release; None for a copy of the office."""

    @property
    def vacant(self) -> int:
        """Number of vacant seats."""
        return sum(len(line.vacant) for line in self.groups)

    @property
    def seats(self) -> int:
        """Number of seats of posts, people and bodies."""
        return sum(line.seats for line in self.groups)


def redact_contact_details(text: str) -> str:
    """Typed text on one line, without control characters, mail addresses, links and telephone numbers."""
    redacted = " ".join(escape_controls(text).split())
    for pattern, replacement in (
        (MAIL_PATTERN, _("[address]")),
        (LINK_PATTERN, _("[link]")),
        (PHONE_PATTERN, _("[number]")),
    ):
        redacted = pattern.sub(replacement, redacted)
    return redacted
