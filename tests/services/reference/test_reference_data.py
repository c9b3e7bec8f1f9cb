"""The Wales 2013 data: every record of the paper is there, and every one says where it comes from."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.service import count_actions, list_actions, show_action
from ahtc_tui.services.history import list_changes, list_steps, undo
from ahtc_tui.services.opening import make_workspace
from ahtc_tui.services.reference.loader import DATA_SETS, load_reference
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import record_tables
from tests.builders import ask


def test_every_record_of_the_paper_is_there(wales: Workspace) -> None:
    counts = {which: count_actions(wales, ActionFilter(which)) for which in Which}
    assert counts == {Which.ALL: 44, Which.OPEN: 28, Which.CLOSED: 16}
    assert count_actions(wales, ActionFilter(continuing=True)) == 15
    tables = {
        "organisations": 59, "groups": 23, "seats": 61, "meetings": 11, "practices": 10, "adoptions": 25,
        "recommendations": 6, "figures": 15, "documents": 8,
    }  # fmt: skip
    assert {table: ask(wales, f"SELECT count(*) FROM {table}")[0][0] for table in tables} == tables
    assert ask(wales, "SELECT count(*) FROM people")[0][0] + ask(wales, "SELECT count(*) FROM posts")[0][0] == 29


def test_every_record_says_where_it_comes_from(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        for table in record_tables(cursor):
            silent = cursor.execute(f"SELECT count(*) FROM {table} WHERE source IS NULL OR source = ''").fetchone()
            assert silent == (0,), table
        notes = cursor.execute("SELECT source_notes FROM parties WHERE source_notes IS NOT NULL").fetchall()
    assert notes
    assert all(isinstance(json.loads(note), dict) for (note,) in notes)


def test_empty_is_a_value_and_never_a_default(wales: Workspace) -> None:
    rows = list_actions(wales, ActionFilter(Which.ALL))
    assert sum(row.due is None for row in rows) == 42
    assert sum(row.lead is None for row in rows) == 15
    assert {row.brag for row in rows} == {None}
    assert not [row.ref for row in rows if row.late(wales.today()) and row.status == "continuing"]


def test_dates_keep_the_words_of_the_paper(wales: Workspace) -> None:
    dues = {str(row.due) for row in list_actions(wales, ActionFilter(Which.ALL)) if row.due}
    assert any(not due.isdigit() for due in dues)
    statuses = Counter(status for (status,) in ask(wales, "SELECT status FROM adoptions"))
    assert sum(statuses.values()) == 25
    assert ask(wales, "SELECT count(*) FROM adoptions WHERE words IS NULL") == [(0,)]


def test_closed_work_keeps_the_person_who_did_it(wales: Workspace) -> None:
    holders = {row.lead_holder for row in list_actions(wales, ActionFilter(Which.CLOSED)) if row.lead_short == "AHTC"}
    assert holders == {"Stephen Chapman"}


def test_a_decision_knows_the_actions_that_carry_it_out(wales: Workspace) -> None:
    carried = show_action(wales, "DP-11").decisions
    assert len(carried) == 1
    assert carried[0].startswith("D-2013/1 ")


def test_loading_is_one_step_that_undo_leaves_alone(wales: Workspace) -> None:
    assert [(step.label, step.kind) for step in list_steps(wales)] == [("load wales-2013", "load")]
    with pytest.raises(Refused, match="nothing to undo"):
        undo(wales)
    assert list_changes(wales, "bawso")[0].field == "added"


def test_a_data_set_that_is_not_shipped_is_refused_and_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    assert DATA_SETS == ("wales-2013",)
    with pytest.raises(BadInput, match='"narnia" is not shipped: choose one of wales-2013, or none'):
        load_reference(workspace.database, "narnia")
    with pytest.raises(BadInput, match="narnia"):
        make_workspace(tmp_path / "new", "narnia")
    assert not (tmp_path / "new").exists()
