"""Row class of the decision register."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import choose_language, choose_printed_text
from ahtc_tui.domain.keys import NO_KEY, RowKey


@dataclass(frozen=True, slots=True)
class Decision:
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
    key: RowKey = NO_KEY

    @property
    def shown_text(self) -> str:
        """Text in the current language, else in the other one."""
        return choose_language(self.text, self.text_cy)

    @property
    def printed_text(self) -> str:
        """Text in the language of a document; English is marked in a Welsh one."""
        return choose_printed_text(self.text, self.text_cy)

    @property
    def in_force(self) -> bool:
        """Whether no later decision supersedes it."""
        return self.superseded_by is None
