"""The Wales 2013 data is complete, and every record has its source."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.service import count_actions, list_actions, show_action
from ahtc_tui.services.history import list_changes, list_steps, undo_step
from ahtc_tui.services.opening import make_workspace
from ahtc_tui.services.reference.loader import DATA_SETS, load_reference
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import list_record_tables
from tests.builders import query_rows


def test_data_set_has_every_record_of_the_paper(wales: Workspace) -> None:
    counts = {selection: count_actions(wales, ActionFilter(selection)) for selection in ActionScope}
    assert counts == {ActionScope.ALL: 44, ActionScope.OPEN: 28, ActionScope.CLOSED: 16}
    assert count_actions(wales, ActionFilter(continuing=True)) == 15
    tables = {
        "organisations": 59, "groups": 23, "seats": 60, "meetings": 11, "practices": 10, "adoptions": 22,
        "recommendations": 6, "figures": 15, "documents": 10,
    }  # fmt: skip
    assert {table: query_rows(wales, f"SELECT count(*) FROM {table}")[0][0] for table in tables} == tables
    assert (
        query_rows(wales, "SELECT count(*) FROM people")[0][0] + query_rows(wales, "SELECT count(*) FROM posts")[0][0]
        == 32
    )


def test_a_post_has_its_holders_and_no_post_stands_for_a_holder(wales: Workspace) -> None:
    query = """SELECT p.ref, coalesce(h.ordinal, 0), coalesce(q.ref, ''), coalesce(h.from_on, '') FROM holdings h
 JOIN parties p ON p.id = h.post LEFT JOIN parties q ON q.id = h.person ORDER BY p.ref, h.ordinal"""
    assert query_rows(wales, query) == [
        ("ahtc", 1, "", "2011-04-04"),
        ("ahtc", 2, "stephen-chapman", "2012-11-30 month"),
        ("cc-devon-cornwall", 0, "shaun-sawyer", ""),
        ("cc-gwent", 0, "jeff-farrar", ""),
        ("ce-denbighshire", 0, "mohammed-mehmet", ""),
        ("minister-local-government", 0, "lesley-griffiths", ""),
        ("nw-regional-coordinator", 1, "", "2013-10-31 month"),
    ]
    names = query_rows(wales, "SELECT ref FROM parties WHERE name LIKE '%Co-ordinator%' AND kind = 'post'")
    assert ("ahtc-first",) not in names


def test_what_the_paper_does_not_say_is_left_out(wales: Workspace) -> None:
    responders = "SELECT ref FROM parties p JOIN organisations o ON o.id = p.id WHERE o.first_responder ORDER BY ref"
    assert query_rows(wales, responders) == [("bawso",), ("new-pathways",)]
    places = """SELECT x.ref FROM adoptions a JOIN practices p ON p.id = a.practice JOIN areas x ON x.id = a.area
 WHERE p.ref = 'sio-training'"""
    assert query_rows(wales, places) == []


def test_commitment_web_pages_and_aims_of_operation_eagle_are_records(wales: Workspace) -> None:
    query = """SELECT ref, source FROM documents
 WHERE ref IN ('programme-for-government', 'regional-collaboration-fund-bid') ORDER BY ref"""
    documents = query_rows(wales, query)
    assert [source[:13] for _ref, source in documents] == ["Paragraph 1.2", "Paragraph 4.2"]
    assert query_rows(wales, "SELECT substr(source, 1, 14) FROM web_pages") == [("Paragraph 2.13",)]
    ((aims,),) = query_rows(wales, "SELECT detail FROM actions WHERE ref = 'DP-23'")
    assert aims.count(";") == 2


def test_every_source_names_its_document_in_full(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        sources = {
            row[0]
            for table in list_record_tables(cursor)
            for row in cursor.execute(f"SELECT DISTINCT source FROM {table} WHERE source IS NOT NULL")
        }
        notes = cursor.execute("SELECT source_notes FROM parties WHERE source_notes IS NOT NULL").fetchall()
    sources |= {source for (note,) in notes for source in json.loads(note).values()}
    assert [source for source in sources if re.match(r"para |public:|own knowledge|.*\.\w{2,4}$", source)] == []
    paragraphs = [source for source in sources if source.startswith("Paragraph")]
    assert all(source.endswith(", CELG(4)-31-13 Paper 1, Human Trafficking (2013)") for source in paragraphs)


def test_every_record_has_a_source(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        for table in list_record_tables(cursor):
            silent = cursor.execute(f"SELECT count(*) FROM {table} WHERE source IS NULL OR source = ''").fetchone()
            assert silent == (0,), table
        notes = cursor.execute("SELECT source_notes FROM parties WHERE source_notes IS NOT NULL").fetchall()
    assert notes
    assert all(isinstance(json.loads(note), dict) for (note,) in notes)


def test_missing_values_stay_empty(wales: Workspace) -> None:
    rows = list_actions(wales, ActionFilter(ActionScope.ALL))
    assert sum(row.due is None for row in rows) == 42
    assert sum(row.lead is None for row in rows) == 15
    assert {row.brag for row in rows} == {None}
    assert not [row.ref for row in rows if row.is_late(wales.today()) and row.status == "continuing"]


def test_dates_keep_the_words_of_the_paper(wales: Workspace) -> None:
    dues = {str(row.due) for row in list_actions(wales, ActionFilter(ActionScope.ALL)) if row.due}
    assert any(not due.isdigit() for due in dues)
    statuses = Counter(status for (status,) in query_rows(wales, "SELECT status FROM adoptions"))
    assert sum(statuses.values()) == 22
    assert query_rows(wales, "SELECT count(*) FROM adoptions WHERE words IS NULL") == [(0,)]


def test_closed_work_keeps_the_person_who_did_it(wales: Workspace) -> None:
    holders = {
        row.lead_holder for row in list_actions(wales, ActionFilter(ActionScope.CLOSED)) if row.lead_short == "AHTC"
    }
    assert holders == {"Stephen Chapman"}


def test_decision_is_linked_to_its_actions(wales: Workspace) -> None:
    carried = show_action(wales, "DP-11").decisions
    assert len(carried) == 1
    assert carried[0].startswith("D-2013/1 ")


def test_loading_is_one_transaction_that_cannot_be_undone(wales: Workspace) -> None:
    assert [(step.label, step.kind) for step in list_steps(wales)] == [("load wales-2013", "load")]
    with pytest.raises(Refused, match="nothing to undo"):
        undo_step(wales)
    assert list_changes(wales, "bawso")[0].field == "added"


def test_unknown_data_set_is_refused_without_a_workspace(workspace: Workspace, tmp_path: Path) -> None:
    assert DATA_SETS == ("wales-2013",)
    with pytest.raises(BadInput, match=r'"narnia" is not included\. Choose one of wales-2013, or none'):
        load_reference(workspace.database, "narnia")
    with pytest.raises(BadInput, match="narnia"):
        make_workspace(tmp_path / "new", "narnia")
    assert not (tmp_path / "new").exists()
