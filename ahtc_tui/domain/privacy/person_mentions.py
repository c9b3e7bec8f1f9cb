"""Search for one person in text, by name, initials, title and surname, address or number, and replacement.

Accents, case and separators in names are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ahtc_tui.domain.contacts.duplicates import TITLES as WITH_NAMES
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.normalization import PLAIN_LETTERS
from ahtc_tui.domain.text.personal_names import PARTICLES, SMALL_PARTICLES

FORMER_MEMBER = "a former member"
"""Replacement for an erased person without a post."""

ANONYMOUS_PERSON = "a person"
"""Replacement for an erased person in labels of transactions."""

REMOVED = "[removed]"
"""Replacement for addresses and numbers."""

SHORTEST_SURNAME = 3
"""Shortest surname that is searched with initials or a title."""

SHORTEST_ALONE = 4
"""Shortest surname that is searched alone."""

WRITTEN_TOGETHER = 8
"""Shortest name that is searched without spaces; shorter ones occur in other words."""

TITLES = (
    "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baroness|cllr|councillor|rev|reverend|judge|justice|"
    "chief constable|deputy chief constable|assistant chief constable|chief superintendent|superintendent|"
    "chief inspector|inspector|sergeant|constable|commander|ch supt|supt|dcc|acc|cc|dci|di|ds|dc|pc|ps|minister"
)
PARTICLE = "|".join(sorted(PARTICLES | SMALL_PARTICLES))
"""Words between a title and a surname: "Mr ap Gwilym"."""
BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"
BETWEEN = r"[\W_]{1,3}"
WITHIN = rf"(?![.!?]\s){BETWEEN}"
"""Separator between full words of a name, which excludes the end of a sentence."""
LEFT_OUT = r"[\W_]{0,3}"
APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bc]")
LONGEST_LOCAL_PART = 64
"""Characters before the "@" of an address (RFC 5321, 4.5.3.1.1). The limit keeps the time of a search linear."""
DOMAIN = r"@[\w\-]+(?:\.[\w\-]+)*"
MAIL = rf"(?:[\w.+\-]{{0,{LONGEST_LOCAL_PART}}}{DOMAIN})?"
BEFORE_MAIL = re.compile(r"[\w.+\-]*$")
PHONE_SEPARATORS = r"[\s()\-.]*"
MARKS = re.compile("[\u0300-\u036f]+")
SENTENCE_ENDS = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")


def fold_text(text: str) -> str:
    """Return text without case and accents, for searching."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(PLAIN_LETTERS)


