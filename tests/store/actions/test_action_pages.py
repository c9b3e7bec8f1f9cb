"""The list of actions: pages both ways give exactly the whole list, in an order that is total and stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.actions.model import ActionRow, Brag, Priority, Status
from ahtc_tui.domain.actions.urgency import terms, urgency
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.services.actions.service import count_actions, list_actions, page_of_actions, rank_of_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import filter_sql
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.actions.queries import listed
from ahtc_tui.store.journal.ledger import Ledger
from tests.builders import TODAY

WORDS_ONLY = DateAsKnown(NO_DAY, Precision.WORDS, "ASAP").stored
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
    ActionFilter(Which.ALL),
    ActionFilter(Which.OPEN),
    ActionFilter(Which.CLOSED),
    ActionFilter(Which.ALL, late=True),
    ActionFilter(Which.ALL, words="training"),
    ActionFilter(Which.OPEN, words="tr", due_before=date(2014, 6, 1)),
    ActionFilter(Which.ALL, due_after=date(2013, 11, 30)),
    ActionFilter(Which.ALL, group_words="leadership"),
    ActionFilter(Which.ALL, lead_words="ahtc"),
    ActionFilter(Which.ALL, words="nothing has these words"),
)


@pytest.mark.parametrize("few", [0, 2500])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("asked", FILTERS, ids=range(len(FILTERS)))
def test_pages_from_either_end_are_the_whole_list(
    asked: ActionFilter, sort: Sort, few: int, long_list: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = page_of_actions(long_list, asked, sort, Page())
    assert len(whole) == count_actions(long_list, asked)
    monkeypatch.setattr(filter_sql, "FEW", few)
    assert page_of_actions(long_list, asked, sort, Page()) == whole
    forward: list[Any] = []
    while page := page_of_actions(long_list, asked, sort, Page(7, after=forward[-1][0] if forward else None)):
        assert page[0] not in forward
        forward += page
    assert forward == whole
    backward = page_of_actions(long_list, asked, sort, Page(7, from_end=True))
    while backward and (page := page_of_actions(long_list, asked, sort, Page(7, before=backward[0][0]))):
        assert page[0] not in backward
        backward = page + backward
    assert backward == whole
    for before, (place, _row) in list(enumerate(whole))[::9]:
        assert rank_of_action(long_list, asked, sort, place) == before
        assert page_of_actions(long_list, asked, sort, Page(1, offset=before))[0][0] == place


def test_undated_work_stands_last_and_words_without_a_day_just_before_it(long_list: Workspace) -> None:
    rows = list_actions(long_list, ActionFilter(Which.ALL), Sort.DUE)
    order = [row.due.latest if row.due else date.max for row in rows]
    assert order == sorted(order)
    undated = [row.due is None for row in rows]
    assert undated == sorted(undated)


def test_references_stand_as_people_count(long_list: Workspace) -> None:
    refs = [row.ref for row in list_actions(long_list, ActionFilter(Which.ALL), Sort.REF)]
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
    workspace: Workspace, made: list[dict[str, Any]], waits: list[tuple[int, int]]
) -> None:
    with passing_write(workspace) as ledger:
        rows = [{"ref": f"DP-{n:02}", "title": "x", **fields} for n, fields in enumerate(made)]
        keys = ledger.add_all("actions", rows)
        for one, other in waits:
            if one != other and max(one, other) < len(keys):
                ledger.add("dependencies", {"action": keys[one], "blocked_by": keys[other]})
        found = listed(ledger.cursor, ActionFilter(Which.ALL), Sort.URGENCY, TODAY)
    assert len(found) == len(made)
    assert [place[0] for place, _row in found] == [urgency(row, TODAY) for _place, row in found]
    places = [(-value, n) for (value, n), _row in found]
    assert all(one < two for one, two in pairwise(places))
    for _place, row in found:
        assert sum_of_terms(row) == urgency(row, TODAY)


def sum_of_terms(row: ActionRow) -> float:
    return round(sum(weight for _name, weight in terms(row, TODAY)), 2)


def test_a_place_is_kept_while_others_write(long_list: Workspace, tmp_path: Path) -> None:
    first = page_of_actions(long_list, ActionFilter(Which.ALL), Sort.DUE, Page(10))
    with long_list.database.write("remove") as ledger:
        ledger.remove("actions", first[4][1].key)
    after = page_of_actions(long_list, ActionFilter(Which.ALL), Sort.DUE, Page(10, after=first[-1][0]))
    again = page_of_actions(long_list, ActionFilter(Which.ALL), Sort.DUE, Page(19))
    assert [row.ref for _place, row in again[9:]] == [row.ref for _place, row in after]
