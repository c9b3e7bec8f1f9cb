"""Every sentence that a person reads passes through `_`. English stands in the source; others come as catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_translate: Callable[[str], str] | None = None
_document_translation: ContextVar[Callable[[str], str] | None] = ContextVar("paper", default=None)
"""The words of the paper that is being put together, whatever the language of the person."""


def _(text: str) -> str:
    """The text in the language of the person, English until one is chosen; inside `saying_with` in that of a paper."""
    if (translate := _document_translation.get()) is not None:
        return translate(text)
    return _translate(text) if _translate else text


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the translated form for the number `n`, with `{n}` replaced: "1 action", "3 actions"."""
    return _(singular if n == 1 else plural).format(n=n)


def gettext_noop(message: str) -> str:
    """Mark a message for extraction without translating it; `_` translates it where it is shown."""
    return message


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """Mark the two forms of a message for extraction without translating them; `ngettext` does where they are shown."""
    return singular, plural


def set_language(language: str) -> None:
    """Choose the language of every later sentence: "en" or "cy". A language without a catalogue leaves English."""
    global _translate
    if language == "en":
        _translate = None
        return
    import gettext
    from pathlib import Path

    locale = Path(__file__).parent.parent / "locale"
    _translate = gettext.translation("ahtc", locale, [language], fallback=True).gettext


@contextmanager
def translate_with(translate: Callable[[str], str]) -> Iterator[None]:
    """Say everything inside in the words of a paper; what goes on beside it, on other threads, is not touched."""
    token = _document_translation.set(translate)
    try:
        yield
    finally:
        _document_translation.reset(token)
