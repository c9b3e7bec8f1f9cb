"""The two rows of a contact are shown or removed together in every copy, whatever the order of merges."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.services.replication import conflicts
from ahtc_tui.store.journal import projection, record_state
from ahtc_tui.store.journal.record_state import resolve_state
from tests.store.laptops import LAPTOPS
from tests.store.undoing_laptops import UndoingLaptops

pytestmark = pytest.mark.usefixtures("quick")


class OrderedLaptops(UndoingLaptops):
    """The laptops, merged in every order at the end."""

    merge_orders = tuple(permutations(LAPTOPS))

    def remove(self, name: str) -> None:
        self.remove_record(name, 0)

    def restore_removed(self, name: str) -> None:
        self.restore(name, 0)

    def edit_party(self, name: str) -> None:
        self.write_value(name, 0, ("parties", "short"), name)

    def edit_details(self, name: str) -> None:
        self.write_value(name, 0, ("people", "note"), name)

    def add_alias(self, name: str) -> None:
        if self.exists(name, self.rows[0]):
            with self.workspaces[name].database.write("add an alias") as ledger:
                ledger.add("aliases", {"party": self.rows[0], "name": f"Alias of {name}"})
            self.record_writes(name)

    def keep_ours(self, name: str) -> None:
        self.answer(name, "ours")

    def keep_theirs(self, name: str) -> None:
        self.answer(name, "theirs")

    def answer(self, name: str, answer: str) -> None:
        office = self.workspaces[name]
        for conflict in conflicts.list_conflicts(office)[:1]:
            conflicts.resolve_conflict(office, conflict.id, answer)
            self.record_writes(name)

    def erase_person(self, name: str) -> None:
        if not self.erased:
            self.erase(name, 0)

    def take_back(self, name: str) -> None:
        self.undo(name)

    def merge_next(self, name: str) -> None:
        """Merge the laptop that follows this one."""
        self.merge_pair((name, LAPTOPS[(LAPTOPS.index(name) + 1) % len(LAPTOPS)]))


class Step(NamedTuple):
    """One step of a laptop."""

    laptop: str
    work: str


WORK = (
    "remove", "remove", "restore_removed", "edit_party", "edit_details", "add_alias",
    "keep_ours", "keep_theirs", "take_back", "merge_next", "merge_next", "erase_person",
)  # fmt: skip
HISTORIES = st.lists(st.builds(Step, st.sampled_from(LAPTOPS), st.sampled_from(WORK)), min_size=3, max_size=12)


def run_history(steps: list[Step]) -> None:
    laptops = OrderedLaptops()
    laptops.open()
    try:
        for step in steps:
            getattr(laptops, step.work)(step.laptop)
    finally:
        laptops.teardown()


def search(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )


@pytest.mark.long
@seed(1)
@search(5)
@example([Step("a", "remove"), Step("b", "edit_party")])
@example([Step("a", "remove"), Step("b", "edit_details"), Step("hub", "remove")])
@example([Step("a", "remove"), Step("b", "edit_details"), Step("a", "merge_next"), Step("a", "keep_ours")])
@example([Step("a", "remove"), Step("b", "edit_party"), Step("b", "erase_person"), Step("hub", "edit_details")])
@example([Step("a", "remove"), Step("b", "add_alias"), Step("hub", "remove"), Step("hub", "restore_removed")])
@given(HISTORIES)
def test_copies_with_the_same_lines_show_the_same_contacts(steps: list[Step]) -> None:
    run_history(steps)


@pytest.mark.long
@seed(2)
@search(max(60, settings().max_examples))
@given(HISTORIES)
def test_copies_agree_on_contacts_after_many_histories(steps: list[Step]) -> None:
    run_history(steps)


def test_rows_that_are_removed_by_themselves_are_detected(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (record_state, projection):
        monkeypatch.setattr(
            module, "resolve_record", lambda table, read_changes: resolve_state(table, read_changes(table))
        )
    with pytest.raises((AssertionError, AhtcError)):
        run_history([Step("a", "remove"), Step("b", "edit_party")])
