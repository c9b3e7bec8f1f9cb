"""The list of actions: pages both ways give exactly the whole list, in an order that is total and stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.filters import ActionFilter, ActionOrder, ActionScope, Sort, read_action_filter
from ahtc_tui.domain.actions.model import ActionRow, Brag, Priority, Status
from ahtc_tui.domain.actions.saved_views import ALL_COLUMNS
from ahtc_tui.domain.actions.urgency import compute_urgency, compute_urgency_terms
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.services.actions.service import count_actions, list_action_page, list_actions, rank_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import filter_terms
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.actions.queries import read_actions
from ahtc_tui.store.journal.ledger import Ledger
from tests.builders import TODAY

WORDS_ONLY = DateAsKnown(NO_DAY, Precision.WORDS, "ASAP").stored_text
DUES = (None, "2013-11-30", "2013-11-30", "2013-11-30 month", WORDS_ONLY, "2014-01-31", "2013-12-31 year by the end")


@pytest.fixture
def long_list(wales: Workspace) -> Workspace:
    """The Wales data and sixty actions more: due on the same day, on none, or only in words."""
    statuses, priorities = list(Status), [None, *Priority]
    rows: list[dict[str, Any]] = [
        {
            "ref": f"LG-2013-{n % 3}/{n}",
            "title": f"Training for board {n}" if n % 2 else f"Letter {n}",
            "due": DUES[n % len(DUES)],
            "status": statuses[n % len(statuses)].value,
            "priority": priorities[n % 4],
        }
        for n in range(60)
    ]
    with wales.database.write("import") as ledger:
        ledger.add_all("actions", rows)
    return wales


FILTERS = (
    ActionFilter(ActionScope.ALL),
    ActionFilter(ActionScope.OPEN),
    ActionFilter(ActionScope.CLOSED),
    ActionFilter(ActionScope.ALL, late=True),
    read_action_filter("training", today=TODAY, default=ActionScope.ALL),
    read_action_filter("tr due<2014-06-01", today=TODAY),
    read_action_filter("due>2013-11-30", today=TODAY, default=ActionScope.ALL),
    read_action_filter("#leadership", today=TODAY, default=ActionScope.ALL),
    read_action_filter("@ahtc", today=TODAY, default=ActionScope.ALL),
    read_action_filter("training OR -@ahtc OR obj:-", today=TODAY, default=ActionScope.ALL),
    read_action_filter("t", today=TODAY, default=ActionScope.ALL),
    read_action_filter("nothing has these words", today=TODAY, default=ActionScope.ALL),
)


@pytest.mark.sample(6)
@pytest.mark.parametrize("few_hits", [0, 2500])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("action_filter", FILTERS, ids=range(len(FILTERS)))
def test_pages_from_either_end_are_the_whole_list(
    action_filter: ActionFilter, sort: Sort, few_hits: int, long_list: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_rows = list_action_page(long_list, action_filter, sort, Page())
    assert len(all_rows) == count_actions(long_list, action_filter)
    monkeypatch.setattr(filter_terms, "FEW_HITS", few_hits)
    assert list_action_page(long_list, action_filter, sort, Page()) == all_rows
    forward: list[Any] = []
    while page := list_action_page(long_list, action_filter, sort, Page(7, after=forward[-1][0] if forward else None)):
        assert page[0] not in forward
        forward += page
    assert forward == all_rows
    backward = list_action_page(long_list, action_filter, sort, Page(7, from_end=True))
    while backward and (page := list_action_page(long_list, action_filter, sort, Page(7, before=backward[0][0]))):
        assert page[0] not in backward
        backward = page + backward
    assert backward == all_rows
    for before, (place, _row) in list(enumerate(all_rows))[::9]:
        assert rank_action(long_list, action_filter, sort, place) == before
        assert list_action_page(long_list, action_filter, sort, Page(1, offset=before))[0][0] == place


@pytest.mark.sample(4)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ALL_COLUMNS)
def test_pages_by_any_column_are_the_whole_list_in_both_directions(
    column: str, descending: bool, long_list: Workspace
) -> None:
    order = ActionOrder(column, descending)
    action_filter = ActionFilter(ActionScope.ALL)
    all_rows = list_action_page(long_list, action_filter, order, Page())
    assert len(all_rows) == count_actions(long_list, action_filter)
    forward: list[Any] = []
    while page := list_action_page(
        long_list, action_filter, order, Page(17, after=forward[-1][0] if forward else None)
    ):
        forward += page
    assert forward == all_rows
    backward = list_action_page(long_list, action_filter, order, Page(17, from_end=True))
    while backward and (page := list_action_page(long_list, action_filter, order, Page(17, before=backward[0][0]))):
        backward = page + backward
    assert backward == all_rows
    for before, (place, _row) in list(enumerate(all_rows))[::9]:
        assert rank_action(long_list, action_filter, order, place) == before


@pytest.mark.parametrize("descending", [False, True])
def test_actions_without_a_lead_come_last_in_both_directions(descending: bool, long_list: Workspace) -> None:
    rows = list_actions(long_list, ActionFilter(ActionScope.ALL), ActionOrder("lead", descending))
    without = [row.lead is None for row in rows]
    assert any(without)
    assert without == sorted(without)
    names = [(row.lead_short or row.lead or "").lower() for row in rows if row.lead]
    assert names[0] < names[-1] if not descending else names[0] > names[-1]


def test_undated_actions_sort_last_after_dates_in_words(long_list: Workspace) -> None:
    rows = list_actions(long_list, ActionFilter(ActionScope.ALL), Sort.DUE)
    order = [row.due.latest if row.due else date.max for row in rows]
    assert order == sorted(order)
    undated = [row.due is None for row in rows]
    assert undated == sorted(undated)


def test_references_sort_by_number(long_list: Workspace) -> None:
    refs = [row.ref for row in list_actions(long_list, ActionFilter(ActionScope.ALL), Sort.REF)]
    assert refs.index("LG-2013-0/3") < refs.index("LG-2013-0/12") < refs.index("LG-2013-1/1")
    assert refs.index("DP-09") < refs.index("DP-10")


class Enough(Exception):
    """Raised to leave a write without keeping it."""


@contextmanager
def passing_write(office: Workspace) -> Iterator[Ledger]:
    """A write of which nothing is kept."""
    try:
        with office.database.write("passing") as ledger:
            yield ledger
            raise Enough
    except Enough:
        pass


DAYS = st.dates(date(2012, 6, 1), date(2015, 6, 1)).map(date.isoformat)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {"status": st.sampled_from([*Status])},
        optional={
            "due": DAYS | st.just(WORDS_ONLY),
            "brag": st.sampled_from([*Brag]),
            "priority": st.sampled_from([*Priority]),
            "review_on": DAYS,
            "raised_on": DAYS | st.just("2013-10-31 month"),
        },
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=5))
def test_the_list_is_sorted_by_the_urgency_that_is_shown(
    workspace: Workspace, actions: list[dict[str, Any]], waits: list[tuple[int, int]]
) -> None:
    with passing_write(workspace) as ledger:
        rows = [{"ref": f"DP-{n:02}", "title": "x", **fields} for n, fields in enumerate(actions)]
        keys = ledger.add_all("actions", rows)
        for blocked, blocker in waits:
            if blocked != blocker and max(blocked, blocker) < len(keys):
                ledger.add("dependencies", {"action": keys[blocked], "blocked_by": keys[blocker]})
        listed_rows = read_actions(ledger.cursor, ActionFilter(ActionScope.ALL), Sort.URGENCY, TODAY)
    assert len(listed_rows) == len(actions)
    assert [place[0] for place, _row in listed_rows] == [compute_urgency(row, TODAY) for _place, row in listed_rows]
    places = [(-value, n) for (value, n), _row in listed_rows]
    assert all(place < following for place, following in pairwise(places))
    for _place, row in listed_rows:
        assert sum_of_terms(row) == compute_urgency(row, TODAY)


def sum_of_terms(row: ActionRow) -> float:
    return round(sum(weight for _name, weight in compute_urgency_terms(row, TODAY)), 2)


def test_page_position_is_kept_while_others_write(long_list: Workspace) -> None:
    first = list_action_page(long_list, ActionFilter(ActionScope.ALL), Sort.DUE, Page(10))
    with long_list.database.write("remove") as ledger:
        ledger.remove("actions", first[4][1].key)
    after = list_action_page(long_list, ActionFilter(ActionScope.ALL), Sort.DUE, Page(10, after=first[-1][0]))
    next_page = list_action_page(long_list, ActionFilter(ActionScope.ALL), Sort.DUE, Page(19))
    assert [row.ref for _place, row in next_page[9:]] == [row.ref for _place, row in after]
