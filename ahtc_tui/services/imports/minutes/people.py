"""Finds the people and bodies that minutes name: by the register, by initials of those who attended, and as chair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ahtc_tui.domain.documents.meeting_document import HONORIFICS
from ahtc_tui.domain.returns.owners import is_placeholder
from ahtc_tui.domain.returns.register import Certainty, PartyMatch, PartyRegister, RegisteredParty
from ahtc_tui.domain.text.normalization import normalize_text

_INITIALS = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]|[A-Z]{2,4}")
_CHAIR = frozenset(("chair", "the chair", "chairman", "chairperson", "cadeirydd", "y cadeirydd"))
_ROLE = re.compile(
    r"(?:the )?(?:\w+ )?(?:clerk|chair(?:man|person|woman)?|secretary|treasurer|secretariat|manager|officer|director"
    r"|co-?ordinator|clerc|cadeirydd|ysgrifennydd|trysorydd|swyddog|rheolwr)",
    re.IGNORECASE,
)
"""An office that every body has, in whatever case it is written."""
_TITLES = HONORIFICS | {"councillor", "councillors", "cllrs", "cyng", "cynghorydd", "cynghorwyr", "professor"}
_ALL = frozenset(("all", "all members", "all to note", "pawb", "everyone", "each", "everybody"))


@dataclass(frozen=True, slots=True)
class OwnerMatch:
    """The parties that words name, and whether that is sure."""

    words: str
    parties: tuple[RegisteredParty, ...] = ()
    is_sure: bool = False
    reason: str = ""

    @property
    def names(self) -> str:
        """The names of the parties."""
        return "; ".join(party.name for party in self.parties)


@dataclass
class MeetingPeople:
    """Those whom the minutes of one meeting can name."""

    register: PartyRegister
    by_initials: dict[str, RegisteredParty | None] = field(default_factory=dict)
    """Attendees by their initials; None where two share them, or the attendee is not in the register."""
    unregistered: dict[str, str] = field(default_factory=dict)
    """Names of attendees who are not in the register, by initials."""
    chair: RegisteredParty | None = None
    names: set[str] = field(default_factory=set)
    """Names of the attendees as they are written."""

    def add_attendee(self, name: str, initials: str, party: RegisteredParty | None, *, is_chair: bool) -> None:
        """Make an attendee known by name and initials."""
        self.names.add(name)
        letters = {initials} if initials else _list_initials(name)
        for key in letters:
            known = self.by_initials.get(key, party)
            self.by_initials[key] = party if known == party else None
            if party is None:
                self.unregistered[key] = name
        if is_chair:
            self.chair = party

    def find_person(self, words: str) -> PartyMatch:
        """Return the party that the name of an attendee means, also without title and what is in brackets."""
        match = self.register.find_party(words)
        if match.certainty is Certainty.SURE:
            return match
        bare = strip_titles(re.sub(r"\s*\([^()]*\)", "", words))
        without_title = self.register.find_party(bare) if bare and bare != words else match
        return without_title if without_title.certainty is Certainty.SURE else match

    def is_person(self, words: str) -> bool:
        """Return whether words name an office, an attendee, somebody with a title, or people by their initials."""
        bare = strip_titles(words)
        is_titled = bare != words and is_like_name(bare)
        names = re.split(r"\s*(?:[/,&]|\band\b|\ba\b)\s*", words)
        if is_titled or not words:
            return is_titled
        return all(
            _ROLE.fullmatch(name) is not None
            or is_initials(name)
            or normalize_text(name) in _ALL
            or self._is_attendee(name)
            for name in names
            if name
        )

    def _is_attendee(self, words: str) -> bool:
        return any(f" {words} " in f" {strip_titles(name)} " for name in self.names)

    def find_owners(self, candidates: Sequence[str]) -> OwnerMatch:
        """Return the owners of an action by the first words that surely name them, else the likeliest ones."""
        matches = [self._match_owners(words) for words in candidates if normalize_text(words) not in _ALL]
        sure = next((match for match in matches if match.is_sure), None)
        return sure or next((match for match in matches if match.parties), None) or self._find_plausible(matches)

    def _find_plausible(self, matches: Sequence[OwnerMatch]) -> OwnerMatch:
        """Return the first words that look like a name or initials, without a party."""
        return next((match for match in matches if is_like_name(match.words)), OwnerMatch(""))

    def _match_owners(self, words: str) -> OwnerMatch:
        if is_placeholder(words) or len(words) > 120:
            return OwnerMatch("")
        names = self.register.split_owners(words).names
        matches = [self._match_owner(name) for name in names]
        parties = tuple(dict.fromkeys(match.party for match in matches if match.party))
        is_sure = bool(matches) and all(match.certainty is Certainty.SURE for match in matches)
        is_complete = len(parties) == len(matches)
        reason = "; ".join(match.reason for match in matches if match.reason)
        return OwnerMatch(words, parties if is_complete or is_sure else (), is_sure, reason)

    def _match_owner(self, name: str) -> PartyMatch:
        if normalize_text(name) in _CHAIR:
            return PartyMatch(Certainty.SURE if self.chair else Certainty.UNKNOWN, self.chair)
        if name in self.by_initials:
            party = self.by_initials[name]
            return PartyMatch(Certainty.SURE if party else Certainty.UNKNOWN, party)
        return self.find_person(name)


def is_like_name(words: str) -> bool:
    """Return whether words look like initials, a name or a post: few words that begin with a capital."""
    parts = re.sub(r"^the\s+", "", words, flags=re.IGNORECASE).split()
    capitals = sum(part[:1].isupper() for part in parts)
    has_digit = any(letter.isdigit() for letter in words)
    return bool(parts) and len(parts) <= 6 and not has_digit and parts[0][:1].isupper() and capitals * 2 >= len(parts)


def is_initials(words: str) -> bool:
    """Return whether words are initials of one or several people: "JD", "JD/AB"."""
    return all(_INITIALS.fullmatch(part.strip()) for part in re.split(r"[/,&+]|\band\b", words))


def strip_titles(name: str) -> str:
    """Return a name without titles: "Cllr", "Mr"."""
    words = name.split()
    while len(words) > 1 and normalize_text(words[0]) in _TITLES:
        words = words[1:]
    return " ".join(words)


def _list_initials(name: str) -> set[str]:
    """Return the initials of a personal name of two to four words with capitals."""
    words = strip_titles(name).split()
    if not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in words):
        return set()
    return {"".join(word[0] for word in words)}
