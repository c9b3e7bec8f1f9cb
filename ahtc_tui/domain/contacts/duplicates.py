"""Common parts of the search for duplicate contacts: compared values, frequencies, likelihood, names from mailboxes.

A shared value is stronger evidence the rarer it is in the register: an equal surname is weak for Jones and strong
for Farrar (Fellegi and Sunter, 1969). Bits of evidence are added; a pair is suggested where a duplicate is more
likely than not. The search never merges records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import log2

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.personal_names import is_particle
from ahtc_tui.domain.text.welsh_mutations import is_mutation

THRESHOLD = 0.5
"""Likelihood from which a pair is suggested."""
SMALLEST_REGISTER = 1_000
"""Smallest assumed size of the register, since a small register does not show how common a name is."""
DUPLICATE_SHARE = 0.06
"""Prior share of duplicates among the records of a register."""

TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baroness",
        "baron", "rev", "revd", "reverend", "cllr", "councillor", "hon", "honourable", "supt", "superintendent",
        "insp", "inspector", "sgt", "sergeant", "constable", "dci", "di", "ds", "dc", "pc", "acc", "dcc", "cc",
        "chief", "judge", "canon", "father", "fr", "am", "mp", "mbe", "obe", "cbe", "qpm", "phd", "bsc", "ba", "ma",
        "llb", "msc", "jp", "qc", "kc", "hhj", "y", "yr", "athro", "parch",
    )
)  # fmt: skip
"""Titles and letters around names."""

SlipCounter = Callable[[str, str], int]
"""Edit distance of two words, where swapping two adjacent letters counts once."""

SHORTEST_SURNAME = 4
"""Shortest surname that is recognised in a mailbox."""

Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ComparedContact:
    """The compared values of a contact."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    names: tuple[tuple[str, ...], ...]
    """Each name as normalized words without titles."""
    email: str = ""
    phone: str = ""
    """Last nine digits."""
    organisation: RowKey | None = None
    role: str = ""
    mobile: bool = False
    """Whether the telephone number is a mobile number."""
    other_emails: frozenset[str] = frozenset()
    other_phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one contact."""

    a_ref: str
    a_name: str
    b_ref: str
    b_name: str
    kind: PartyKind
    score: float
    """From 0 to 1."""
    reasons: tuple[str, ...]

    @property
    def percent_likely(self) -> int:
        """Likelihood in percent, at most 99."""
        return min(99, round(self.score * 100))


@dataclass
class RegisterCounts:
    """Frequencies in the register of surnames, first names, addresses, organisations and so on."""

    size: int = 0
    last: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    email: Counter[str] = field(default_factory=Counter)
    phone: Counter[str] = field(default_factory=Counter)
    organisation: Counter[RowKey] = field(default_factory=Counter)
    role: Counter[str] = field(default_factory=Counter)
    part: Counter[str] = field(default_factory=Counter)
    """Parts of double-barrelled surnames."""
    words: Counter[str] = field(default_factory=Counter)

    def compute_rarity_bits(self, counted: int) -> float:
        """Return the bits of evidence in a value that `counted` records share; one of them may be the duplicate."""
        return log2(max(self.size, SMALLEST_REGISTER) / max(1, counted - 1))

    @property
    def prior_bits(self) -> float:
        """Bits against a duplicate before any evidence."""
        return -log2(max(self.size, SMALLEST_REGISTER) / (2 * DUPLICATE_SHARE))


def count_register(contacts: Iterable[ComparedContact]) -> RegisterCounts:
    """Return the frequencies of the values in these contacts."""
    counts = RegisterCounts()
    for contact in contacts:
        counts.size += 1
        for words in contact.names[:1]:
            counts.last[words[-1]] += 1
            counts.part.update(words[-1].split("-") if "-" in words[-1] else ())
            counts.first[words[0]] += 1
        counts.words.update({word for words in contact.names for word in words})
        counts.email.update([contact.email] if contact.email else [])
        counts.phone.update([contact.phone] if contact.phone else [])
        counts.role.update([contact.role] if contact.role else [])
        counts.organisation.update([contact.organisation] if contact.organisation else [])
    return counts


def compute_likelihood(bits: float) -> float:
    """Return the likelihood between 0 and 1 for bits of evidence."""
    odds: float = 2.0 ** max(-60.0, min(60.0, bits))
    return odds / (1 + odds)


def split_person_name(name: str) -> tuple[str, ...]:
    """Normalized words of a person's name without titles, first names first; double-barrelled names keep their hyphen.

    "Farrar, Jeff" is reordered, unless only titles or letters after the name follow the comma. The family name is the
    last word; particles before it are not middle names.
    """
    words = _fold_ordered_words(name)
    first_names = [word for place, word in enumerate(words[:-1]) if place == 0 or not is_particle(word)]
    return (*first_names, *words[-1:])


def list_person_names(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a person's name, also with the family name written together: "Mc Carthy" as "mccarthy"."""
    words = _fold_ordered_words(name)
    start = next((place for place in range(1, len(words) - 1) if all(map(is_particle, words[place:-1]))), len(words))
    joined = (*words[:start], "".join(words[start:])) if start < len(words) else words
    return tuple(dict.fromkeys((split_person_name(name), joined)))


