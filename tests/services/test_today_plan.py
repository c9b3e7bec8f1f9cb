"""Tests that the queries of the Today page use an index and never scan all actions."""

from __future__ import annotations

import pytest

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store import today
from ahtc_tui.store.plan.queries import COUNTS, LEFT_BEHIND_COUNTS
from tests.builders import make_action

DAYS = {"today": "2013-12-31", "soon": "2014-01-14", "quiet": "2013-12-17", "lead": b"", "limit": 8}

COUNT = "SELECT count(*) FROM actions a WHERE "
LIST = "SELECT a.n FROM actions a WHERE {} ORDER BY {} LIMIT :limit"


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (today.LATE_NUMBERS.format("'R'"), "INDEX ix_actions_open_due (is_open=? AND due_day<?)"),
        (today.DUE_BY_LEAD, "COVERING INDEX ix_actions_lead_due"),
        (today.NOT_UPDATED_REFS, "INDEX ix_actions_lead_due (deleted=? AND lead=?"),
        (COUNT + today.DUTY, "COVERING INDEX ix_actions_status"),
        (COUNT + today.REVIEWED, "COVERING INDEX ix_actions_status"),
        (COUNT + today.UNDATED, "COVERING INDEX ix_actions_status"),
        (COUNT + today.PROPOSED, "COVERING INDEX ix_actions_status"),
        (today.FIRST_REVIEW, "COVERING INDEX ix_actions_status"),
        (today.LATE_NUMBERS.format("NULL"), "INDEX ix_actions_open_due (is_open=? AND due_day<?)"),
        (LIST.format(today.SOON, today.RED_FIRST), "INDEX ix_actions_open_due (is_open=? AND due_day>? AND due_day<?)"),
        (LIST.format(today.PROPOSED, today.BY_DUE), "INDEX ix_actions_status (status=? AND deleted=?)"),
        (LIST.format(today.REVIEWED, "a.review_on, a.ref_key, a.n"), "COVERING INDEX ix_actions_status"),
        (LIST.format(today.UNDATED, "a.ref_key, a.n"), "COVERING INDEX ix_actions_status"),
    ],
)
def test_no_query_of_today_scans_all_actions(wales: Workspace, query: str, index: str) -> None:
    with wales.database.read() as cursor:
        plan = [line[3] for line in cursor.execute(f"EXPLAIN QUERY PLAN {query}", DAYS)]
    assert not [step for step in plan if step.startswith("SCAN a")]
    assert any(f"USING {index}" in step for step in plan)
    assert "review_on" not in query or "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_the_plan_is_counted_in_an_index_alone(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        for query in (COUNTS, LEFT_BEHIND_COUNTS):
            steps = [line[3] for line in cursor.execute(f"EXPLAIN QUERY PLAN {query}", DAYS)]
            assert not [step for step in steps if step.startswith("SCAN a") and "COVERING INDEX" not in step]


def test_late_actions_come_by_turns_of_their_leads_whatever_the_limit(wales: Workspace) -> None:
    for number in range(12):
        make_action(
            wales,
            title=f"Agree date {number}",
            due=f"2013-0{1 + number % 4}-1{number % 3}",
            lead=("AHTC", "Bawso", None)[number % 3],
            brag="R" if number % 5 == 0 else None,
        )
    order = "row_number() OVER (PARTITION BY coalesce(a.lead, a.id), a.brag IS 'R' ORDER BY a.due_day DESC, a.n)"
    days = {"today": "2013-12-31"}
    query = f"SELECT a.n FROM actions a WHERE {today.LATE} ORDER BY a.brag IS 'R' DESC, {order}, a.due_day DESC, a.n"
    with wales.database.read() as cursor:
        numbers = [number for (number,) in cursor.execute(query, DAYS)]
        assert len(numbers) >= 12
        assert today._list_late_numbers(cursor, days) == numbers
