"""What a mailbox says of the name of its owner: the first name behind an initial, the surname without a slip."""

from __future__ import annotations

import re

from ahtc_tui.domain.contacts.duplicates import Slips
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.domain.text.welsh_mutations import mutated

SHORTEST = 4
"""Letters of a surname that is known again in a mailbox."""
Names = tuple[tuple[str, ...], ...]


def with_mailbox(names: Names, email: str, slips: Slips) -> Names:
    """The names of a person, with what the mailbox says of the first of them.

    "J Farrar" at jane.farrar@ is Jane Farrar; "Jane Farar" at jfarrar@ may be Jane Farrar as well. A mailbox that is
    not named after the person says nothing.
    """
    first, *middle, last = names[0] if len(names[0]) > 1 else ("", *names[0])
    found = _read(email.partition("@")[0], first, last, slips) if first else None
    if found is None:
        return names
    said_first, said_last = found
    fuller = (said_first if len(first) == 1 else first, *middle, last)
    other = (fuller[0], *middle, said_last)
    return tuple(dict.fromkeys((fuller, *names[1:], other)))


def _read(local: str, first: str, last: str, slips: Slips) -> tuple[str, str] | None:
    """First name and surname as a mailbox like jane.farrar, jane.m.farrar or jfarrar has them."""
    words = [folded(word) for word in re.split(r"[._\-]+", local.rstrip("0123456789")) if word]
    if len(words) == 1 and words[0][:1] == first[0]:
        words = [first[0], words[0][1:]]
    if len(words) < 2 or words[0][:1] != first[0]:
        return None
    said_first, said_last = words[0], words[-1]
    if len(said_first) > 1 and len(first) > 1 and said_first != first and slips(said_first, first) > 1:
        return None
    known = said_last in last.split("-") or mutated(said_last, last) or slips(said_last, last) <= 1
    return (said_first, said_last) if len(said_last) >= SHORTEST and known else None
