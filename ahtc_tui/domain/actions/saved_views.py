"""Saved views of the action log: a filter, an order and columns under a name. Never a database or a screen."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

DEFAULT_COLUMNS = ("brag", "ref", "title", "lead", "due")
"""What a list shows where nobody chose otherwise."""

ALL_COLUMNS = (*DEFAULT_COLUMNS, "status", "objective", "support", "review", "update", "urgency")
"""Every column that a view may show."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A way to look at the actions."""

    name: str
    words: str = ""
    """As typed behind `/`: words, @lead, #group, !late, due<30 nov. Read anew each time, so that "+2w" moves on."""
    which: ActionScope = ActionScope.OPEN
    sort: Sort = Sort.DUE
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    context: bool = False
    """The list of actions on the screen begins with it."""


def read_columns(text: str) -> tuple[str, ...]:
    """Columns as a person lists them, "ref, title, due". Raises BadInput with those that there are."""
    columns = tuple(dict.fromkeys(word for word in text.lower().replace(",", " ").split()))
    unknown = [word for word in columns if word not in ALL_COLUMNS]
    if unknown:
        raise BadInput(
            _('There is no column "{name}": choose from {names}.').format(name=unknown[0], names=", ".join(ALL_COLUMNS))
        )
    return columns or DEFAULT_COLUMNS
