"""Addresses of erased persons in what was written apart, known here by nothing but their hashes.

One laptop knows the address, another wrote it down, a third erased the person: whichever file comes first, it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.person_mentions import PersonMentions, find_addresses
from ahtc_tui.store.privacy.erasure_register import hash_name, list_erased, read_salt
from ahtc_tui.store.privacy.erasure_scope import PersonScope
from ahtc_tui.store.privacy.identifying_names import collect_other_names

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def add_marks(cursor: Cursor, key: RowKey, marks: Iterable[str]) -> bool:
    """Add hashes to those of an erased person; whether there was one that was not known."""
    row = cursor.execute("SELECT marks FROM erasure WHERE row_id = ?", (key,)).fetchone()
    known_marks = json.loads(row[0]) if row else []
    all_marks = sorted({*known_marks, *marks})
    if len(all_marks) == len(set(known_marks)):
        return False
    cursor.execute("UPDATE erasure SET marks = ? WHERE row_id = ?", (json.dumps(all_marks), key))
    return True


def add_scope_marks(cursor: Cursor, person_scope: PersonScope) -> bool:
    """The same for what another laptop knows of somebody who was erased here."""
    salt_bytes = read_salt(cursor, create=True) or b""
    return add_marks(
        cursor, person_scope.keys[0], (hash_name(mark_text, salt_bytes) for mark_text in person_scope.marks)
    )


def find_erased_addresses(cursor: Cursor, texts: Iterable[str | None]) -> PersonScope | None:
    """The addresses of erased persons in texts, which nobody else has; None where there is none."""
    salt_bytes = read_salt(cursor)
    marks = {item for row in list_erased(cursor) for item in row.marks}
    if not (salt_bytes and marks):
        return None
    addresses = {item for text in texts if text and "@" in text for item in find_addresses(text)}
    erased_addresses = [item for item in sorted(addresses) if hash_name(item, salt_bytes) in marks]
    names_of_others = collect_other_names(cursor, ()) if erased_addresses else set()
    exact = tuple(item for item in erased_addresses if item not in names_of_others)
    return PersonScope((), "", "", PersonMentions((), exact), (), (), ()) if exact else None
