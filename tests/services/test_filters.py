"""Filters of actions against an evaluation of the rows in Python, and words against the search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.filters import ActionScope, read_action_filter
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action

TERMS: dict[str, Callable[[ActionRow], bool]] = {
    "@-": lambda row: row.lead is None,
    "@ahtc": lambda row: row.lead_short == "AHTC",
    "obj:-": lambda row: row.objective is None,
    "obj:1": lambda row: row.objective == "1",
    "obj:2": lambda row: row.objective == "2",
    "brag:-": lambda row: row.brag is None,
    "brag:G": lambda row: row.brag == "G",
    "brag:red": lambda row: row.brag == "R",
    "support:-": lambda row: not row.support,
    "support:bawso": lambda row: "Bawso" in row.support,
    "is:open": lambda row: row.is_open,
    "is:closed": lambda row: not row.is_open,
    "is:late": lambda row: row.is_late(TODAY),
    "is:continuing": lambda row: row.status == "continuing",
    "is:blocked": lambda row: row.blocked,
    "status:done": lambda row: row.status == "done",
    "status:planned": lambda row: row.status == "planned",
    "status:on_hold": lambda row: row.status == "on_hold",
    "due<1 jan 2014": lambda row: row.due is not None and row.due.latest < date(2014, 1, 1),
    "due>30 nov 2013": lambda row: row.due is not None and row.due.has_day and row.due.latest > date(2013, 11, 30),
}
terms = st.tuples(st.booleans(), st.sampled_from(sorted(TERMS)))
filters = st.lists(st.lists(terms, min_size=1, max_size=3), min_size=1, max_size=3)


@pytest.mark.long
@given(alternatives=filters)
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_selects_the_rows_that_its_terms_describe(
    busy: Workspace, alternatives: list[list[tuple[bool, str]]]
) -> None:
    text = " OR ".join(" ".join(f"{'-' * negated}{term}" for negated, term in side) for side in alternatives)
    rows = list_actions(busy, read_action_filter("", today=TODAY, scope=ActionScope.ALL))
    expected = {
        row.ref
        for row in rows
        if any(all(TERMS[term](row) is not negated for negated, term in side) for side in alternatives)
    }
    selected = list_actions(busy, read_action_filter(text, today=TODAY, scope=ActionScope.ALL))
    assert {row.ref for row in selected} == expected


def list_refs(workspace: Workspace, text: str) -> set[str]:
    return {row.ref for row in list_actions(workspace, read_action_filter(text, today=TODAY))}


@pytest.mark.parametrize(
    ("text", "left", "right"), [("training", "training", ""), ("@ahtc", "@ahtc", ""), ("is:late", "is:late", "")]
)
def test_a_minus_selects_all_others(busy: Workspace, text: str, left: str, right: str) -> None:
    assert list_refs(busy, f"-{text}") == list_refs(busy, right) - list_refs(busy, left)


def test_a_phrase_matches_words_that_follow_each_other(wales: Workspace) -> None:
    ref = make_action(wales, title="Write to the health boards").ref
    assert ref in list_refs(wales, '"health boards"')
    assert ref not in list_refs(wales, '"boards health"')
    assert ref in list_refs(wales, "boards health")


def test_a_status_in_the_filter_replaces_the_open_actions_of_the_list(busy: Workspace) -> None:
    closed = list_refs(busy, "status:done")
    assert closed
    assert closed & list_refs(busy, "") == set()
    assert list_refs(busy, "status:done OR training") == closed | list_refs(busy, "training")


@pytest.mark.parametrize("words", ["dyfed-p", "dyfed p"])
def test_one_letter_of_a_second_name_is_enough(wales: Workspace, words: str) -> None:
    hits = search_records(wales, words)
    assert "dyfed-powys-police" in {hit.ref for hit in hits}
    assert {hit.kind for hit in hits[:4]} <= {"person", "post", "organisation", "group"}


def test_a_whole_word_of_a_name_comes_first(wales: Workspace) -> None:
    for number in range(5):
        make_action(wales, title=f"Bawso, Bawso and Bawso {number}")
    assert (search_records(wales, "bawso")[0].kind, search_records(wales, "bawso")[0].ref) == ("organisation", "bawso")
