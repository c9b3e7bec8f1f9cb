"""In which language a file is that is being written: every fixed word of it is said in that one, or in both.

One list of words for every file. What people typed is never translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ahtc_tui.domain.dates.date_as_known import DAYS, MONTHS
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import translate_with
from ahtc_tui.domain.welsh import claims, dashboard, sentences
from ahtc_tui.domain.welsh.labels import WORDS
from ahtc_tui.domain.welsh.meeting_documents import WELSH

ALL_WELSH = {**WORDS, **sentences.SENTENCES, **dashboard.SENTENCES, **claims.SENTENCES, **WELSH}
"""One list for every file that leaves."""

MONTH_NAMES = frozenset((*MONTHS[1:], *DAYS))
"""In a bilingual file these stand as "Rhagfyr/December", which the reader of dates knows."""


def translate_to_welsh(text: str) -> str:
    """The Welsh of a fixed word; English where there is none."""
    return ALL_WELSH.get(text, text)


def keep_english(text: str) -> str:
    """The words as they are."""
    return text


def translate_to_both(text: str) -> str:
    """Welsh first and English after it: "Statws / Status"."""
    welsh = translate_to_welsh(text)
    if welsh == text:
        return text
    return f"{welsh}{'/' if text in MONTH_NAMES else ' / '}{text}"


_current_language: ContextVar[Language] = ContextVar("language", default=Language.EN)
"""The language of the file that is being written."""


def get_current_language() -> Language:
    """In which language the file is that is being written."""
    return _current_language.get()


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Every fixed word inside is of that language. Both is for tables alone: a paper is written once in each."""
    translate = {Language.CY: translate_to_welsh, Language.BOTH: translate_to_both, Language.EN: keep_english}[language]
    if language is _current_language.get():
        yield
        return
    token = _current_language.set(language)
    try:
        with translate_with(translate):
            yield
    finally:
        _current_language.reset(token)


def join_translations(languages: Iterable[Language], render: Callable[[], str]) -> str:
    """A fixed word in every language of a file: "Tudalen / Page"."""
    texts = []
    for language in languages:
        with use_language(language):
            texts.append(render())
    return " / ".join(dict.fromkeys(texts))


def render_in_each_language(render: Callable[[], str]) -> str:
    """Words that read on, such as a letter: in both languages Welsh first, and English under a line after it."""
    texts = []
    for language in get_current_language().languages:
        with use_language(language):
            texts.append(render())
    return "\n\n* * *\n\n".join(texts)
