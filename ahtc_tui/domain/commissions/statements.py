"""Running text of a paper: sentences about records, joined where they differ in the subject only, with their sources.

Both languages take the verb from the title of an action ("secured First Responder status", "wedi sicrhau statws").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formal_dates import format_day, format_deadline
from ahtc_tui.domain.documents.office_paper import SourceNote
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext, ngettext_noop, pgettext
from ahtc_tui.domain.text.english_phrases import NAMED_THINGS, add_article, list_bodies
from ahtc_tui.domain.text.sources import CitedDocument, find_paragraphs, sort_numbers
from ahtc_tui.domain.welsh_names import WelshName, is_welsh, list_forms, mark_name

Forms = tuple[str, str]
"""Message about one subject, and about several."""
Sources = tuple[str, ...]
"""Sources of a fact; empty where none is recorded."""
WHOLE_SENTENCE: Forms = ("", "")
"""Forms of a statement whose subject is the sentence."""
WRITTEN: Forms = ("", "written")
"""Forms of a statement whose subject is text that a person wrote, which is printed as it is."""
LED = ngettext_noop("{leader} leads {subjects}{state}", "{leader} leads {subjects}{state}")
UNCHANGED_LETTERS = frozenset("AEHIJKNOQSUVXZ")
"""Letters with which a Welsh name begins in the same way after every word: no mutation changes or yields them."""
LONG_LIST = 30
"""Number of names in one sentence."""


class Weight(IntEnum):
    """Importance of a statement: a paragraph prints only its statements of the highest weight."""

    BELONGING = 0
    """A body is part of another."""
    FACT = 1


@dataclass(frozen=True, slots=True)
class ListedName:
    """A member of a list in a statement, with the sources that carry it."""

    name: str
    sources: tuple[str, ...] = ()


def is_carried(sources: Iterable[str], document: str, number: str) -> bool:
    """Return whether sources name a paragraph of a document, or the document without any paragraph."""
    numbers = [find_paragraphs(source)[1] for source in sources if find_paragraphs(source)[0] == document]
    return not numbers or any(number in listed for listed in numbers)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about one record."""

    forms: Forms
    subject: str
    values: tuple[tuple[str, str], ...] = ()
    """Other placeholders of the message."""
    sources: tuple[str, ...] = ()
    """Sources for every fact of the statement; empty if any fact has no source."""
    listed: tuple[ListedName, ...] = ()
    """Names of the placeholder "listed", each with its own sources."""
    most: int = 4
    """Number of subjects that one sentence holds."""
    is_plural: bool = False
    """Whether a single subject is plural."""
    is_thing: bool = False
    """Whether the subject is "it" in English in a sentence after another one about it."""
    again: Forms | None = None
    """Forms instead, in a sentence after another one about the same subject."""
    short_name: str = ""
    """The subject in a further Welsh sentence about it, which has no "it": "yr arfer hwn"."""
    short_lead: str = ""
    """Name that the next sentence uses for the person introduced in this one: "the Chief Executive"."""
    place: int = 1
    """Position in the paragraph: 0 before the others, 2 after them."""
    weight: Weight = Weight.FACT
    names: tuple[str, ...] = ()
    """Names of places or people that are all that the statement adds: it is left out where others name them all."""
    states: frozenset[str] = frozenset()
    """Keys of facts that the statement states."""
    unless: frozenset[str] = frozenset()
    """Keys of facts: the statement is left out where the others state all of them."""
    until: date | None = None
    """Last day on which an earlier wording of the paragraph is true: the day by which work or a document is due."""
    about: str = ""
    """Key of the record of which several sentences speak: they stay together, and none is joined with another."""

    @property
    def form_key(self) -> tuple[object, ...]:
        """Statements with the same key are joined in one sentence."""
        names = tuple(item.name for item in self.listed)
        return (self.forms, self.values, bool(self.cited), self.subject if self.most == 1 else "", names, self.about)

    @property
    def cited(self) -> tuple[str, ...]:
        """Sources of the statement and of the names that it lists; empty if any of them has no source."""
        sources = [item.sources for item in self.listed] + ([self.sources] if self.sources or not self.listed else [])
        return tuple(dict.fromkeys(source for each in sources for source in each)) if all(sources) else ()

    def without_sources(self) -> Statement:
        """Return the statement without its footnote."""
        return replace(self, sources=(), listed=tuple(replace(item, sources=()) for item in self.listed))

    def mark_names(self) -> Statement:
        """Return the statement with its Welsh names marked as such, so that they mutate where it is formatted."""
        listed = tuple(replace(item, name=mark_name(item.name)) for item in self.listed)
        values = tuple((field, mark_name(value)) for field, value in self.values)
        return replace(self, subject=mark_name(self.subject), values=values, listed=listed)

    def restrict_to(self, document: str, number: str) -> Statement | None:
        """Return what a paragraph with its own source states: what that source, or another document, carries."""
        listed = tuple(item for item in self.listed if is_carried(item.sources, document, number))
        if not is_carried(self.sources, document, number) or (self.listed and not listed):
            return None
        return replace(self, listed=listed)


