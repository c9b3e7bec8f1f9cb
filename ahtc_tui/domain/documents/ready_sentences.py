"""Ready sentences in typed texts: "{late actions of UCLan}" is filled from the records when a text is exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

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

    @property
    def example(self) -> str:
        """The form as people type it: "{late actions of LEAD}"."""
        return f"{{{self.beginning}{' ' if self.subject else ''}{self.subject}}}"


FORMS = (
    SentenceForm("late_of", "late actions of", "LEAD"),
    SentenceForm("open_of", "open actions of", "LEAD"),
    SentenceForm("late", "late actions", ""),
    SentenceForm("open", "open actions", ""),
    SentenceForm("take_up", "take-up of", "PRACTICE, AREA"),
    SentenceForm("members", "members of", "GROUP"),
    SentenceForm("next_meeting", "next meeting of", "GROUP"),
)
"""All forms except "{FIGURE, AREA, PERIOD}" for a figure."""
FIGURE_FORM = "{FIGURE, AREA, PERIOD}"


def read_form(sentence: str) -> tuple[str, str]:
    """Return the name of the form of a sentence and what follows its beginning; "figure" for any other."""
    folded = " ".join(sentence.split())
    for form in FORMS:
        if form.subject and folded.lower().startswith(f"{form.beginning} "):
            return form.name, folded[len(form.beginning) :].strip()
        if not form.subject and folded.lower() == form.beginning:
            return form.name, ""
    return "figure", folded


def find_near_form(sentence: str) -> str | None:
    """Return the form that is nearest to a sentence that is none; None where none is near."""
    words = " ".join(sentence.split()).lower()
    near = find_near_name(" ".join(words.split()[:3]), [form.beginning for form in FORMS])
    return next((form.example for form in FORMS if form.beginning == near), None)


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
