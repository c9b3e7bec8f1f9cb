"""Row class of the decision register."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.i18n import BilingualText, choose_printed_text
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import DecisionStatus


@dataclass(frozen=True, slots=True)
class Decision(BilingualText):
    """An entry of the decision register."""

    ref: str
    decided_on: DateAsKnown | None
    body: str | None
    """Group that decided."""
    body_ref: str | None
    meeting: str | None
    text: str
    text_cy: str | None
    reason: str | None
    superseded_by: str | None
    supersedes: tuple[str, ...]
    actions: tuple[str, ...]
    """References of the actions that implement it."""
    source: str | None
    note: str | None
    status: DecisionStatus
    """Superseded where a later decision supersedes it, agreed where it was never set."""
    decided_by: str | None
    """Person, post or body that decided; None for the group of the meeting."""
    key: RowKey = NO_KEY
    meeting_title: str | None = None
    meeting_title_cy: str | None = None
    meeting_day: DateAsKnown | None = None

    @property
    def meeting_name(self) -> str:
        """Title and day of its meeting, as a register prints them; empty without one."""
        title = choose_printed_text(self.meeting_title or "", self.meeting_title_cy)
        return ", ".join(part for part in (title, format_day(self.meeting_day)) if part)

    @property
    def in_force(self) -> bool:
        """Whether it is neither superseded nor withdrawn, and was not rejected."""
        return self.status not in (DecisionStatus.SUPERSEDED, DecisionStatus.REJECTED, DecisionStatus.WITHDRAWN)
