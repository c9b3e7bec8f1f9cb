"""Running text of a paper: sentences about records, joined where they differ in the subject only, with their sources.

English sentences have the verb of the title of an action ("The Co-ordinator secured First Responder status ..."); Welsh
ones name the work after a colon, since the title cannot be inflected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.documents.office_paper import SourceNote
from ahtc_tui.domain.evidence.sources import NUMBER, PARAGRAPH_OF
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext, pgettext
from ahtc_tui.domain.text.english_phrases import add_article

Forms = tuple[str, str]
"""Message about one subject, and about several."""
WHOLE_SENTENCE: Forms = ("", "")
"""Forms of a statement whose subject is the sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about one record."""

    forms: Forms
    subject: str
    values: tuple[tuple[str, str], ...] = ()
    """Other placeholders of the message."""
    source: str = ""
    most: int = 4
    """Number of subjects that one sentence holds."""
    only_name: str = ""
    """Name that the statement does no more than mention: it is left out where another one names it."""


@dataclass(frozen=True, slots=True)
class RunningText:
    """A paragraph of sentences, with a note for each source after the last sentence that it supports."""

    text: str
    notes: tuple[SourceNote, ...] = ()


def compose_text(statements: Iterable[Statement]) -> RunningText:
    """Return the sentences of a paragraph, in the order in which their forms first occur."""
    by_form: dict[tuple[object, ...], list[Statement]] = {}
    for statement in _drop_mentions(tuple(dict.fromkeys(statements))):
        subject = statement.subject if statement.most == 1 else ""
        by_form.setdefault((statement.forms, statement.values, subject), []).append(statement)
    text, ends = "", dict[str, int]()
    for group in by_form.values():
        for first in range(0, len(group), group[0].most):
            batch = group[first : first + group[0].most]
            text = f"{text} {_format_sentence(batch)}".lstrip()
            ends.update((statement.source, len(text)) for statement in batch if statement.source)
    return RunningText(text, tuple(SourceNote(end, _cite_sources(ends, end)) for end in sorted({*ends.values()})))


def _cite_sources(ends: Mapping[str, int], end: int) -> str:
    """Return the note at a position: the documents of the sources that end there, each with its paragraphs."""
    documents: dict[str, list[str]] = {}
    for source, position in ends.items():
        if position == end:
            match = PARAGRAPH_OF.fullmatch(source)
            document, numbers = (match[2], NUMBER.findall(match[1])) if match else (source, [])
            documents.setdefault(document, []).extend(numbers)
    return " ".join(_cite_document(document, list(dict.fromkeys(numbers))) for document, numbers in documents.items())


def _cite_document(document: str, numbers: Sequence[str]) -> str:
    """Return a document with its paragraphs: "CELG(4)-31-13 Paper 1, paragraphs 2.3 and 3.1."."""
    if not numbers:
        return end_sentence(document)
    label = _("paragraph {numbers}") if len(numbers) == 1 else _("paragraphs {numbers}")
    return end_sentence(f"{document}, {label.format(numbers=join_phrases(numbers))}")


def _drop_mentions(statements: tuple[Statement, ...]) -> list[Statement]:
    """Return the statements without those that mention only what another one names; lists of names come last."""
    full = [statement for statement in statements if not statement.only_name]
    texts = " ".join(text for statement in full for text in (statement.subject, *dict(statement.values).values()))
    known = texts.casefold()

    def is_named(statement: Statement) -> bool:
        return any(name.casefold() in known for name in (statement.only_name, statement.subject))

    kept = [statement for statement in statements if not statement.only_name or not is_named(statement)]
    return sorted(kept, key=lambda statement: bool(statement.only_name) and statement.most > 1)


def _format_sentence(batch: Sequence[Statement]) -> str:
    subjects = join_phrases([statement.subject for statement in batch])
    if (forms := batch[0].forms) == WHOLE_SENTENCE:
        return end_sentence(subjects)
    sentence = ngettext(*forms, len(batch), subjects=subjects, **dict(batch[0].values))
    return end_sentence(sentence[:1].upper() + sentence[1:])


def end_sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends with a punctuation mark."""
    return text if text.rstrip(")’'\"")[-1:] in (".", "!", "?") else f"{text}."


def join_phrases(phrases: Sequence[str]) -> str:
    """Return "A, B and C"; phrases with commas are separated by semicolons."""
    if len(phrases) == 1:
        return phrases[0]
    has_parts = get_current_language() is Language.CY or any(re.search("[,:] ", phrase) for phrase in phrases)
    separator, last = ("; ", _("{items}; and {last}")) if has_parts else (", ", _("{items} and {last}"))
    return last.format(items=separator.join(phrases[:-1]), last=phrases[-1])


def format_when(day: DateAsKnown) -> str:
    """Return a day with its preposition: "on 18 October 2013", "in March 2013", "by the end of 2013"."""
    text = format_day(day)
    if day.precision is Precision.WORDS or (day.words and not text[:1].isdigit()):
        return text
    if day.precision is Precision.MONTH:
        return pgettext("month", "in {day}").format(day=text)
    pattern = pgettext("day", "on {day}") if " " in text else pgettext("year", "in {day}")
    return pattern.format(day=text)


def name_in_text(name: str) -> str:
    """Return a name as running text has it, in English with its article."""
    return add_article(name) if get_current_language() is Language.EN else name


def quote(text: str) -> str:
    """Return a title in quotation marks."""
    return f"‘{text}’"
