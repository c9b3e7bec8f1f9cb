"""Saved views of the action log: a named filter with its order and columns."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

DEFAULT_COLUMNS = ("brag", "ref", "title", "lead", "due")

ALL_COLUMNS = (*DEFAULT_COLUMNS, "status", "objective", "support", "review", "update", "urgency")
"""All columns that a view can show."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named filter with order and columns."""

    name: str
    words: str = ""
    """Filter as typed after `/`, parsed at each use so that relative dates ("+2w") move on."""
    which: ActionScope = ActionScope.OPEN
    sort: Sort = Sort.DUE
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    context: bool = False
    """Whether the list of actions opens with this view."""


def read_columns(text: str) -> tuple[str, ...]:
    """Read column names such as "ref, title, due"; empty gives the default. Raises BadInput that lists the columns."""
    columns = tuple(dict.fromkeys(word for word in text.lower().replace(",", " ").split()))
    unknown = [word for word in columns if word not in ALL_COLUMNS]
    if unknown:
        raise BadInput(
            _('There is no column "{name}": choose from {names}.').format(name=unknown[0], names=", ".join(ALL_COLUMNS))
        )
    return columns or DEFAULT_COLUMNS
