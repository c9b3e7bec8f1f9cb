"""Marks on the texts of a release list: what a person should look at first.

A mark is a hint and may be missing or wrong: every text is decided by a person, marked or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.publication.model import FreeText, Mark
from ahtc_tui.domain.publication.personal_details import WithheldNames, find_addresses, find_numbers

SMALL_GROUP = 3
"""Largest number of people behind a label that identifies them."""
VENUES = frozenset({"where", "next_meeting"})
"""Kinds of text with the place of a meeting, whose address is public."""
LISTED = ("apologies", "attendance")
"""Kinds of the lines of attendance."""
OF_ONE_PERSON = frozenset({Mark.HEALTH, Mark.CRIME, Mark.PERSONAL})
"""Topics by which a text concerns one person, whom the apologies of a small meeting name."""

TOPIC_WORDS = {
    Mark.HEALTH: """ill illness sick sickness unwell hospital* surgery diagnos* cancer stroke pregnan* maternity anxiety
 depress* disab* medic* treatment doctor stress injur* mental-health sâl salwch ysbyty iechyd-meddwl canser beichiog
 llawdriniaeth anabl* meddyg* triniaeth""",
    Mark.CRIME: """arrest* charged convict* offen* suspect* victim* witness* investigat* informant* intelligence court
 trial prosecut* tribunal police-operation bail custody caution* alleg* arest* euog* trosedd*
 dioddefwr* tyst* ymchwiliad* llys tribiwnlys hysbysydd*""",
    Mark.PERSONAL: """family families wife husband son daughter mother father child divorc* separated bereave* funeral
 died death debt* bank-account account-number sort-code salary grievance* disciplin* dismiss* resign* suspended religio*
 asylum trade-union sexual-orientation immigration-status gwraig gŵr teulu merch mab ysgar* bu-farw angladd
 cyfrif-banc cyflog cwyn* disgybl*""",
    Mark.MARKING: """official-sensitive sensitive restricted confidential secret not-for-publication not-for-circulation
 legal-advice swyddogol-sensitif sensitif cyfrinach* cyfyngedig""",
}
"""Words of a topic in English and Welsh; "*" stands for any ending, "-" for a space or hyphen.

They only order the list, so that a missing word does no harm.
"""


def _compile_words(words: str) -> re.Pattern[str]:
    patterns = (re.escape(word).replace(r"\*", r"\w*").replace(r"\-", "[- ]") for word in words.split())
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


TOPIC_PATTERNS = {mark: _compile_words(words) for mark, words in TOPIC_WORDS.items()}
ACCOUNT = re.compile(r"(?<![\w-])(?:\d{2}-\d{2}-\d{2}|\d{8})(?![\w-])")
"""A sort code, or the number of an account."""
CAPITAL_NAME = re.compile(
    r"\b[A-ZÀ-Ž][a-zà-ž'’-]+(?: (?:[A-Z]\.?|ap|ab|ferch|van|de|Mc|Mac))? [A-ZÀ-Ž][\w'’-]*[a-zà-ž]+\b"
)
"""Two capitalised words, as of a person who is not in the register."""


@dataclass(frozen=True)
class MarkContext:
    """People and bodies of the register, for the marks of one page."""

    names: WithheldNames
    numbers: frozenset[str] = frozenset()
    """Telephone numbers of bodies."""
    addresses: frozenset[str] = frozenset()
    apologies: frozenset[str] = frozenset()
    """Lines with the apologies of people who are not named."""
    small_groups: tuple[frozenset[str], ...] = ()
    """Names of each post and body by which a few people were at the meeting, and one of them sent apologies."""
    is_small_meeting: bool = False
    """Whether the meeting itself is a small group."""

    @cached_property
    def _known_words(self) -> frozenset[str]:
        terms = (*self.names.public_terms, *self.names.public_people)
        return frozenset(word.casefold() for term in terms for word in re.findall(r"\w+", term))

    def mark_texts(self, texts: Sequence[FreeText]) -> dict[str, tuple[Mark, ...]]:
        """Return the marks of each text by its key."""
        marks: dict[str, set[Mark]] = {}
        for text in texts:
            marks[text.id] = {
                mark for words in (text.text, text.text_cy) if words for mark in self._mark(words, text.kind)
            }
            marks[text.id] |= {Mark.PERSON} if text.text != text.printed else set()
            marks[text.id] |= {Mark.WELSH} if text.needs_welsh else set()
        for key in self._find_small_groups(texts, marks):
            marks[key].add(Mark.SMALL_GROUP)
        return {key: tuple(mark for mark in Mark if mark in of_text) for key, of_text in marks.items()}

    def _mark(self, words: str, kind: str) -> Iterable[Mark]:
        if self.names.find_names(words):
            yield Mark.PERSON
        is_venue = kind in VENUES
        if find_numbers(words, self.numbers) or find_addresses(words, self.addresses, is_venue=is_venue):
            yield Mark.CONTACT
        yield from (mark for mark, pattern in TOPIC_PATTERNS.items() if pattern.search(words))
        if ACCOUNT.search(words):
            yield Mark.PERSONAL
        if find_case_data(words):
            yield Mark.CRIME
        if any(self._is_unknown(match.group()) for match in CAPITAL_NAME.finditer(words)):
            yield Mark.NAME

    def _is_unknown(self, name: str) -> bool:
        return not any(word.casefold() in self._known_words for word in re.findall(r"\w+", name))

    def _find_small_groups(self, texts: Sequence[FreeText], marks: Mapping[str, set[Mark]]) -> set[str]:
        """Return the apologies and the other texts that together tell whom a text is about."""
        apologies = [text for text in texts if text.printed in self.apologies]
        others = [text for text in texts if text.kind not in LISTED]
        patterns = [_compile_names(names) for names in self.small_groups]
        groups = [(_find_named(apologies, pattern), _find_named(others, pattern)) for pattern in patterns]
        if self.is_small_meeting:
            groups.append((apologies, [text for text in others if marks[text.id] & OF_ONE_PERSON]))
        return {text.id for absent, about in groups if absent and about for text in (*absent, *about)}


def _compile_names(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)", re.IGNORECASE)


def _find_named(texts: Iterable[FreeText], names: re.Pattern[str]) -> list[FreeText]:
    return [text for text in texts if any(names.search(words) for words in (text.printed, text.printed_cy) if words)]
