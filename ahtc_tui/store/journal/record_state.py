"""What a record is by its journal and by the rules of its table, where two laptops wrote apart. Pure; no database.

Folding knows no table. Here stand the three rules that do: a number that only rises, a pair of which one is said, and
what is held back. They follow from the set of changes alone, so every copy comes to the same row.
"""

from __future__ import annotations

from collections.abc import Iterable

from ahtc_tui.store.journal.replay import DELETED, HELD, Entry, Folded, fold, heads_of

RISING = {"meetings": "sequence"}
"""A number that other desks have seen: where two wrote it apart, the next is above both."""

ONE_OF = {
    "invitations": ("party", "words"),
    "attendances": ("party", "words"),
    "seats": ("party", "org_class"),
    "adoptions": ("organisation", "area"),
}
"""Two columns of which a row has exactly one: where two laptops filled one each, the first is shown."""


def standing(table: str, entries: Iterable[Entry]) -> Folded:
    """The record that the entries (in journal order) describe, as its table may hold it."""
    listed = list(entries)
    folded = fold(listed)
    if table in RISING and len(folded.heads.get(RISING[table], ())) > 1:
        _raise(folded, listed, RISING[table])
    if table in ONE_OF:
        _choose(folded, listed, *ONE_OF[table])
    if folded.values.get(HELD):
        folded.values[DELETED] = True
        folded.conflicts[HELD] = (True, False)
    return folded


def _raise(folded: Folded, entries: list[Entry], name: str) -> None:
    """A calendar that has either number takes the next: one more for every laptop that wrote."""
    numbers = [value or 0 for _one, value in heads_of(entries, name)]
    folded.values[name] = max(numbers) + len(numbers) - 1
    folded.conflicts.pop(name, None)


def _choose(folded: Folded, entries: list[Entry], first: str, second: str) -> None:
    values = folded.values
    if values.get(first) is not None and values.get(second) is not None:
        folded.conflicts[second] = tuple(dict.fromkeys((*folded.conflicts.get(second, (values[second],)), None)))
        values[second] = None
    elif values.get(first) is None and values.get(second) is None:
        for name in (first, second):
            said = [value for _one, value in heads_of(entries, name) if value is not None]
            if said:
                values[name] = said[-1]
                return
