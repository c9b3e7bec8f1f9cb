"""The decision register: what was decided, when, by whom, why, and what came after it."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import NO_KEY, RowKey


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the register."""

    ref: str
    decided_on: DateAsKnown | None
    body: str | None
    """The group that decided."""
    body_ref: str | None
    meeting: str | None
    text: str
    text_cy: str | None
    reason: str | None
    superseded_by: str | None
    supersedes: tuple[str, ...]
    actions: tuple[str, ...]
    """References of the actions that carry it out."""
    source: str | None
    note: str | None
    key: RowKey = NO_KEY

    @property
    def in_force(self) -> bool:
        """No later decision took its place."""
        return self.superseded_by is None