def state_text(sentence: str, sources: Sources, *, states: Iterable[str] = (), unless: Iterable[str] = ()) -> Statement:
    """Return a whole sentence as a statement that is joined with no other."""
    return Statement(
        WHOLE_SENTENCE, end_sentence(sentence), sources=sources, most=1, states=frozenset(states),
        unless=frozenset(unless),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunningText:
    """A paragraph of sentences, with a note after each run of sentences that the same sources carry."""

    text: str
    notes: tuple[SourceNote, ...] = ()


class Citations:
    """Citations of one paper: a document is cited in full once, then in its short form."""

    def __init__(self, sources: Iterable[str] = ()) -> None:
        """Keep the short form of each document of the sources: its title up to a comma, if no other begins so."""
        documents = {find_paragraphs(source)[0] for source in sources}
        self._cited: set[str] = set()
        self._short: dict[str, str] = {}
        for document in documents:
            short = document.split(", ", 1)[0]
            is_unique = sum(other.startswith(short) for other in documents) == 1
            self._short[document] = short if is_unique else document

    def cite(self, sources: Iterable[str]) -> tuple[CitedDocument, ...]:
        """Return the documents of the sources, each with its paragraphs."""
        documents: dict[str, list[str]] = {}
        for source in sources:
            document, numbers = find_paragraphs(source)
            documents.setdefault(document, []).extend(numbers)
        cited = [
            CitedDocument(name, self._short.get(name, name) if name in self._cited else "", sort_numbers(numbers))
            for name, numbers in documents.items()
        ]
        self._cited.update(documents)
        return tuple(cited)


def compose_text(statements: Iterable[Statement], citations: Citations | None = None) -> RunningText:
    """Return the sentences of the selected statements, in the order in which their forms first occur."""
    citations = citations or Citations()
    by_form: dict[tuple[object, ...], list[Statement]] = {}
    for statement in dict.fromkeys(statements):
        by_form.setdefault(statement.form_key, []).append(statement)
    text, sentence, runs, previous = "", "", list[tuple[int, tuple[str, ...]]](), None
    for group in by_form.values():
        for first in range(0, len(group), group[0].most):
            batch = group[first : first + group[0].most]
            sentence, previous = _format_sentence(batch, previous, sentence), batch
            text = f"{text} {sentence}".lstrip()
            sources = tuple(dict.fromkeys(source for statement in batch for source in statement.cited))
            if runs and set(runs[-1][1]) == set(sources):
                runs.pop()
            runs.append((len(text), sources))
    return RunningText(text, tuple(SourceNote(end, citations.cite(sources)) for end, sources in runs if sources))


def select_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements that a paragraph prints: the ones with the highest weight, without repetitions.

    Records with a statement without a source come last, so that no footnote seems to cover it.
    """
    kept = list(dict.fromkeys(statements))
    highest = max((statement.weight for statement in kept), default=Weight.FACT)
    kept = [statement for statement in kept if statement.weight == highest]
    covering: list[Statement] = []
    for statement in [statement for statement in kept if statement.unless]:
        others = [other for other in kept if other is not statement and other.states & statement.unless]
        if statement.unless <= frozenset[str]().union(*(other.states for other in others)):
            kept.remove(statement)
            covering += others
    for statement in reversed([item for item in kept if item.names and item not in covering]):
        known = " ".join(_list_texts(other) for other in kept if other is not statement).casefold()
        if all(_is_named(name, known) for name in statement.names):
            kept.remove(statement)
    return _order_statements(kept)


def _order_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements in the order of a paragraph; those about one record stay together, as "this work" is its work.

    After the first one without a source none has a footnote, which would seem to cover both.
    """
    records: dict[object, list[Statement]] = {}
    for number, statement in enumerate(statements):
        records.setdefault(statement.about or number, []).append(statement)
    ordered = sorted(
        records.values(),
        key=lambda part: (not part[0].cited, not all(item.cited for item in part), part[0].place),
    )
    kept: list[Statement] = []
    for statement in (item for part in ordered for item in part):
        is_covered = kept and not kept[-1].cited
        kept.append(statement.without_sources() if is_covered else statement)
    return kept


def _is_named(name: str, text: str) -> bool:
    """Return whether a text in small letters has a name, in Welsh in any form that a sentence may give it."""
    forms = list_forms(name) if get_current_language() is Language.CY else (name,)
    return any(form.casefold() in text for form in forms)


def _list_texts(statement: Statement) -> str:
    """Return subject, values and listed names of a statement, in which names are looked for."""
    values = dict(statement.values).values()
    return " ".join((statement.subject, *values, *(item.name for item in statement.listed)))


def _format_sentence(batch: Sequence[Statement], previous: Sequence[Statement] | None, last: str) -> str:
    """Return the sentence of statements that share a form, after the statements and the text of the sentence before.

    The lead of the sentence before is the lead "also", which two sentences in a row do not say.
    """
    first = batch[0]
    subjects = _join_subjects([statement.subject for statement in batch])
    if first.forms == WRITTEN:
        return first.subject
    if (forms := first.forms) == WHOLE_SENTENCE:
        return end_sentence(_fit_article(subjects))
    values = {**dict(first.values), "listed": join_phrases([item.name for item in first.listed])}
    again = values.pop("again", "")
    if again and previous and dict(previous[0].values).get("when", "").strip() == values["when"].strip():
        values["when"] = again
    before = previous[0] if previous and len(previous) == 1 else None
    is_same_lead = previous is not None and "lead" in values and dict(previous[0].values).get("lead") == values["lead"]
    if before and values.get("lead"):
        values["lead"] = _refer_to_lead(values["lead"], before)
    is_same_thing = before is not None and before.subject.split(" (formerly ")[0] == first.subject
    if before and len(batch) == 1 and is_same_thing and first.is_thing and before.is_thing:
        subjects, forms = _refer_to_thing(first)
    count = 2 if len(batch) > 1 or first.is_plural else 1
    also = pgettext("before a verb", "also ")
    values.setdefault("also", also if is_same_lead and also not in last else "")
    sentence = _fit_article(ngettext(*forms, count, subjects=subjects, **values), first.short_name)
    return end_sentence(sentence[:1].upper() + sentence[1:])


def _refer_to_lead(lead: str, before: Statement) -> str:
    """Return a lead as it is called after a sentence that introduced it."""
    if before.short_lead and before.subject.startswith(f"{lead} "):
        return before.short_lead
    is_it = before.is_thing and before.subject.split(" (formerly ")[0] == lead and not before.is_plural
    return "it" if is_it and get_current_language() is Language.EN else lead


def _refer_to_thing(statement: Statement) -> tuple[str, Forms]:
    """Return subject and forms of a sentence about the subject of the sentence before."""
    if get_current_language() is not Language.EN:
        return statement.short_name or statement.subject, statement.again or statement.forms
    return "they" if statement.is_plural else "it", statement.again or statement.forms


def _join_subjects(subjects: Sequence[str]) -> str:
    """Return "A, B and C"; phrases that begin and continue alike are joined at their end: "status for A and B"."""
    if len(subjects) > 1 and (shared := _find_shared_beginning(subjects)):
        return shared + join_phrases([subject.removeprefix(shared) for subject in subjects])
    return _join_endings(subjects) if get_current_language() is Language.EN else join_phrases(subjects)


def _join_endings(names: Sequence[str]) -> str:
    """Return a list of names, last those with one ending: "the Board and the Cardiff and Western Bay Forums".

    A shared ending has at least three words, the last of which names a body; each name has one or two words before it.
    """
    endings: dict[str, list[str]] = {}
    for name in names:
        words = name.split()
        for start in (2, 3) if words[:1] == ["the"] else ():
            if len(words) >= start + 3 and words[start - 1][:1].isupper():
                endings.setdefault(" ".join(words[start:]), []).append(name)
    ending, sharing = max(endings.items(), key=lambda item: (len(item[1]), len(item[0])), default=("", []))
    last = ending.rpartition(" ")[2].casefold()
    if len(sharing) < 2 or last not in NAMED_THINGS:
        return join_phrases(names)
    beginnings = [name.removeprefix("the ").removesuffix(f" {ending}") for name in sharing]
    plural = f"{ending[:-1]}ies" if last.endswith("y") else f"{ending}s"
    others = [name for name in names if name not in sharing]
    joined = f"the {join_phrases(beginnings)} {plural}"
    return f"{', '.join(others)} and {joined}" if others else joined


def _find_shared_beginning(phrases: Sequence[str]) -> str:
    """Return the words up to a preposition that all phrases share, where no phrase continues with more than a name.

    "A forum for Gwent" and "a forum for Powys" are two fora, which one phrase in the singular does not name.
    """
    words = [phrase.split() for phrase in phrases]
    shared: list[str] = []
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    is_english = get_current_language() is Language.EN
    prepositions = ("for", "in", "of", "to") if is_english else ("gyfer", "i")
    is_long_enough = len(shared) > 2 and shared[-1] in prepositions and shared[0].lower() not in ("a", "an")
    is_name = all(item[len(shared) :] and item[len(shared)][:1].isupper() for item in words)
    if not is_english and any(item[len(shared) :][0][0] not in UNCHANGED_LETTERS for item in words[1:] if is_name):
        return ""
    return " ".join(shared) + " " if is_long_enough and is_name else ""


def _fit_article(sentence: str, short_name: str = "") -> str:
    """Return a Welsh sentence with the article of a name joined to a vowel before it: "Mae'r Swyddfa Gartref".

    `short_name` is a phrase with its article in small letters: "mabwysiadu'r arfer hwn".
    """
    if get_current_language() is not Language.CY:
        return sentence
    named = f"[A-ZÂÊÎÔÛŴŶ]|{re.escape(short_name.partition(' ')[2])}" if short_name else "[A-ZÂÊÎÔÛŴŶ]"
    joined = re.sub(rf"(?<=[aeiouwyâêîôûŵŷ]) [Yy]r? (?={named})", "'r ", sentence)
    return re.sub(r"(?<=[\w,;'’] )Y(r?) (?=[A-ZÂÊÎÔÛŴŶ])", r"y\1 ", joined)


def end_sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends with a punctuation mark."""
    return text if text.rstrip(")’'\"")[-1:] in (".", "!", "?") else f"{text}."


def join_phrases(phrases: Sequence[str]) -> str:
    """Return "A, B and C"; phrases with commas are separated by semicolons, unless all are in quotation marks."""
    if len(phrases) < 2:
        return phrases[0] if phrases else ""
    is_quoted = all(phrase.startswith("‘") and phrase.endswith("’") for phrase in phrases)
    has_parts = not is_quoted and any(re.search("[,:] ", phrase) for phrase in phrases)
    separator, last = ("; ", _("{items}; and {last}")) if has_parts else (", ", _("{items} and {last}"))
    joined = last.format(items=separator.join(phrases[:-1]), last=phrases[-1])
    return WelshName(joined) if is_welsh(phrases[0]) else joined


def format_same_time(day: DateAsKnown) -> str:
    """Return how a day is called in a sentence after another one with the same day: "in the same month"."""
    match day.precision:
        case Precision.DAY:
            return _("on the same day")
        case Precision.MONTH:
            return _("in the same month")
        case Precision.YEAR:
            return _("in the same year")
    return format_when(day)


def format_when(day: DateAsKnown) -> str:
    """Return a day with its preposition: "on 18 October 2013", "in March 2013", "by the end of 2013"."""
    text = format_day(day)
    if day.precision is Precision.SEASON and not re.search("[0-9]", text):
        first, last = (format_day(DateAsKnown(end, Precision.MONTH)) for end in (day.earliest, day.latest))
        return _("{words} ({first} to {last})").format(words=text, first=first, last=last)
    if day.precision is Precision.WORDS or (day.words and not text[:1].isdigit()):
        return text
    if day.precision is Precision.MONTH and not text[:1].isdigit():
        return pgettext("month", "in {day}").format(day=text)
    if day.precision is Precision.MONTH:
        return format_deadline(day)
    pattern = pgettext("day", "on {day}") if " " in text else pgettext("year", "in {day}")
    return pattern.format(day=text)


def name_in_text(name: str) -> str:
    """Return a name as running text has it, in English with its article."""
    return add_article(name) if get_current_language() is Language.EN else _join_welsh_post(name)


def _join_welsh_post(name: str) -> str:
    """Return a post with its body as a Welsh genitive: "Prif Gwnstabl Heddlu Gwent"."""
    title, comma, body = name.partition(", ")
    return WelshName(f"{title} {_lower_article(body)}") if comma and is_welsh(name) and is_welsh(body) else name


def _lower_article(name: str) -> str:
    article, space, rest = name.partition(" ")
    return f"{article.lower()}{space}{rest}" if article in ("Y", "Yr") else name


def quote(text: str) -> str:
    """Return a title in quotation marks."""
    return f"‘{text}’"


def join_posts(names: Iterable[str]) -> list[str]:
    """Return names in running text; posts with one title in several bodies are one entry."""
    bodies: dict[str, list[str]] = {}
    for name in names:
        title, comma, body = name.partition(", ")
        bodies.setdefault(title if comma else name, []).append(body)
    return [_join_post(title, listed) for title, listed in bodies.items()]


def _join_post(title: str, bodies: Sequence[str]) -> str:
    """Return the post of one or several bodies; a name without a body is a whole name."""
    if len(bodies) == 1:
        return name_in_text(f"{title}, {bodies[0]}" if bodies[0] else title)
    if get_current_language() is Language.EN and all(bodies):
        return list_bodies(title, [name_in_text(body) for body in bodies])
    if all(is_welsh(body) for body in bodies):
        named = title if " " in title else title.lower()
        return WelshName(f"{named} {join_phrases([_lower_article(body) for body in bodies])}")
    return join_phrases([f"{title}, {body}" for body in bodies])
