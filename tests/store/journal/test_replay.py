"""Two laptops write concurrently: their journals give the same state in any order, and conflicts are flagged."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.replay import (
    DELETED,
    HELD,
    ROW,
    Change,
    RecordState,
    encode_values,
    find_all_heads,
    find_head_ids,
    find_heads,
    list_fields,
    parse_change,
    replay_changes,
    replay_heads,
)


class Write(NamedTuple):
    """A change with its place in the journal, and what its writer had seen."""

    seq: int
    change: Change
    seen_ids: frozenset[bytes]


class Laptop:
    """A laptop with its journal of one record."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.writes: dict[bytes, Write] = {}

    def list_changes(self) -> list[Change]:
        return [write.change for write in sorted(self.writes.values(), key=lambda item: (item.seq, item.change.id))]

    def write_value(self, field: str, value: Any) -> None:
        """Write like the ledger: a removal replaces the heads of every field, any other write those of its field."""
        names = [field, "due", "title", "lead"] if field == DELETED else [field]
        entries = self.list_changes()
        parents = frozenset(change.id for name in names for change, _value in find_heads(entries, name))
        seq = max((write.seq for write in self.writes.values()), default=0) + 1
        change = Change(RowKey(f"{self.letter}{seq}{len(self.writes)}".encode()), field, value, parents)
        self.writes[change.id] = Write(seq, change, frozenset(self.writes))

    def copy_writes(self, peer: Laptop, up_to: int | None = None) -> None:
        self.writes |= dict(sorted(peer.writes.items())[:up_to])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("AB"), st.sampled_from(["title", "due", "lead"]), st.sampled_from(["x", "y", None])),
        st.tuples(st.sampled_from("AB"), st.just(DELETED), st.booleans()),
        st.tuples(st.sampled_from(["sync", "half"]), st.just(""), st.none()),
    ),
    min_size=2,
    max_size=14,
)


def play_steps(steps: list[tuple[str, str, Any]]) -> tuple[Laptop, Laptop]:
    left, right = Laptop("A"), Laptop("B")
    left.write_value(ROW, {"title": "Brief the SPOCs", "due": "2013-11-30"})
    right.copy_writes(left)
    for letter, field, value in steps:
        if letter == "sync":
            left.copy_writes(right)
            right.copy_writes(left)
        elif letter == "half":
            right.copy_writes(left, len(left.writes) // 2)
        else:
            (left if letter == "A" else right).write_value(field, value)
    return left, right


def replay_with_heads(laptop: Laptop) -> tuple[RecordState, dict[str, set[bytes]]]:
    changes = laptop.list_changes()
    state = replay_changes(changes)
    return state, {name: {change.id for change, _value in find_heads(changes, name)} for name in state.values}


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_two_laptops_agree_whatever_the_order_of_merging(steps: list[tuple[str, str, Any]]) -> None:
    left, right = play_steps(steps)
    local, peer, twice = Laptop("X"), Laptop("Y"), Laptop("Z")
    for laptop, order in ((local, (left, right)), (peer, (right, left)), (twice, (right, left, right, left))):
        for source in order:
            laptop.copy_writes(source)
    assert replay_with_heads(local) == replay_with_heads(peer) == replay_with_heads(twice)


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(STEPS, st.booleans())
def test_the_heads_of_all_fields_are_those_of_each_field(
    steps: list[tuple[str, str, Any]], is_added_twice: bool
) -> None:
    left, right = play_steps(steps)
    if is_added_twice:
        right.write_value(ROW, {"lead": "x", HELD: True})
    left.copy_writes(right)
    changes = left.list_changes()
    assert find_all_heads(changes) == {name: find_heads(changes, name) for name in list_fields(changes) | {DELETED}}
    assert find_all_heads([Change(RowKey(b"1"), ROW, {HELD: True}, frozenset())])[HELD][0][1] is False
    every_head = {head.id for heads in find_all_heads(changes).values() for head, _value in heads}
    assert find_head_ids(changes) == every_head
    assert find_head_ids(changes[:1]) == {changes[0].id}


@settings(max_examples=300, deadline=None)
@given(STEPS, st.booleans())
def test_changes_in_sequence_are_replayed_as_concurrent_ones_are(
    steps: list[tuple[str, str, Any]], is_single_laptop: bool
) -> None:
    left, right = play_steps([("A", *step[1:]) if is_single_laptop and step[0] == "B" else step for step in steps])
    left.copy_writes(right)
    changes = left.list_changes()
    for count in range(1, len(changes) + 1):
        assert replay_changes(changes[:count]) == replay_heads(changes[:count])
        assert replay_changes(changes[:count], ("due", DELETED)) == replay_heads(changes[:count], ("due", DELETED))


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_every_lost_value_is_flagged_as_a_conflict(steps: list[tuple[str, str, Any]]) -> None:
    left, right = play_steps(steps)
    left.copy_writes(right)
    folded, heads = replay_with_heads(left)
    for written in left.writes.values():
        field, value = written.change.field, written.change.value
        if field in (ROW, DELETED):
            continue
        replacing = [later for later in left.writes.values() if written.change.id in later.change.parents]
        replacing = [later for later in replacing if later.change.field == field]
        if replacing:
            assert all(written.change.id in later.seen_ids for later in replacing), (
                "a write replaced what it had not seen"
            )
        else:
            assert written.change.id in heads[field]
            assert folded.values[field] == value or value in folded.conflicts[field]
        if folded.values[DELETED]:
            removals = [later for later in left.writes.values() if later.change.field == DELETED and later.change.value]
            assert any(written.change.id in later.seen_ids for later in removals), "a removal hid what it had not seen"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["title", "due", DELETED]), st.booleans()), max_size=10))
