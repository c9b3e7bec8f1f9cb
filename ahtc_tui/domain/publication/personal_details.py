"""Search in text that is to be published: telephone numbers, addresses, and names of people who must not be named.

A match is for a person to check: "Grant" may be a name or a sum of money.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ahtc_tui.domain.privacy.person_mentions import fold_text, split_name

NUMBER = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d(?:[\s().-]{0,3}\d){8,13}(?![\w/-])|(?<![\w/.-])\(?0\d(?:[\s().-]{0,3}\d){8,9}(?![\w/-])"
    r"|\b(?:tel|ph|phone|telephone|mobile|mob|fax|ext|extension|ff[oô]n|est)\b[.:\s]{1,3}\d[\d\s]{2,10}\d",
    re.IGNORECASE,
)
"""A telephone number of Britain or another country, or a short one after its label."""
MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
"""A postcode, by the rules of BS 7666."""
STREET = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d{1,4}[a-z]?,? (?:[A-Z][\w'’.-]* ){0,3}?"
    r"(?!(?:Crown|Magistrates['’]?|County|High|Youth|Family|Supreme) Court)[A-Z][\w'’.-]* "
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent|Cres|Terrace|Gardens|Grove|Court|Mews|Parade|Way|Walk|Place"
    r"|Square|Sq|Row|Hill|Rise|View)\b"
    r"|\b\d{1,4}[a-z]?,? (?:Heol|Ffordd|Stryd|Lôn|Rhodfa|Clos|Cwrt|Teras|Rhes|Maes|Trem|Gerddi) [\w'’-]+"
    r"|\b(?:Flat|Fflat) \d{1,3}[a-z]?\b"
)
"""A house number before the name of a street, in English or Welsh."""

TITLES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Cyng|Cynghorydd|Rev|Reverend"
    r"|PC|DC|DI|DS|PS|DCI|DCC|ACC|Supt|Insp|Sgt|Superintendent|Inspector|Sergeant)\b\.? "
    r"(?!Chancellor|Advocate|Mayor|Lieutenant|Chief|Justice)((?:[A-Z]\.? )?[A-ZÀ-Ž][\w'’-]*[a-zà-ž][\w'’-]*)"
)
"""A title and a name. "Chief Constable" and "Minister" are posts, which are public."""
TOKEN = re.compile(r"[^\W\d_]+")
SHORTEST_WORD = 3
ABBREVIATIONS = frozenset(("UK", "EU", "UN", "US", "IT", "TV", "OK", "ID", "AM", "PM", "NI"))
"""Not searched as initials."""
PARTICLES = frozenset(
    ("ap", "ab", "ferch", "verch", "van", "von", "de", "der", "den", "di", "da", "du", "la", "le", "mc", "mac")
)
_WORDS = """
abbot april art august baker ball banks bell berry best bill birch bishop black bond bridge brook brown carter case
castle chambers christian church clay constable cook cross crown daisy dale dawn day dean drew duke earl english faith
field fisher ford frank glen gold good grace grant gray green guy hall head heather hill holly hope iris ivy joy judge
june justice king knight lane law little long major mark marsh mason max may miles monk moss noble north page parish
park parliament pat pearl penny pope porter potter power price rain read rice rich rivers rob rose ruby rush sawyer
sergeant sharp shepherd short silver small smith south stone sue summer taylor turner victor violet wales walker ward
weaver week welsh west wheeler white will wise wood wright young
"""
ORDINARY_WORDS = frozenset(_WORDS.split())
"""Names that are ordinary words as well: for people not concerned by the document they are not searched alone."""


def find_numbers(text: str, published: Collection[str]) -> list[str]:
    """Return telephone numbers, except `published` ones (those of organisations)."""
    known = {_list_digits(number) for number in published}
    return [match.group().strip() for match in NUMBER.finditer(text) if _list_digits(match.group()) not in known]


def find_addresses(text: str, published: Collection[str] = (), *, is_venue: bool = False) -> list[str]:
    """Return e-mail addresses that are not `published`, and postal addresses where the text is not a venue."""
    known = {address.casefold() for address in published}
    mails = [match.group().rstrip(".'-") for match in MAIL.finditer(text)]
    places = [] if is_venue else [*STREET.finditer(text), *POSTCODE.finditer(text)]
    return [*(mail for mail in mails if mail.casefold() not in known), *(match.group() for match in places)]


def _list_digits(number: str) -> str:
    return re.sub(r"^(?:00)?44|^0", "", re.sub(r"\D", "", number.replace("(0)", "")))


@dataclass(frozen=True)
class WithheldNames:
    """Names that a published text must not hold, and names that it may."""

    present: frozenset[str]
    """Full names of withheld people concerned by the document: each part and the initials are searched."""
    others: frozenset[str]
    """Full names of other people in the register who are not named: each part is searched, except ordinary words."""
    public_people: frozenset[str]
    """Full names of people who may be named."""
    public_terms: frozenset[str]
    """Names of posts, organisations, groups and places, and initials in use."""

    @cached_property
    def _public_words(self) -> frozenset[str]:
        return frozenset(word for name in self.public_people for word in _list_words(name))

    @cached_property
    def _present_words(self) -> frozenset[str]:
        return frozenset(word for name in self.present for word in _list_words(name)) - self._public_words

    @cached_property
    def _words_in_any_case(self) -> frozenset[str]:
        """Parts of names that are searched in lower case as well, which "Two officers" has not."""
        names = (name for name in self.present if all(part[0].isupper() for part in _split_name(name)))
        return frozenset(word for name in names for word in _list_words(name)) - ORDINARY_WORDS

    @cached_property
    def _other_words(self) -> frozenset[str]:
        words = frozenset(word for name in self.others for word in _list_words(name))
        return words - self._public_words - ORDINARY_WORDS - self._present_words

    @cached_property
    def _searched_as_names(self) -> frozenset[str]:
        return self._present_words | self._other_words

    @cached_property
    def _initials(self) -> re.Pattern[str]:
        forms = sorted({form for name in self.present for form in _list_initials(name)}, key=len, reverse=True)
        patterns = [r"(?:\.\s?|[-\s])?".join(map(re.escape, form)) for form in forms]
        return re.compile(rf"(?<![\w@/.-])(?:{'|'.join(patterns)})(?!\w|@|-?\d|/\d)" if patterns else r"(?!)")

    @cached_property
    def _public_pattern(self) -> re.Pattern[str]:
        terms = sorted((*self.public_terms, *self.public_people), key=len, reverse=True)
        listed = "|".join(re.escape(term) for term in terms if term.strip())
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)", re.IGNORECASE)

    def find_names(self, text: str) -> list[str]:
        """Return each part of a name, initials, or title with a name, in order."""
        if not any(True for _match in self._find(text)):
            return []
        masked = self._public_pattern.sub(lambda match: " " * len(match.group()), text)
        return list(dict.fromkeys(words for _place, words in sorted(self._find(masked))))

    def _find(self, text: str) -> Iterator[tuple[int, str]]:
        folded = _fold_letters(text)
        for match in TOKEN.finditer(folded):
            word, start = match.group(), match.start()
            is_capital = text[start].isupper()
            words = self._searched_as_names if is_capital else self._words_in_any_case
            if word in words:
                yield start, text[start : match.end()]
        yield from ((match.start(), match.group()) for match in self._initials.finditer(text))
        for match in TITLES.finditer(text):
            name_words = set(_list_words(match[1]))
            if not name_words <= self._public_words | self._searched_as_names:
                yield match.start(), match.group()


def _list_words(name: str) -> Iterator[str]:
    """Yield the parts of a name by which a person is known, folded: not initials or "ap"."""
    parts = _split_name(name)
    for number, part in enumerate(parts):
        is_surname = number == len(parts) - 1 > 0
        if part[0].isupper() and len(part) >= (2 if is_surname else SHORTEST_WORD):
            yield _fold_letters(part)


def _split_name(name: str) -> list[str]:
    return [part for part in TOKEN.findall(" ".join(split_name(name))) if _fold_letters(part) not in PARTICLES]


def _list_initials(name: str) -> Iterable[str]:
    """Return the initials of all parts ("ARL" of Ann Rhys-Lewis), and of the first and last part."""
    letters = "".join(part[0].upper() for part in TOKEN.findall(" ".join(split_name(name))))
    return {letters, letters[0] + letters[-1]} - ABBREVIATIONS if len(letters) > 1 else set()


def _fold_letters(text: str) -> str:
    """Return the text without case and accents, letter by letter, so that positions stay."""
    return text.lower() if text.isascii() else "".join(fold_text(letter)[:1] or " " for letter in text)
