"""The page for people without a terminal, as data: where the plan stands, what is late, what is next.

What people typed is shown without mail addresses and telephone numbers: the page may go to anybody.
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
from ahtc_tui.domain.text.terminal import escape_controls
from ahtc_tui.domain.today import NextMeeting

MOST_DUE_NEXT = 15
"""Actions that are due next; the others are counted."""
MOST_MEETINGS = 12

MAIL_PATTERN = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
LINK_PATTERN = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE_PATTERN = re.compile(r"(?<![\w/.-])(?:\+44|0044|\(?0)[\d() \u00a0.-]{8,16}\d(?![\w/])")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with how many of its seats nobody is known to fill."""

    row: GroupRow
    vacant: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything that stands on the page."""

    day: date
    marking: Marking
    plan: PlanView
    open: int
    late: tuple[ActionRow, ...]
    due_next: tuple[ActionRow, ...]
    more_due: int
    """Dated actions that come after those."""
    undated: int
    """Open actions, duties left out, without a day."""
    duties: tuple[ActionRow, ...]
    """All continuing duties, by the day on which they are looked at again."""
    to_review: int
    """Duties whose day of review has come, or that have none."""
    meetings: tuple[NextMeeting, ...]
    matrix: PracticeMatrix
    figures: tuple[FigureRow, ...]
    groups: tuple[GroupLine, ...]
    small: tuple[str, ...]
    """References of figures that count so few people that somebody has to look before the page goes out."""

    @property
    def vacant(self) -> int:
        """How many seats nobody is known to fill."""
        return sum(len(line.vacant) for line in self.groups)

    @property
    def seats(self) -> int:
        """All seats."""
        return sum(line.row.seats for line in self.groups)


def redact_contact_details(text: str) -> str:
    """User text on one line, without controls and without any way to reach a person."""
    redacted = " ".join(escape_controls(text).split())
    for pattern, replacement in (
        (MAIL_PATTERN, _("[address]")),
        (LINK_PATTERN, _("[link]")),
        (PHONE_PATTERN, _("[number]")),
    ):
        redacted = pattern.sub(replacement, redacted)
    return redacted