def _fold_with_positions(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and the position in the text of each of its characters."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    folded: list[str] = []
    positions: list[int] = []
    for position, letter in enumerate(text):
        for part in fold_text(letter):
            folded.append(part)
            positions.append(position)
    return "".join(folded), [*positions, len(text)]


@dataclass(frozen=True)
class PersonMentions:
    """Names and details of one person to search in text."""

    names: tuple[str, ...]
    """Full names, as written."""
    exact: tuple[str, ...] = ()
    """Addresses, card numbers and references, as written."""
    phones: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    """Surnames that are unique in the register, also matched with initials or a title."""
    alone: tuple[str, ...] = ()
    """Surnames and given words that match alone if capitalised."""
    _kept: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def quick_pattern(self) -> re.Pattern[str]:
        """Cheap pre-check for folded text: without a match the person is not mentioned."""
        parts = [
            re.escape(max(_split_letters(name), key=len))
            for name in (*self.names, *self.surnames, *self.alone)
            if _split_letters(name)
        ]
        parts += [re.escape(fold_text(word)) for word in self.exact]
        parts += [_build_phone_pattern(phone) for phone in self.phones]
        return re.compile("|".join(dict.fromkeys(parts)) or r"(?!)")

    @cached_property
    def name_pattern(self) -> re.Pattern[str]:
        """Forms of the names, for folded text."""
        unique = {fold_text(last) for last in self.surnames}
        forms = [
            form
            for name in self.names
            for form in _build_name_patterns([fold_text(word) for word in split_name(name)], unique)
        ]
        forms += [rf"(?:{TITLES})\.?\s+(?:(?:{PARTICLE})\s+)*{_build_word_pattern(last)}" for last in sorted(unique)]
        listed = "|".join(sorted(dict.fromkeys(forms), key=len, reverse=True))
        short = "|".join(dict.fromkeys("".join(part[0] for part in _split_letters(name)) for name in self.names))
        initials = rf"(?:\s\((?:{short})\))?" if short else ""
        return re.compile(rf"{BEGIN}(?:{listed}){MAIL}{END}{initials}" if listed else r"(?!)")

    @cached_property
    def single_word_pattern(self) -> re.Pattern[str]:
        """Words that match alone, for folded text."""
        words = "|".join(
            _build_word_pattern(word) for word in sorted(self.alone, key=len, reverse=True) if _split_letters(word)
        )
        return re.compile(rf"{BEGIN}(?:{words}){END}" if words else r"(?!)")

    @cached_property
    def detail_pattern(self) -> re.Pattern[str]:
        """Addresses, numbers and references, for folded text."""
        parts = [rf"(?<![\w.]){re.escape(fold_text(word))}(?![\w@])" for word in self.exact]
        parts += [rf"(?<!\d){_build_phone_pattern(phone)}(?!\d)" for phone in self.phones]
        return re.compile("|".join(parts) or r"(?!)")

    def find_spans(self, text: str) -> list[tuple[int, int, bool]]:
        """Return the mentions in order: start, end, and whether it is an address or number."""
        if not self.quick_pattern.search(fold_text(text)):
            return []
        folded, places = _fold_with_positions(text)
        spans = [(match.start(), match.end(), True) for match in self.detail_pattern.finditer(folded)]
        spans += [_build_span(folded, match) for match in self.name_pattern.finditer(folded)]
        spans += [
            (match.start(), match.end(), False)
            for match in self.single_word_pattern.finditer(folded)
            if text[places[match.start()]].isupper()
        ]
        selected: list[tuple[int, int, bool]] = []
        for first, last, detail in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not selected or first >= selected[-1][1]:
                selected.append((first, last, detail))
        return [(places[first], places[last - 1] + 1, detail) for first, last, detail in selected]

    def is_named_in(self, text: str) -> bool:
        """Return whether the text mentions the person."""
        return bool(self.find_spans(text))

    def replace_mentions(self, text: str, replacement: str) -> str:
        """Return text with mentions replaced; addresses and numbers become REMOVED."""
        key = f"{replacement}\0{text}"
        if key not in self._kept:
            self._kept[key] = self._replace_mentions(text, replacement)
        return self._kept[key]

    def _replace_mentions(self, text: str, replacement: str) -> str:
        spans = self.find_spans(text)
        parts: list[str] = []
        position = 0
        for first, last, detail in spans:
            parts.append(text[position:first])
            position = last
            if detail:
                parts.append(REMOVED)
                continue
            begins = SENTENCE_ENDS.search("".join(parts)[-4:] if first > 3 else "".join(parts))
            parts.append(capitalise(replacement) if begins and text[first].isupper() else replacement)
            repetition = re.match(rf"[\s,(\-–—]{{1,3}}{re.escape(replacement)}\)?", text[position:])
            position += repetition.end() if repetition else 0
        return "".join((*parts, text[position:]))


def _build_span(folded: str, match: re.Match[str]) -> tuple[int, int, bool]:
    """Return the span of a match, extended to the whole e-mail address if it is part of one."""
    if "@" not in match.group():
        return match.start(), match.end(), False
    before = folded[max(0, match.start() - LONGEST_LOCAL_PART) : match.start()]
    address_start = BEFORE_MAIL.search(before)
    length = len(before) - address_start.start() if address_start else 0
    return match.start() - length, match.end(), True


def _build_name_patterns(words: list[str], unique: set[str]) -> Iterator[str]:
    """Return the patterns of the forms of a name; with initials only if the surname is unique."""
    if not words:
        return
    word_patterns = [
        _build_word_pattern(word) + (WITHIN if len(word) > SHORTEST_SURNAME else BETWEEN) for word in words
    ]
    first, last = word_patterns[0], _build_word_pattern(words[-1])
    yield "".join((*word_patterns[:-1], last))
    if len(words) == 1:
        return
    yield rf"{first}(?:[^\W_]\.?[\W_]+){{0,2}}{last}"
    yield "".join((word_patterns[-1], *word_patterns[:-2], _build_word_pattern(words[-2])))
    if sum(map(len, words)) >= WRITTEN_TOGETHER:
        yield "".join(re.escape(part) for word in words for part in _split_letters(word))
    if words[-1] in unique:
        yield rf"{words[0][0]}\.?[\W_]*(?:[^\W_]\.?[\W_]+){{0,2}}(?<=[\W_]){last}"
        yield rf"{last},?[\W_]+{words[0][0]}{END}\.?"


def _build_word_pattern(word: str) -> str:
    """Return a pattern of one word; hyphens and apostrophes match spaces, apostrophes are optional."""
    parts = [BETWEEN.join(map(re.escape, _split_letters(part))) for part in APOSTROPHES.split(fold_text(word))]
    return LEFT_OUT.join(filter(None, parts))


def _split_letters(text: str) -> list[str]:
    """Return the folded parts of a text between punctuation."""
    return [part for part in re.split(r"[\W_]+", fold_text(text)) if part]


def split_name(name: str) -> list[str]:
    """Return the words of a name as written, surname last, without titles, letters after the name and text in brackets.

    "Farrar, Jeff (Gwent Police)" gives Jeff Farrar. "Dr Farrar" is not changed, since one word is not a full name.
    """
    bare = re.sub(r"\([^)]*\)", " ", name)
    before, _comma, after = bare.partition(",")
    name_words = [word for word in (*_drop_titles(after), *_drop_titles(before)) if _split_letters(word)]
    return (
        name_words if len(name_words) > 1 else [word for word in (bare.split() or name.split()) if _split_letters(word)]
    )


def _drop_titles(text: str) -> list[str]:
    return [word for word in text.split() if fold_text(word).strip(".") not in WITH_NAMES]


def _build_phone_pattern(phone: str) -> str:
    """Return a pattern of a telephone number with any separators, with or without the country code.

    It begins with a digit or "+" and no two separators follow each other, so that the time of a search is linear.
    """
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    national = re.sub(r"^(?:0044|44|0)", "", digits)
    country = rf"(?:\+|00)44{PHONE_SEPARATORS}(?:0{PHONE_SEPARATORS})?"
    return rf"(?:{country}|0{PHONE_SEPARATORS})?" + PHONE_SEPARATORS.join(national)


def select_usable_phones(phones: Iterable[str]) -> tuple[str, ...]:
    """Return the telephone numbers with at least seven digits."""
    return tuple(phone for phone in phones if len(re.sub(r"\D", "", phone)) >= 7)


def find_surname(name: str) -> str:
    """Return the last word of a name with several words, else empty."""
    words = split_name(name)
    return words[-1].strip(",") if len(words) > 1 else ""
