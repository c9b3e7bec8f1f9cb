"""Whatever mixture of work: undo takes it back step by step, redo brings it again, and the database stays whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY, a_draft, an_action, an_update, live_rows, remove

EDITS = st.fixed_dictionaries(
    {"reason": st.just("The trainer left")},
    optional={
        "title": st.sampled_from(["Train the trainers", "Siân to ring Bawso"]),
        "due": st.sampled_from(["2014-01-31", "end of 2014", ""]),
        "status": st.sampled_from(["planned", "done", "cancelled", "continuing"]),
        "brag": st.sampled_from(["R", "G", ""]),
        "lead": st.sampled_from(["ahtc", "bawso", ""]),
        "support": st.sampled_from(["Bawso; New Pathways", "New Pathways", ""]),
    },
).filter(lambda fields: len(fields) > 1)


class Office(RuleBasedStateMachine):
    """A day's work, with the tables after each step to hold undo and redo against."""

    world: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp(dir=self.world.parent))
        shutil.copytree(self.world, self.folder, dirs_exist_ok=True)
        self.office = open_workspace(self.folder, TODAY)
        self.states = [live_rows(self.office)]
        self.at = 0

    def refs(self) -> list[str]:
        listed = actions.list_actions(self.office, ActionFilter(Which.ALL, words="office"))
        return [row.ref for row in listed] or [an_action(self.office, "A day at the office").ref]

    def did(self) -> None:
        """Take down what stands now, if anything was done: a new step drops what could be redone."""
        now = live_rows(self.office)
        if len(history.list_steps(self.office, 9999)) > self.steps:
            self.states = [*self.states[: self.at + 1], now]
            self.at += 1

    def count(self) -> None:
        self.steps = len(history.list_steps(self.office, 9999))

    @rule(fields=EDITS)
    def add(self, fields: dict[str, Any]) -> None:
        self.count()
        an_action(self.office, **{"title": "A day at the office", **fields, "detail": "office"})
        self.did()

    @rule(fields=EDITS, data=st.data())
    def edit(self, fields: dict[str, Any], data: st.DataObject) -> None:
        ref = self.chosen(data)
        actions.edit_action(self.office, ref, a_draft(**fields))
        self.did()

    @rule(fields=EDITS)
    def edit_three_at_once(self, fields: dict[str, Any]) -> None:
        self.count()
        actions.edit_actions(self.office, ["DP-01", "DP-02", "DP-03"], a_draft(**fields))
        self.did()

    @rule(data=st.data(), brag=st.sampled_from([None, "A"]), status=st.sampled_from([None, "done", "in_progress"]))
    def update(self, data: st.DataObject, **said: Any) -> None:
        ref = self.chosen(data)
        an_update(self.office, ref, "Went well.", **said)
        self.did()

    @rule(data=st.data())
    def close_or_reopen(self, data: st.DataObject) -> None:
        ref = self.chosen(data)
        is_open = actions.show_action(self.office, ref).row.open
        (actions.close_action if is_open else actions.reopen_action)(self.office, ref)
        self.did()

    @rule(data=st.data())
    def take_away(self, data: st.DataObject) -> None:
        ref = self.chosen(data)
        remove(self.office, "actions", actions.show_action(self.office, ref).row.key)
        self.did()

    def chosen(self, data: st.DataObject) -> str:
        """An action of this day; one is added, as a step of its own, where there is none."""
        self.count()
        refs = self.refs()
        self.did()
        self.count()
        return data.draw(st.sampled_from(refs))

    @precondition(lambda self: self.at)
    @rule()
    def undo(self) -> None:
        history.undo(self.office)
        self.at -= 1

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule()
    def redo(self) -> None:
        history.redo(self.office)
        self.at += 1

    @rule()
    def close_and_open_again(self) -> None:
        self.office.close()
        self.office = open_workspace(self.folder, TODAY)

    @invariant()
    def stands_as_remembered(self) -> None:
        assert live_rows(self.office) == self.states[self.at]

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        assert integrity_check.faults(self.office.database) == []
        while self.at + 1 < len(self.states):
            self.redo()
            self.stands_as_remembered()
        with pytest.raises(Refused, match="nothing to redo"):
            history.redo(self.office)
        while self.at:
            self.undo()
            self.stands_as_remembered()
        with pytest.raises(Refused, match="nothing to undo"):
            history.undo(self.office)
        while self.at + 1 < len(self.states):
            self.redo()
            self.stands_as_remembered()
        assert integrity_check.faults(self.office.database) == []
        self.office.close()
        shutil.rmtree(self.folder)


def test_any_mixture_of_work_is_taken_back_and_brought_again_and_all_stays_whole(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "world", world("wales"), raising=False)
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
