"""Addresses of erased persons in what was written apart, known here by nothing but their hashes.

One laptop knows the address, another wrote it down, a third erased the person: whichever file comes first, it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ahtc_tui.domain.privacy.person_mentions import Mentions, addresses_in
from ahtc_tui.store.privacy.erasure_register import held, mark, salt
from ahtc_tui.store.privacy.erasure_scope import Scope
from ahtc_tui.store.privacy.identifying_names import of_others

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def learn(cursor: Cursor, key: bytes, marks: Iterable[str]) -> bool:
    """Add hashes to those of an erased person; whether there was one that was not known."""
    found = cursor.execute("SELECT marks FROM erasure WHERE row_id = ?", (key,)).fetchone()
    known = json.loads(found[0]) if found else []
    every = sorted({*known, *marks})
    if len(every) == len(set(known)):
        return False
    cursor.execute("UPDATE erasure SET marks = ? WHERE row_id = ?", (json.dumps(every), key))
    return True


def learn_scope(cursor: Cursor, whole: Scope) -> bool:
    """The same for what another laptop knows of somebody who was erased here."""
    salted = salt(cursor, make=True) or b""
    return learn(cursor, whole.keys[0], (mark(said, salted) for said in whole.marks))


def found_in(cursor: Cursor, texts: Iterable[str | None]) -> Scope | None:
    """The addresses of erased persons in texts, which nobody else has; None where there is none."""
    with_salt = salt(cursor)
    marks = {one for row in held(cursor) for one in row.marks}
    if not (with_salt and marks):
        return None
    said = {one for text in texts if text and "@" in text for one in addresses_in(text)}
    gone = [one for one in sorted(said) if mark(one, with_salt) in marks]
    others = of_others(cursor, ()) if gone else set()
    exact = tuple(one for one in gone if one not in others)
    return Scope((), "", "", Mentions((), exact), (), (), ()) if exact else None
