"""Gaps that may remain in minutes before they are issued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow


class GapKind(StrEnum):
    """Kind of gap."""

    NO_OWNER = "no_owner"
    NO_DATE = "no_date"
    NO_WORDS = "no_words"
    NO_ATTENDANCE = "no_attendance"
    NOTHING_RECORDED = "nothing_recorded"

    @property
    def label(self) -> str:
        """Readable words."""
        return {
            GapKind.NO_OWNER: _("action without an owner"),
            GapKind.NO_DATE: _("action without a date"),
            GapKind.NO_WORDS: _("decision without words"),
            GapKind.NO_ATTENDANCE: _("attendance is not recorded"),
            GapKind.NOTHING_RECORDED: _("nothing is recorded"),
        }[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap and its place."""

    kind: GapKind
    item: int | None
    line: str | None
    """Number of the paragraph: "3.2"."""
    ref: str | None
    text: str
    """Text of the line, title of the item, or name of the party without recorded attendance."""
    key: RowKey = NO_KEY
    """Key of the line, if the gap is in a line."""

    def __str__(self) -> str:
        place = self.line or (str(self.item) if self.item is not None else "")
        return "  ".join(part for part in (place, self.kind.label, self.ref or "", self.text) if part)


def find_action_gaps(action: ActionRow) -> Iterator[GapKind]:
    """Gaps of an action. A continuing duty needs no date; a closed action has no gaps."""
    if action.is_open:
        if action.lead is None:
            yield GapKind.NO_OWNER
        if action.due is None and action.review_on is None and action.status is not Status.CONTINUING:
            yield GapKind.NO_DATE


SHORTEST_DECISION = 2
"""Smallest number of words: "agreed" alone does not state the decision."""


def is_empty_decision(text: str) -> bool:
    """Whether the text of a decision does not state what was decided: "Agreed.", "Cytunwyd"."""
    return len([word for word in text.split() if any(letter.isalnum() for letter in word)]) < SHORTEST_DECISION
