"""In which language a file is that is being written: every fixed word of it is said in that one, or in both.

One list of words for every file. What people typed is never translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ahtc_tui.domain.dates.date_as_known import DAYS, MONTHS
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import saying_with
from ahtc_tui.domain.welsh import claims, dashboard, sentences
from ahtc_tui.domain.welsh.labels import WORDS
from ahtc_tui.domain.welsh.meeting_documents import WELSH

ALL_WELSH = {**WORDS, **sentences.SENTENCES, **dashboard.SENTENCES, **claims.SENTENCES, **WELSH}
"""One list for every file that leaves."""

MONTH_NAMES = frozenset((*MONTHS[1:], *DAYS))
"""In a bilingual file these stand as "Rhagfyr/December", which the reader of dates knows."""


def in_welsh(text: str) -> str:
    """The Welsh of a fixed word; English where there is none."""
    return ALL_WELSH.get(text, text)


def in_english(text: str) -> str:
    """The words as they are."""
    return text


def in_both(text: str) -> str:
    """Welsh first and English after it: "Statws / Status"."""
    welsh = in_welsh(text)
    if welsh == text:
        return text
    return f"{welsh}{'/' if text in MONTH_NAMES else ' / '}{text}"


_now: ContextVar[Language] = ContextVar("language", default=Language.EN)
"""The language of the file that is being written."""


def language_now() -> Language:
    """In which language the file is that is being written."""
    return _now.get()


@contextmanager
def said_in(language: Language) -> Iterator[None]:
    """Every fixed word inside is of that language. Both is for tables alone: a paper is written once in each."""
    say = {Language.CY: in_welsh, Language.BOTH: in_both, Language.EN: in_english}[language]
    if language is _now.get():
        yield
        return
    token = _now.set(language)
    try:
        with saying_with(say):
            yield
    finally:
        _now.reset(token)


def in_each(languages: Iterable[Language], say: Callable[[], str]) -> str:
    """A fixed word in every language of a file: "Tudalen / Page"."""
    said = []
    for language in languages:
        with said_in(language):
            said.append(say())
    return " / ".join(dict.fromkeys(said))


def in_turn(make: Callable[[], str]) -> str:
    """Words that read on, such as a letter: in both languages Welsh first, and English under a line after it."""
    said = []
    for language in language_now().each:
        with said_in(language):
            said.append(make())
    return "\n\n* * *\n\n".join(said)
