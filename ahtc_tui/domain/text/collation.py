"""Alphabetical order of names and titles: the Welsh alphabet where the interface or the file is Welsh."""

from __future__ import annotations

from collections.abc import Callable

from ahtc_tui.domain.i18n import Language, get_current_language


def build_sort_key(text: str, english_key: Callable[[str], str] = str) -> str:
    """Return the key by which a name or title is sorted in the language of the interface or file.

    Bilingual files have Welsh first and its order. `english_key` is the key of the English order.
    """
    if get_current_language() is Language.EN:
        return english_key(text)
    from ahtc_tui.domain.text.welsh_alphabet import build_welsh_key

    return build_welsh_key(text)
