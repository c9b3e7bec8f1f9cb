"""Which of the names of a person are only theirs: what somebody else bears too, or what is a word, stays in texts.

Reads only.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.person_mentions import (
    SHORTEST_ALONE,
    SHORTEST_SURNAME,
    PersonMentions,
    find_surname,
    fold_text,
    split_name,
)
from ahtc_tui.store.contacts.party_lookup import fold_name

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def list_word_refs(cursor: Cursor, keys: tuple[RowKey, ...]) -> list[str]:
    """References of several words: those of seats and files are made of them."""
    refs = [cursor.execute("SELECT ref FROM parties WHERE id = ?", (key,)).fetchone()[0] for key in keys]
    return [ref for ref in refs if "-" in ref and not ref.startswith("erased-")]


def collect_other_names(cursor: Cursor, keys: tuple[RowKey, ...]) -> set[str]:
    """Folded: what others are called, and how they are reached."""
    listed = json.dumps([key.hex() for key in keys])
    own_keys = "(SELECT unhex(value) FROM json_each(?))"
    rows = cursor.execute(
        f"SELECT name, name_cy, short, email, phone FROM parties WHERE NOT deleted AND id NOT IN {own_keys}", (listed,)
    ).fetchall()
    rows += cursor.execute(
        f"SELECT name FROM aliases WHERE NOT deleted AND party NOT IN {own_keys}", (listed,)
    ).fetchall()
    return {form for row in rows for text in row if text for form in (fold_name(text), normalize_name(text))}


def normalize_name(name: str) -> str:
    """A name to compare, without titles and brackets."""
    return fold_name(" ".join(split_name(name)))


def find_unique_surnames(cursor: Cursor, names: list[str], keys: tuple[RowKey, ...]) -> tuple[list[str], list[str]]:
    """The surnames that nobody and nothing else in the register has; and those of them that are no ordinary word.

    To these belongs a name that is one word only: by small letters it would be found in every other text.
    """
    areas = cursor.execute("SELECT name || ' ' || coalesce(name_cy, '') FROM areas").fetchall()
    full_names = PersonMentions(tuple(text for text in names if len(split_name(text)) > 1))
    taken: Counter[str] = Counter()
    for text in (*collect_other_names(cursor, keys), *(fold_name(area) for (area,) in areas)):
        if not full_names.is_named_in(text):
            taken.update(word.strip("().,") for word in text.split())
    unique = [
        family_name
        for family_name in dict.fromkeys(map(find_surname, names))
        if len(family_name) >= SHORTEST_SURNAME and not taken[fold_text(family_name)]
    ]
    single = [word for word in names if len(split_name(word)) == 1 and len(word) > 1 and not taken[fold_text(word)]]
    long_surnames = [family_name for family_name in unique if len(family_name) >= SHORTEST_ALONE]
    return unique, [word for word in (*long_surnames, *single) if not _is_common_word(cursor, word, keys)]


def _is_common_word(cursor: Cursor, word: str, keys: tuple[RowKey, ...]) -> bool:
    """Whether something that was written, but for the reference of the person, uses it without a capital."""
    small = word.lower()
    rows = cursor.execute(
        "SELECT row_id FROM change WHERE value GLOB ? OR value GLOB ?",
        (f'*[ ("]{small}[ .,;:!?)"]*', f'* {small}s[ .,;:!?)"]*'),
    )
    return any(row_id not in keys for (row_id,) in rows)
