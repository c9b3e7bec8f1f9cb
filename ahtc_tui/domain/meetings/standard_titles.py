"""Usual titles of agenda items, which the catalogue translates: "Matters arising", "Any other business"."""

from __future__ import annotations

from ahtc_tui.domain.i18n import Language, _, choose_language, gettext_noop, use_language

STANDARD_TITLES = (
    gettext_noop("Welcome"),
    gettext_noop("Welcome and introductions"),
    gettext_noop("Welcome and apologies"),
    gettext_noop("Apologies"),
    gettext_noop("Apologies for absence"),
    gettext_noop("Declarations of interest"),
    gettext_noop("Declarations"),
    gettext_noop("Declaration of interest"),
    gettext_noop("Conflicts of interest"),
    gettext_noop("Minutes"),
    gettext_noop("Minutes of the last meeting"),
    gettext_noop("Minutes of the previous meeting"),
    gettext_noop("Matters arising"),
    gettext_noop("Action log"),
    gettext_noop("Any other business"),
    gettext_noop("AOB"),
    gettext_noop("Date of next meeting"),
    gettext_noop("Date of the next meeting"),
)
"""Titles of agenda items that have a translation in the catalogue."""


def _normalize_title(title: str) -> str:
    return " ".join(word for word in title.strip().rstrip(".").lower().split() if word != "the")


DECLARATIONS = frozenset(
    ("Declarations of interest", "Declarations", "Declaration of interest", "Conflicts of interest")
)
"""Standard titles of the item whose lines are declarations of interest."""

_TITLE_BY_KEY = {_normalize_title(title): title for title in STANDARD_TITLES}


def is_standard_title(title: str) -> bool:
    """Return whether the catalogue has the title of an agenda item."""
    return _normalize_title(title) in _TITLE_BY_KEY


def is_item_for_declarations(title: str) -> bool:
    """Return whether an item has a standard title of the item for declarations of interest, in either language."""
    with use_language(Language.CY):
        titles = {_normalize_title(text) for standard in DECLARATIONS for text in (standard, _(standard))}
    return _normalize_title(title) in titles


def translate_standard_title(title: str) -> str:
    """Return the title of an agenda item in the current language where it is a standard one, else unchanged."""
    return _(_TITLE_BY_KEY[_normalize_title(title)]) if is_standard_title(title) else title


def choose_item_title(title: str, title_cy: str | None) -> str:
    """Return the title of an agenda item in the current language: its own Welsh, else the Welsh of the catalogue."""
    return choose_language(title, title_cy) if title_cy else translate_standard_title(title)
