"""Saved views of the action log: a named filter with its order and columns."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.list_columns import DEFAULT_COLUMNS, LIST_COLUMNS
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, use_language

ALL_COLUMNS = tuple(LIST_COLUMNS)
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
    for language in (Language.EN, Language.CY) if any(word not in ALL_COLUMNS for word in words) else ():
        with use_language(language):
            columns_by_word = {column.word: column.name for column in LIST_COLUMNS.values()}
        words = [columns_by_word.get(word, word) for word in words]
    columns = tuple(dict.fromkeys(words))
    unknown = [word for word in columns if word not in ALL_COLUMNS]
    if unknown:
        raise BadInput(
            _('There is no column "{name}". Choose from {names}.').format(
                name=unknown[0], names=format_columns(ALL_COLUMNS)
            )
        )
    return columns or DEFAULT_COLUMNS


def format_columns(columns: tuple[str, ...]) -> str:
    """Return column names in the language of the interface: "ref, title, due"."""
    return ", ".join(LIST_COLUMNS[column].word for column in columns)
