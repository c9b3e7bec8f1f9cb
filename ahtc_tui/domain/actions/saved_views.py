"""Saved views of the action log: a named filter with its order and columns."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, pgettext, pgettext_noop, use_language

DEFAULT_COLUMNS = ("brag", "ref", "title", "lead", "due")

ALL_COLUMNS = (
    pgettext_noop("column", "brag"),
    pgettext_noop("column", "ref"),
    pgettext_noop("column", "title"),
    pgettext_noop("column", "lead"),
    pgettext_noop("column", "due"),
    pgettext_noop("column", "status"),
    pgettext_noop("column", "objective"),
    pgettext_noop("column", "support"),
    pgettext_noop("column", "review"),
    pgettext_noop("column", "update"),
    pgettext_noop("column", "urgency"),
)
"""All columns that a view can show, as they are stored; `format_columns` translates them."""


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
    """Read column names in English or Welsh, such as "ref, title, due"; empty gives the default.

    Raises BadInput that lists the columns.
    """
    words = text.lower().replace(",", " ").split()
    if any(word not in ALL_COLUMNS for word in words):
        with use_language(Language.CY):
            columns_by_name = {pgettext("column", column): column for column in ALL_COLUMNS}
        words = [columns_by_name.get(word, word) for word in words]
    columns = tuple(dict.fromkeys(words))
    unknown = [word for word in columns if word not in ALL_COLUMNS]
    if unknown:
        raise BadInput(
            _('There is no column "{name}": choose from {names}.').format(
                name=unknown[0], names=format_columns(ALL_COLUMNS)
            )
        )
    return columns or DEFAULT_COLUMNS


def format_columns(columns: tuple[str, ...]) -> str:
    """Return column names in the language of the interface: "ref, title, due"."""
    return ", ".join(pgettext("column", column) for column in columns)
