"""Filters of groups, seats, figures, practices, recommendations and commissions, in the grammar of all lists."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.commissions import CommissionDraft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.groups import seats
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.workspace import Workspace


@pytest.mark.parametrize("term", ["area:gwent", "is:open", "@-", "#-", 'area:"North Wales" OR area:gwent'])
def test_a_condition_and_its_exclusion_split_the_groups(wales: Workspace, term: str) -> None:
    rows, selected = groups.list_groups(wales), groups.list_groups(wales, term)
    assert 0 < len(selected) <= len(rows)
    if " OR " not in term:
        excluded = groups.list_groups(wales, f"-{term}")
        assert sorted(row.ref for row in (*selected, *excluded)) == sorted(row.ref for row in rows)


def test_groups_are_selected_by_area_and_state(wales: Workspace) -> None:
    assert [row.ref for row in groups.list_groups(wales, "area:gwent")] == ["forum-gwent"]
    assert {row.area for row in groups.list_groups(wales, 'area:"north wales"')} == {"North Wales"}
    assert groups.list_groups(wales, "is:closed") == [row for row in groups.list_groups(wales) if row.state == "closed"]


def test_seats_are_selected_by_group_and_by_the_organisation_of_their_member(wales: Workspace) -> None:
    rows = seats.list_seats(wales, words="#leadership-group organisation:gla OR #forum-gwent")
    assert {row.group_ref for row in rows} == {"leadership-group", "forum-gwent"}
    own = seats.list_seats(wales, words="org:bawso")
    assert own
    assert {row.organisation for row in own} == {"Bawso"}


def test_figures_are_selected_by_area_with_its_parts(wales: Workspace) -> None:
    every, in_wales = evidence.list_figures(wales), evidence.list_figures(wales, "area:wales")
    part = evidence.list_figures(wales, "area:gwent")
    assert {row.ref for row in part} <= {row.ref for row in in_wales} < {row.ref for row in every}


def test_practices_are_selected_by_lead_and_origin(wales: Workspace) -> None:
    assert {row.lead for row in practice.list_practices(wales, "@bawso")} == {"Bawso"}
    assert {row.lead for row in practice.list_practices(wales, "lead:-")} == {None}
    assert {row.origin for row in practice.list_practices(wales, "area:gwent")} == {"Gwent"}


def test_recommendations_are_selected_by_objective_and_state(wales: Workspace) -> None:
    rows = recommendations.list_recommendations(wales)
    assert {row.objective is None for row in recommendations.list_recommendations(wales, "obj:-")} == {True}
    assert recommendations.list_recommendations(wales, "is:open") == [row for row in rows if row.is_open]
    linked = next(row for row in rows if row.actions)
    for ref in linked.actions:
        actions.close_action(wales, ref)
    assert linked.ref in {row.ref for row in recommendations.list_recommendations(wales, "is:closed")}
    assert recommendations.list_recommendations(wales, "is:open") == recommendations.list_recommendations(
        wales, recommendation_filter=RecommendationFilter(open=True)
    )


def test_commissions_are_selected_by_due_date_and_lateness(wales: Workspace) -> None:
    commissions.add_commission(wales, CommissionDraft.model_validate({"title": "Late paper", "due": "2013-12-30"}))
    commissions.add_commission(wales, CommissionDraft.model_validate({"title": "Next paper", "due": "2014-03-20"}))
    titles = {
        words: [row.title for row in commissions.list_commissions(wales, words)]
        for words in ("is:late paper", "due<20 mar 2014 paper", "due>30 dec 2013", "is:open -is:late due>1 jan 2014")
    }
    assert titles == {
        "is:late paper": ["Late paper"],
        "due<20 mar 2014 paper": ["Late paper"],
        "due>30 dec 2013": ["Next paper"],
        "is:open -is:late due>1 jan 2014": ["Next paper"],
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("is:late", '"is:late" filters actions, commissions, promises, not groups.'),
        ("!continuing", '"!continuing" filters actions, not groups.'),
        ("status:done", '"status:" filters actions, not groups.'),
        ("area:atlantis", 'No area is called "atlantis"'),
        ("@nobody-here", 'No contact or group is called "nobody-here"'),
        ("aera:gwent", '"aera:" is not a condition. Did you mean area:?'),
    ],
)
def test_a_condition_that_groups_do_not_have_is_named(wales: Workspace, words: str, sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        groups.list_groups(wales, words)
    assert str(error.value).startswith(sentence)