def test_a_single_laptop_never_has_conflicts(steps: list[tuple[str, bool]]) -> None:
    laptop = Laptop("A")
    laptop.write_value(ROW, {"title": "Brief the SPOCs"})
    removed = False
    for field, value in steps:
        if field == DELETED or not removed:
            laptop.write_value(field, value if field == DELETED else str(value))
            removed = value if field == DELETED else removed
    folded = replay_changes(laptop.list_changes())
    assert folded.conflicts == {}
    assert folded.values[DELETED] is removed


def test_an_edit_concurrent_with_a_removal_keeps_the_record_in_conflict() -> None:
    left, right = play_steps([])
    left.write_value(DELETED, True)
    right.write_value("due", "2014-03-31")
    left.copy_writes(right)
    folded = replay_changes(left.list_changes())
    assert folded.values == {"title": "Brief the SPOCs", "due": "2014-03-31", DELETED: False}
    assert folded.conflicts == {DELETED: (True, False)}
    left.write_value(DELETED, True)
    assert replay_changes(left.list_changes()).values[DELETED] is True


def test_the_same_value_written_twice_is_no_conflict() -> None:
    left, right = play_steps([("A", "due", "2014"), ("B", "due", "2014"), ("A", "title", "One"), ("B", "title", "Two")])
    left.copy_writes(right)
    folded = replay_changes(left.list_changes())
    assert folded.conflicts == {"title": ("One", "Two")}
    assert folded.values["title"] == "Two"
    assert set(replay_changes(left.list_changes(), ["due"]).values) == {"due"}


def test_changes_are_parsed_as_stored() -> None:
    read = parse_change(RowKey(b"\x01"), "lead", '"ab"', '["00ff"]')
    assert read == Change(RowKey(b"\x01"), "lead", "ab", frozenset([RowKey(b"\x00\xff")]))
    assert parse_change(RowKey(b"\x02"), "due", None, "[]").value is None
    assert encode_values({"lead": b"\xab", "title": "x"}) == {"lead": "ab", "title": "x"}


@given(
    st.dictionaries(st.sampled_from(["title", "due", "lead", DELETED, HELD]), st.sampled_from(["x", True, None])),
    st.sampled_from([ROW, "title", DELETED]),
    st.sampled_from([(), (b"B1",), (b"A1",)]),
)
def test_a_record_with_one_change_is_replayed_like_every_other(
    values: dict[str, Any], field: str, parents: tuple[bytes, ...]
) -> None:
    change = Change(RowKey(b"A1"), field, values if field == ROW else "x", frozenset(map(RowKey, parents)))
    every_field = {*list_fields([change]), DELETED}
    assert replay_changes([change]) == replay_changes([change], every_field)
