"""One laptop merges another and takes that back; whatever follows, all work ends up shown or flagged everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.store.journal.chain import KEEP_PLACES
from tests.builders import edit_database_directly
from tests.store.hostile_copy import GUARDS
from tests.store.undoing_laptops import UndoingLaptops

pytestmark = pytest.mark.usefixtures("quick")

EVENTS: dict[str, Callable[[UndoingLaptops], None]] = {
    "b writes the same field": lambda state: state.write_value("b", 0, ("parties", "short"), "one"),
    "b writes another field": lambda state: state.write_value("b", 0, ("people", "note"), "two"),
    "c writes the field again": lambda state: state.write_value("hub", 0, ("parties", "short"), "three"),
    "c removes the record": lambda state: state.remove_record("hub", 0),
    "b merges c": lambda state: state.merge_pair(pair=("b", "hub")),
    "b merges the kept file": lambda state: state.find_an_old_file(name="b", place=0),
    "b undoes": lambda state: state.undo(name="b"),
    "b redoes": lambda state: state.redo(name="b"),
    "a merges b": lambda state: state.merge_pair(pair=("a", "b")),
    "a merges c": lambda state: state.merge_pair(pair=("a", "hub")),
    "b merges a": lambda state: state.merge_pair(pair=("b", "a")),
    "c merges a": lambda state: state.merge_pair(pair=("hub", "a")),
    "c merges b": lambda state: state.merge_pair(pair=("hub", "b")),
}
SHAPES = (
    ("b merges c",),
    ("b merges the kept file",),
    ("c writes the field again", "b merges c"),
    ("c writes the field again", "b merges the kept file", "b merges c"),
    ("b writes the same field", "b merges c"),
    ("b writes the same field", "b merges the kept file", "b undoes", "b merges c"),
    ("b redoes", "b undoes", "b merges c"),
    ("b redoes", "b writes the same field", "b undoes", "b undoes", "b merges c"),
    ("a merges b", "a merges c", "c merges a"),
    ("a merges c", "b merges a", "b undoes", "b merges c"),
    ("a merges b", "c merges b", "c writes the field again", "b merges c"),
    ("b merges c", "b undoes", "b redoes", "a merges b", "b undoes", "b merges a"),
    ("c removes the record", "b merges c", "b undoes", "c merges b", "a merges b"),
    ("b writes another field", "b undoes", "b merges c", "c merges b"),
)


def run_shape(*events: str, shared_before: bool = False) -> None:
    """Let B merge C and take that back, then let the events happen, and compare the copies at the end."""
    state = UndoingLaptops()
    state.open()
    try:
        state.write_value("hub", 0, ("parties", "short"), "two")
        state.create(name="hub")
        state.leave_a_file(name="hub")
        state.merge_pair(pair=("b", "hub"))
        if shared_before:
            state.merge_pair(pair=("a", "b"))
        state.undo(name="b")
        for event in events:
            EVENTS[event](state)
    finally:
        state.teardown()


def test_a_merge_can_be_undone_that_brings_what_an_earlier_file_lacked() -> None:
    state = UndoingLaptops()
    state.open()
    try:
        for value in ("one", "two"):
            state.write_value("hub", 0, ("parties", "short"), value)
        state.leave_a_file(name="hub")
        remove_change(state.snapshots[-1], '"one"')
        state.find_an_old_file(name="b", place=len(state.snapshots) - 1)
        state.merge_pair(pair=("b", "hub"))
        step = state.find_undo("b")
        assert step is not None
        assert step.key in state.before_merges
        state.undo(name="b")
    finally:
        state.teardown()


def remove_change(path: Path, value: str) -> None:
    """Take the change with a value out of the journal of a file, as an erasure does: its place stays."""
    drops = (f"DROP TRIGGER {guard}" for guard in GUARDS)
    condition = f"WHERE value = '{value}'"
    edit_database_directly(path, *drops, f"{KEEP_PLACES} {condition}", f"DELETE FROM change {condition}")


@pytest.mark.sample(5)
@pytest.mark.parametrize("events", SHAPES, ids=", ".join)
def test_what_follows_the_undo_of_a_merge_loses_and_hides_nothing(events: tuple[str, ...]) -> None:
    run_shape(*events)


@pytest.mark.long
@pytest.mark.parametrize("shared_before", [False, True])
@pytest.mark.parametrize("first", EVENTS)
def test_no_two_events_after_the_undo_of_a_merge_lose_or_hide_anything(first: str, shared_before: bool) -> None:
    for second in EVENTS.keys() - {first}:
        run_shape(first, second, shared_before=shared_before)
