"""Ready sentences in typed texts: "{late actions of UCLan}" is filled from the records when a text is exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from ahtc_tui.domain.i18n import choose_language
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.suggestions import find_near_name

_SENTENCE = re.compile(r"\{([^\W\d_][^{}\n]*[\s,][^{}\n]*)\}")
"""Words in braces; a single word in braces is a text of its writer."""


@dataclass(frozen=True, slots=True)
class SentenceForm:
    """A form of ready sentences: how it begins, and what follows."""

    name: str
    beginning: str
    subject: str
    """Description of the second part, as the list of forms shows it; empty without one."""
    welsh: str
    """How it begins in Welsh."""

    @property
    def example(self) -> str:
        """The form as people type it: "{late actions of LEAD}"."""
        beginning = choose_language(self.beginning, self.welsh)
        return f"{{{beginning}{' ' if self.subject else ''}{self.subject}}}"

    @property
    def beginnings(self) -> tuple[str, str]:
        """How it begins in either language, folded."""
        return normalize_text(self.beginning), normalize_text(self.welsh)


FORMS = (
    SentenceForm("late_of", "late actions of", "LEAD", "camau gweithredu hwyr gan"),
    SentenceForm("open_of", "open actions of", "LEAD", "camau gweithredu agored gan"),
    SentenceForm("late", "late actions", "", "camau gweithredu hwyr"),
    SentenceForm("open", "open actions", "", "camau gweithredu agored"),
    SentenceForm("take_up", "take-up of", "PRACTICE, AREA", "mabwysiadu"),
    SentenceForm("members", "members of", "GROUP", "aelodau o"),
    SentenceForm("next_meeting", "next meeting of", "GROUP", "cyfarfod nesaf o"),
)
"""All forms except "{FIGURE, AREA, PERIOD}" for a figure."""
FIGURE_FORM = "{FIGURE, AREA, PERIOD}"


def read_form(sentence: str) -> tuple[str, str]:
    """Return the name of the form of a sentence and what follows its beginning; "figure" for any other."""
    words = sentence.split()
    for form in FORMS:
        for beginning in form.beginnings:
            count = _count_words(words, beginning)
            if count and bool(form.subject) is (count < len(words)):
                return form.name, " ".join(words[count:])
    return "figure", " ".join(words)


def _count_words(words: list[str], beginning: str) -> int:
    """Return how many of the words are the beginning; 0 where they begin in another way."""
    counts = (count for count in range(1, len(words) + 1) if normalize_text(" ".join(words[:count])) == beginning)
    return next(counts, 0)


def list_sentences(text: str) -> list[str]:
    """Return the words of the sentences in braces of a text."""
    return [match[1].strip() for match in _SENTENCE.finditer(text)]


def find_near_form(sentence: str) -> str | None:
    """Return the form that is nearest to a sentence that is none; None where none is near."""
    words = " ".join(normalize_text(sentence).split()[:3])
    near = find_near_name(words, [beginning for form in FORMS for beginning in form.beginnings])
    return next((form.example for form in FORMS if near in form.beginnings), None)


def fill_texts(value: Any, fill: Callable[[str], str]) -> Any:
    """Return a document, or a part of one, with the ready sentences in all its texts filled."""
    if isinstance(value, str):
        return (
            value if isinstance(value, Enum) or "{" not in value else _SENTENCE.sub(lambda m: fill(m[1].strip()), value)
        )
    if isinstance(value, tuple):
        parts = [fill_texts(part, fill) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {name: part for name, old, part in _fill_fields(value, fill) if part is not old}
        return replace(value, **changed) if changed else value
    return value


def _fill_fields(value: Any, fill: Callable[[str], str]) -> Iterator[tuple[str, Any, Any]]:
    for field in fields(value):
        if field.init:
            old = getattr(value, field.name)
            part = fill_texts(old, fill)
            yield field.name, old, old if part == old else part
