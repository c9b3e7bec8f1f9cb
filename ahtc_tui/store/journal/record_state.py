"""State of a record after concurrent changes: replayed from its changes, then resolved by the merge rules of its table.

Every copy with the same changes comes to the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ahtc_tui.store.journal.replay import DELETED, HELD, Change, RecordState, find_heads, replay_changes
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.relations import PARTY_TABLES

RISING_NUMBERS = {"meetings": "sequence"}
"""Numbers that only rise: after concurrent changes the next one is above both."""

EXCLUSIVE_COLUMNS = {
    "invitations": ("party", "words"),
    "attendances": ("party", "words"),
    "seats": ("party", "org_class"),
    "adoptions": ("organisation", "area"),
}
"""Pairs of columns of which a row has exactly one: of two concurrent values the first is shown."""


def resolve_record(table: Table, read_changes: Callable[[Table], Iterable[Change]]) -> RecordState:
    """Return the state of a row, of which `read_changes` returns the changes in the table with a given name.

    Both rows of a contact are removed where the changes of each of them remove it. Where only those of one row do, both
    are kept, and the row in `parties` is in conflict on `_deleted`.
    """
    state = resolve_state(table, read_changes(table))
    if table not in PARTY_TABLES:
        return state
    others = [
        resolve_state(name, changes) for name in PARTY_TABLES if name != table and (changes := read_changes(name))
    ]
    states = [state, *others]
    has_removal = any(row.values[DELETED] or DELETED in row.conflicts for row in states)
    state.values[DELETED] = all(row.values[DELETED] for row in states)
    state.conflicts.pop(DELETED, None)
    if has_removal and not state.values[DELETED] and table == "parties":
        state.conflicts[DELETED] = (True, False)
    return state


def resolve_state(table: Table, changes: Iterable[Change]) -> RecordState:
    """Return the state of the row with these changes, in journal order, by itself."""
    listed = list(changes)
    state = replay_changes(listed)
    if table in RISING_NUMBERS and len(find_heads(listed, RISING_NUMBERS[table])) > 1:
        _raise_number(state, listed, RISING_NUMBERS[table])
    if table in EXCLUSIVE_COLUMNS:
        _keep_one_column(state, listed, *EXCLUSIVE_COLUMNS[table])
    if state.values.get(HELD):
        state.values[DELETED] = True
        state.conflicts[HELD] = (True, False)
    return state


def _raise_number(state: RecordState, changes: list[Change], name: str) -> None:
    """Set the number above all concurrent ones: one more for each writer."""
    numbers = [value or 0 for _change, value in find_heads(changes, name)]
    state.values[name] = max(numbers) + len(numbers) - 1
    state.conflicts.pop(name, None)


def _keep_one_column(state: RecordState, changes: list[Change], first: str, second: str) -> None:
    values = state.values
    if values.get(first) is not None and values.get(second) is not None:
        state.conflicts[second] = tuple(dict.fromkeys((*state.conflicts.get(second, (values[second],)), None)))
        values[second] = None
    elif values.get(first) is None and values.get(second) is None:
        for name in (first, second):
            alternatives = [value for _change, value in find_heads(changes, name) if value is not None]
            if alternatives:
                values[name] = alternatives[-1]
                return
