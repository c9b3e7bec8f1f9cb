"""Whether two records may be one contact, by how surprising it is that they agree. A rule, and never a database.

What two records share counts the more, the rarer it is among everybody here: the same surname says little of a
Jones and much of a Farrar (Fellegi and Sunter, 1969). The bits of the evidence are added up; a suggestion is made
where a duplicate is more likely than chance. Nothing is ever merged by it.
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

THRESHOLD = 0.5
"""The likelihood from which a pair is suggested."""
SMALLEST_REGISTER = 1_000
"""People among whom a name is rare at the least: in a small register nobody knows how common it is."""
DUPLICATE_SHARE = 0.06
"""How many records of a register may be duplicates, before anything is known of them."""

TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baroness",
        "baron", "rev", "revd", "reverend", "cllr", "councillor", "hon", "honourable", "supt", "superintendent",
        "insp", "inspector", "sgt", "sergeant", "constable", "dci", "di", "ds", "dc", "pc", "acc", "dcc", "cc",
        "chief", "judge", "canon", "father", "fr", "am", "mp", "mbe", "obe", "cbe", "qpm", "phd", "bsc", "ba", "ma",
        "llb", "msc", "jp", "qc", "kc", "hhj", "y", "yr", "athro", "parch",
    )
)  # fmt: skip
"""What stands before and behind names and is none."""

SlipCounter = Callable[[str, str], int]
"""By how many slips two words differ: a letter more, less, other, or two swapped."""


@dataclass(frozen=True, slots=True)
class ComparedContact:
    """What of a contact is compared."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    names: tuple[tuple[str, ...], ...]
    """Each name as folded words without titles."""
    email: str = ""
    phone: str = ""
    """The last nine digits."""
    organisation: RowKey | None = None
    organisation_name: str = ""
    role: str = ""
    mobile: bool = False
    """Whether the telephone is one that a person carries."""


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
        """Of a hundred such pairs, how many are one; never all of them."""
        return min(99, round(self.score * 100))


@dataclass
class RegisterCounts:
    """How common everything is among everybody: surnames, first names, addresses, organisations."""

    size: int = 0
    last: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    email: Counter[str] = field(default_factory=Counter)
    phone: Counter[str] = field(default_factory=Counter)
    organisation: Counter[RowKey] = field(default_factory=Counter)
    role: Counter[str] = field(default_factory=Counter)
    part: Counter[str] = field(default_factory=Counter)
    """Parts of double surnames."""
    words: Counter[str] = field(default_factory=Counter)

    def compute_rarity_bits(self, counted: int) -> float:
        """Bits that it says when two share what so many have; one of them may be the other's double."""
        return log2(max(self.size, SMALLEST_REGISTER) / max(1, counted - 1))

    @property
    def prior_bits(self) -> float:
        """Bits against two records being one, before anything is known of them."""
        return -log2(max(self.size, SMALLEST_REGISTER) / (2 * DUPLICATE_SHARE))


def count_register(contacts: Iterable[ComparedContact]) -> RegisterCounts:
    """The counts of a register."""
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
    """Bits of evidence as a likelihood."""
    odds: float = 2.0 ** max(-60.0, min(60.0, bits))
    return odds / (1 + odds)


def split_person_name(name: str) -> tuple[str, ...]:
    """A person's name as folded words without titles, first names first; a double name is one word with a hyphen.

    "Farrar, Jeff" is turned round, unless what stands behind the comma is only titles or letters after the name.
    """
    before, _comma, after = name.partition(",")
    reordered = f"{after} {before}" if _fold_name_words(after) else before
    return _fold_name_words(reordered) or tuple(normalize_text(name).split())


def _fold_name_words(text: str) -> tuple[str, ...]:
    parts = re.sub(r"\([^)]*\)", " ", text).replace(".", " ").split()
    words = (normalize_text(part).replace(" ", "-") for part in parts)
    return tuple(word for word in words if word.strip("-") and word not in TITLES)


def normalize_phone(phone: str) -> str:
    """The last nine digits of a telephone number: with or without the code of the country they are the same."""
    digits = re.sub(r"\D", "", phone.split("ext")[0])
    return digits[-9:] if len(digits) >= 6 else ""


def is_mobile(phone: str) -> bool:
    """Whether a number is that of a British mobile, with or without the code of the country."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return re.fullmatch(r"(?:0|0?044|44)7[0-9]{9}", digits) is not None
