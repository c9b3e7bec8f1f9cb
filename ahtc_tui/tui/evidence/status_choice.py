"""The menu of statuses for a cell of the matrix: a letter, or the cursor and enter."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.evidence.matrix_table import LETTERS, NOT_SAID
from ahtc_tui.tui.widgets.pick_list import Pick

CLEAR = "x"
"""Letter that removes the entry of the cell."""
STATUS_OF_LETTER: dict[str, AdoptionStatus | None] = {letter: status for status, letter in LETTERS.items()} | {
    CLEAR: None
}


class StatusChoice(Pick):
    """Dismisses with the letter of a status, with CLEAR, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            letter,
            f"dismiss('{letter}')",
            status.value if status else CLEAR,
            id=f"status.{letter}",
        )
        for letter, status in STATUS_OF_LETTER.items()
    ]

    def __init__(self, question: str, adoption: AdoptionRow | None) -> None:
        """`question` names the cell; the cursor starts on its status."""
        options = [
            (letter, " ".join((status.symbol, status.label) if status else (NOT_SAID, _("No information"))))
            for letter, status in STATUS_OF_LETTER.items()
        ]
        current = adoption.status if adoption else None
        super().__init__(question, options, list(STATUS_OF_LETTER.values()).index(current))
