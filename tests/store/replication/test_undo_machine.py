"""Any sequence of work can be undone and redone step by step, and the database stays sound."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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

from ahtc_tui.domain.actions.filters import ActionScope, read_action_filter
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY, make_action, make_action_draft, make_update, read_live_rows, remove_record

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
    """The work of a day, with the tables after each step."""

    world: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp(dir=self.world.parent))
        shutil.copytree(self.world, self.folder, dirs_exist_ok=True)
        self.office = open_workspace(self.folder, TODAY)
        self.states = [read_live_rows(self.office)]
        self.at = 0

    def list_refs(self) -> list[str]:
        listed = actions.list_actions(self.office, read_action_filter("office", today=TODAY, default=ActionScope.ALL))
        return [row.ref for row in listed] or [make_action(self.office, "A day at the office").ref]

    def record_state(self) -> None:
        """Record the tables if a step was written, which clears redo."""
        now = read_live_rows(self.office)
        if len(history.list_steps(self.office, 9999)) > self.steps:
            self.states = [*self.states[: self.at + 1], now]
            self.at += 1

    def count_steps(self) -> None:
        self.steps = len(history.list_steps(self.office, 9999))

    def do_unless_refused(self, change: Callable[[], object]) -> None:
        """Change something; what is refused, such as a rating of a closed action, changes nothing."""
        try:
            change()
        except Refused:
            assert read_live_rows(self.office) == self.states[self.at]
        self.record_state()

    @rule(fields=EDITS)
    def add(self, fields: dict[str, Any]) -> None:
        self.count_steps()
        make_action(self.office, **{"title": "A day at the office", **fields, "detail": "office"})
        self.record_state()

    @rule(fields=EDITS, data=st.data())
    def edit(self, fields: dict[str, Any], data: st.DataObject) -> None:
        ref = self.draw_ref(data)
        self.do_unless_refused(lambda: actions.edit_action(self.office, ref, make_action_draft(**fields)))

    @rule(fields=EDITS)
    def edit_three_at_once(self, fields: dict[str, Any]) -> None:
        self.count_steps()
        refs = ["DP-01", "DP-02", "DP-03"]
        self.do_unless_refused(lambda: actions.edit_actions(self.office, refs, make_action_draft(**fields)))

    @rule(data=st.data(), brag=st.sampled_from([None, "A"]), status=st.sampled_from([None, "done", "in_progress"]))
    def update(self, data: st.DataObject, **said: Any) -> None:
        ref = self.draw_ref(data)
        self.do_unless_refused(lambda: make_update(self.office, ref, "Went well.", **said))

    @rule(data=st.data())
    def close_or_reopen(self, data: st.DataObject) -> None:
        ref = self.draw_ref(data)
        is_open = actions.show_action(self.office, ref).row.is_open
        (actions.close_action if is_open else actions.reopen_action)(self.office, ref)
        self.record_state()

    @rule(data=st.data())
    def take_away(self, data: st.DataObject) -> None:
        ref = self.draw_ref(data)
        remove_record(self.office, "actions", actions.show_action(self.office, ref).row.key)
        self.record_state()

    def draw_ref(self, data: st.DataObject) -> str:
        """Draw an action of this day; add one in a separate step where there is none."""
        self.count_steps()
        refs = self.list_refs()
        self.record_state()
        self.count_steps()
        return data.draw(st.sampled_from(refs))

    @precondition(lambda self: self.at)
    @rule()
    def undo(self) -> None:
        history.undo_step(self.office)
        self.at -= 1

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule()
    def redo(self) -> None:
        history.redo_step(self.office)
        self.at += 1

    @rule()
    def close_and_open_again(self) -> None:
        self.office.close()
        self.office = open_workspace(self.folder, TODAY)

    @invariant()
    def check_state(self) -> None:
        assert read_live_rows(self.office) == self.states[self.at]

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        assert integrity_check.find_faults(self.office.database) == []
        while self.at + 1 < len(self.states):
            self.redo()
            self.check_state()
        with pytest.raises(Refused, match="nothing to redo"):
            history.redo_step(self.office)
        while self.at:
            self.undo()
            self.check_state()
        with pytest.raises(Refused, match="nothing to undo"):
            history.undo_step(self.office)
        while self.at + 1 < len(self.states):
            self.redo()
            self.check_state()
        assert integrity_check.find_faults(self.office.database) == []
        self.office.close()
        shutil.rmtree(self.folder)


@pytest.mark.long
def test_any_sequence_of_work_can_be_undone_and_redone(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "world", world("wales"), raising=False)
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
