"""Every sentence that a person reads passes through `_`. English stands in the source; others come as catalogues."""

from __future__ import annotations

from collections.abc import Callable

_translate: Callable[[str], str] | None = None


def _(text: str) -> str:
    """The text in the language of the person, English until one is chosen."""
    return _translate(text) if _translate else text


def speak(language: str) -> None:
    """Choose the language of every later sentence: "en" or "cy". A language without a catalogue leaves English."""
    global _translate
    if language == "en":
        _translate = None
        return
    import gettext
    from pathlib import Path

    locale = Path(__file__).parent.parent / "locale"
    _translate = gettext.translation("ahtc", locale, [language], fallback=True).gettext
