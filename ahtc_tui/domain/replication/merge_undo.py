"""What a person decides when the last merge is undone although later work of this copy is on its records."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.history import ReversibleStep
from ahtc_tui.domain.i18n import _


@dataclass(frozen=True, slots=True)
class LaterWork:
    """A record that a merge brought or changed, and the later steps of this copy that are on it."""

    id: str
    """The key of the record in hexadecimal digits."""
    ref: str
    """Its reference, or that of the record that it is a part of."""
    title: str | None
    kind: str
    """The noun of its table."""
    steps: tuple[str, ...]
    """Labels of the steps, the oldest first."""

    def format_label(self) -> str:
        """Return reference and title."""
        return f'{self.ref} "{self.title}"' if self.title else self.ref

    def format_question(self) -> str:
        """Return the question whether the record stays as it is."""
        question = _("{record} was changed here after the merge: {steps}. Keep it as it is now?")
        return question.format(record=self.format_label(), steps=", ".join(self.steps))


@dataclass(frozen=True, slots=True)
class MergeUndo:
    """The last merge in force, and the records that need a decision before it is undone."""

    step: ReversibleStep
    """With what would leave this copy if nothing is kept."""
    records: tuple[LaterWork, ...]
