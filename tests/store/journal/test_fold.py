"""Two laptops write apart: whatever order their journals meet in, they agree, and nothing vanishes unflagged."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from ahtc_tui.store.journal.replay import DELETED, ROW, Entry, Folded, entry, fold, heads_of, to_json


class Write(NamedTuple):
    """A change with its place in the order of showing, and what its writer had seen."""

    seq: int
    entry: Entry
    seen: frozenset[bytes]


class Laptop:
    """A laptop with its copy of the journal of one record."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.writes: dict[bytes, Write] = {}

    def entries(self) -> list[Entry]:
        return [write.entry for write in sorted(self.writes.values(), key=lambda one: (one.seq, one.entry.id))]

    def write(self, field: str, value: Any) -> None:
        """As the ledger writes: a removal saw the heads of every field, any other write those of its own."""
        names = [field, "due", "title", "lead"] if field == DELETED else [field]
        entries = self.entries()
        parents = frozenset(one.id for name in names for one, _value in heads_of(entries, name))
        seq = max((write.seq for write in self.writes.values()), default=0) + 1
        made = Entry(f"{self.letter}{seq}{len(self.writes)}".encode(), field, value, parents)
        self.writes[made.id] = Write(seq, made, frozenset(self.writes))

    def take(self, other: Laptop, up_to: int | None = None) -> None:
        self.writes |= dict(sorted(other.writes.items())[:up_to])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("AB"), st.sampled_from(["title", "due", "lead"]), st.sampled_from(["x", "y", None])),
        st.tuples(st.sampled_from("AB"), st.just(DELETED), st.booleans()),
        st.tuples(st.sampled_from(["sync", "half"]), st.just(""), st.none()),
    ),
    min_size=2,
    max_size=14,
)


def played(steps: list[tuple[str, str, Any]]) -> tuple[Laptop, Laptop]:
    one, two = Laptop("A"), Laptop("B")
    one.write(ROW, {"title": "Brief the SPOCs", "due": "2013-11-30"})
    two.take(one)
    for who, field, value in steps:
        if who == "sync":
            one.take(two)
            two.take(one)
        elif who == "half":
            two.take(one, len(one.writes) // 2)
        else:
            (one if who == "A" else two).write(field, value)
    return one, two


def plain(folded: Folded) -> tuple[dict[str, Any], dict[str, set[bytes]], dict[str, tuple[Any, ...]]]:
    return folded.values, {name: set(ids) for name, ids in folded.heads.items()}, folded.conflicts


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_two_laptops_agree_whichever_journal_comes_first(steps: list[tuple[str, str, Any]]) -> None:
    one, two = played(steps)
    here, there, twice = Laptop("X"), Laptop("Y"), Laptop("Z")
    for laptop, order in ((here, (one, two)), (there, (two, one)), (twice, (two, one, two, one))):
        for other in order:
            laptop.take(other)
    assert plain(fold(here.entries())) == plain(fold(there.entries())) == plain(fold(twice.entries()))


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_nothing_that_was_written_vanishes_unflagged(steps: list[tuple[str, str, Any]]) -> None:
    one, two = played(steps)
    one.take(two)
    folded = fold(one.entries())
    for written in one.writes.values():
        field, value = written.entry.field, written.entry.value
        if field in (ROW, DELETED):
            continue
        replacing = [other for other in one.writes.values() if written.entry.id in other.entry.parents]
        replacing = [other for other in replacing if other.entry.field == field]
        if replacing:
            assert all(written.entry.id in other.seen for other in replacing), "a write replaced what it had not seen"
        else:
            assert written.entry.id in folded.heads[field]
            assert folded.values[field] == value or value in folded.conflicts[field]
        if folded.values[DELETED]:
            removals = [other for other in one.writes.values() if other.entry.field == DELETED and other.entry.value]
            assert any(written.entry.id in other.seen for other in removals), "a removal hid what it had not seen"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["title", "due", DELETED]), st.booleans()), max_size=10))
def test_one_laptop_alone_never_has_a_conflict(steps: list[tuple[str, bool]]) -> None:
    laptop = Laptop("A")
    laptop.write(ROW, {"title": "Brief the SPOCs"})
    gone = False
    for field, value in steps:
        if field == DELETED or not gone:
            laptop.write(field, value if field == DELETED else str(value))
            gone = value if field == DELETED else gone
    folded = fold(laptop.entries())
    assert folded.conflicts == {}
    assert folded.values[DELETED] is gone


def test_an_edit_that_a_removal_had_not_seen_keeps_the_record_and_flags_it() -> None:
    one, two = played([])
    one.write(DELETED, True)
    two.write("due", "2014-03-31")
    one.take(two)
    folded = fold(one.entries())
    assert folded.values == {"title": "Brief the SPOCs", "due": "2014-03-31", DELETED: False}
    assert folded.conflicts == {DELETED: (True, False)}
    one.write(DELETED, True)
    assert fold(one.entries()).values[DELETED] is True


def test_the_same_word_written_twice_is_no_conflict() -> None:
    one, two = played([("A", "due", "2014"), ("B", "due", "2014"), ("A", "title", "One"), ("B", "title", "Two")])
    one.take(two)
    folded = fold(one.entries())
    assert folded.conflicts == {"title": ("One", "Two")}
    assert folded.values["title"] == "Two"
    assert set(fold(one.entries(), ["due"]).values) == {"due"}


def test_lines_of_the_journal_are_read_as_they_were_written() -> None:
    read = entry(b"\x01", "lead", '"ab"', '["00ff"]')
    assert read == Entry(b"\x01", "lead", "ab", frozenset([b"\x00\xff"]))
    assert entry(b"\x02", "due", None, "[]").value is None
    assert to_json({"lead": b"\xab", "title": "x"}) == {"lead": "ab", "title": "x"}