def _fold_ordered_words(name: str) -> tuple[str, ...]:
    before, _comma, after = name.partition(",")
    reordered = f"{after} {before}" if _fold_name_words(after) else before
    return _fold_name_words(reordered) or tuple(normalize_text(name).split())


def _fold_name_words(text: str) -> tuple[str, ...]:
    parts = re.sub(r"\([^)]*\)", " ", text).replace(".", " ").split()
    words = (normalize_text(part).replace(" ", "-") for part in parts)
    return tuple(word for word in words if word.strip("-") and word not in TITLES)


def normalize_phone(phone: str) -> str:
    """Return the last nine digits of a telephone number, which need no country code; empty below six digits."""
    digits = re.sub(r"\D", "", phone.split("ext")[0])
    return digits[-9:] if len(digits) >= 6 else ""


def is_mobile(phone: str) -> bool:
    """Return whether a number is a UK mobile number, with or without the country code."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return re.fullmatch(r"(?:0|0?044|44)7[0-9]{9}", digits) is not None


def add_mailbox_names(names: Names, email: str, slips: SlipCounter) -> Names:
    """Return the names of a person, completed and corrected by the mailbox.

    "J Farrar" at jane.farrar@ becomes Jane Farrar; "Jane Farar" at jfarrar@ may be Jane Farrar as well. A mailbox that
    does not match the name changes nothing.
    """
    first, *middle, last = names[0] if len(names[0]) > 1 else ("", *names[0])
    mailbox_name = _read_mailbox(email.partition("@")[0], first, last, slips) if first else None
    if mailbox_name is None:
        return names
    mailbox_first, mailbox_last = mailbox_name
    completed = (mailbox_first if len(first) == 1 else first, *middle, last)
    corrected = (completed[0], *middle, mailbox_last)
    return tuple(dict.fromkeys((completed, *names[1:], corrected)))


def _read_mailbox(mailbox: str, first: str, last: str, slips: SlipCounter) -> tuple[str, str] | None:
    """Return first name and surname of a mailbox such as jane.farrar or jfarrar, if they match the person."""
    words = [normalize_text(word) for word in re.split(r"[._\-]+", mailbox.rstrip("0123456789")) if word]
    if len(words) == 1 and words[0][:1] == first[0]:
        words = [first[0], words[0][1:]]
    if len(words) < 2 or words[0][:1] != first[0]:
        return None
    mailbox_first, mailbox_last = words[0], words[-1]
    if len(mailbox_first) > 1 and len(first) > 1 and mailbox_first != first and slips(mailbox_first, first) > 1:
        return None
    is_same_surname = (
        mailbox_last in last.split("-") or is_mutation(mailbox_last, last) or slips(mailbox_last, last) <= 1
    )
    return (mailbox_first, mailbox_last) if len(mailbox_last) >= SHORTEST_SURNAME and is_same_surname else None
