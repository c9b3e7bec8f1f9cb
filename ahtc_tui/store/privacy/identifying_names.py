"""Which of the names of a person are only theirs: what somebody else bears too, or what is a word, stays in texts.

Reads only.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ahtc_tui.domain.privacy.person_mentions import SHORTEST, SHORTEST_ALONE, Mentions, fold, surname, words_of
from ahtc_tui.store.contacts.party_lookup import folded

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def refs(cursor: Cursor, keys: tuple[bytes, ...]) -> list[str]:
    """References of several words: those of seats and files are made of them."""
    refs = [cursor.execute("SELECT ref FROM parties WHERE id = ?", (key,)).fetchone()[0] for key in keys]
    return [ref for ref in refs if "-" in ref and not ref.startswith("erased-")]


def of_others(cursor: Cursor, keys: tuple[bytes, ...]) -> set[str]:
    """Folded: what others are called, and how they are reached."""
    listed = json.dumps([key.hex() for key in keys])
    mine = "(SELECT unhex(value) FROM json_each(?))"
    found = cursor.execute(
        f"SELECT name, name_cy, short, email, phone FROM parties WHERE NOT deleted AND id NOT IN {mine}", (listed,)
    ).fetchall()
    found += cursor.execute(f"SELECT name FROM aliases WHERE NOT deleted AND party NOT IN {mine}", (listed,)).fetchall()
    return {form for line in found for said in line if said for form in (folded(said), bare(said))}


def bare(name: str) -> str:
    """A name to compare, without titles and brackets."""
    return folded(" ".join(words_of(name)))


def surnames(cursor: Cursor, names: list[str], keys: tuple[bytes, ...]) -> tuple[list[str], list[str]]:
    """The surnames that nobody and nothing else in the register has; and those of them that are no ordinary word.

    To these belongs a name that is one word only: by small letters it would be found in every other text.
    """
    areas = cursor.execute("SELECT name || ' ' || coalesce(name_cy, '') FROM areas").fetchall()
    whole = Mentions(tuple(said for said in names if len(words_of(said)) > 1))
    taken: Counter[str] = Counter()
    for said in (*of_others(cursor, keys), *(folded(area) for (area,) in areas)):
        if not whole.names_in(said):
            taken.update(word.strip("().,") for word in said.split())
    unique = [last for last in dict.fromkeys(map(surname, names)) if len(last) >= SHORTEST and not taken[fold(last)]]
    single = [word for word in names if len(words_of(word)) == 1 and len(word) > 1 and not taken[fold(word)]]
    known = [last for last in unique if len(last) >= SHORTEST_ALONE]
    return unique, [word for word in (*known, *single) if not _is_a_word(cursor, word, keys)]


def _is_a_word(cursor: Cursor, word: str, keys: tuple[bytes, ...]) -> bool:
    """Whether something that was written, but for the reference of the person, uses it without a capital."""
    small = word.lower()
    found = cursor.execute(
        "SELECT row_id FROM change WHERE value GLOB ? OR value GLOB ?",
        (f'*[ ("]{small}[ .,;:!?)"]*', f'* {small}s[ .,;:!?)"]*'),
    )
    return any(row not in keys for (row,) in found)
