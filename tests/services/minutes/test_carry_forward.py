"""Agendas do not swell: what is carried forward once, and what asks before it is carried again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.agenda import add_item, list_forward_items, postpone_item
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.minutes.carry_forward import (
    DROP,
    FORWARD_PLAN,
    carry_items,
    decide_repeated_items,
    list_carried_items,
    list_repeated_items,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line


def make_meeting(workspace: Workspace, day: str, *titles: str) -> str:
    draft = build_meeting_draft({"group": "leadership-group", "starts": f"{day} 10:00"}, workspace.today())
    ref = add_meeting(workspace, draft).ref
    for title in titles:
        add_item(workspace, ref, build_agenda_draft({"title": title}, workspace.today()))
    return ref


def list_titles(workspace: Workspace, ref: str) -> list[str]:
    return [item.title for item in show_meeting(workspace, ref).agenda]


@pytest.mark.parametrize(("titles", "carried"), [(("Matters arising",), False), ((), True)])
def test_an_item_is_not_carried_where_its_action_is_under_matters_arising(
    wales: Workspace, titles: tuple[str, ...], carried: bool
) -> None:
    first = make_meeting(wales, "2013-12-03", "Training", "Data", *titles)
    make_line(wales, first, "a: Write to the SPOCs @ahtc", 1)
    following = make_meeting(wales, "2013-12-10", "Welcome")
    verdicts = {verdict.item: verdict for verdict in carry_items(wales, first, following)}
    assert verdicts["Training"].goes_forward is carried
    assert ("Training" in list_titles(wales, following)) is carried
    assert "Data" in list_titles(wales, following), "it was not reached"
    if not carried:
        assert verdicts["Training"].reason.startswith("under Matters arising: ")


def test_an_item_carried_for_its_action_alone_ends_where_matters_arising_begins(wales: Workspace) -> None:
    first = make_meeting(wales, "2013-12-03", "Training")
    make_line(wales, first, "a: Write to the SPOCs @ahtc", 1)
    second, third = make_meeting(wales, "2013-12-04"), make_meeting(wales, "2013-12-05", "Matters arising")
    carry_items(wales, first, second)
    (verdict,) = [verdict for verdict in carry_items(wales, second, third) if verdict.item == "Training"]
    assert not verdict.goes_forward
    assert list_titles(wales, third) == ["Matters arising"]


def test_an_item_in_the_forward_plan_is_not_carried_as_well(wales: Workspace) -> None:
    first, second = make_meeting(wales, "2013-12-03", "Data"), make_meeting(wales, "2013-12-10")
    carry_items(wales, first, second)
    postpone_item(wales, second, 1)
    (verdict,) = carry_items(wales, first, second)
    assert (verdict.goes_forward, verdict.reason) == (False, "in the forward plan")
    assert list_titles(wales, second) == []


def test_equal_titles_are_one_item(wales: Workspace) -> None:
    first = make_meeting(wales, "2013-12-03", "Training", "training", "Data")
    following = make_meeting(wales, "2013-12-10", "Data")
    carry_items(wales, first, following)
    assert sorted(map(str.casefold, list_titles(wales, following))) == ["data", "training"]


@pytest.mark.parametrize(
    ("answer", "titles", "planned", "note"),
    [
        (DROP, ["Welcome"], [], None),
        (FORWARD_PLAN, ["Welcome"], ["Data"], None),
        ("join", ["Welcome"], [], "Data"),
        (None, ["Welcome", "Data"], [], None),
    ],
)
def test_an_item_carried_too_often_is_dropped_joined_or_moved_to_the_forward_plan(
    wales: Workspace, answer: str | None, titles: list[str], planned: list[str], note: str | None
) -> None:
    refs = [make_meeting(wales, f"2013-12-0{day}", *(["Data"] if day == 2 else [])) for day in (2, 3, 4)]
    refs.append(make_meeting(wales, "2013-12-05", "Welcome"))
    carried = [carry_items(wales, earlier, later) for earlier, later in pairwise(refs)][-1]
    items = list_repeated_items(wales, carried, refs[-1])
    assert (list(items.repeated.values()), list(items.others.values())) == (["Data"], ["Welcome"])
    ((key, _title),) = items.repeated.items()
    if answer:
        other = next(iter(items.others)).hex()
        decide_repeated_items(wales, refs[-1], {key: other if answer == "join" else answer})
    agenda = show_meeting(wales, refs[-1]).agenda
    assert [item.title for item in agenda] == titles
    assert agenda[0].note == note
    assert [row.title for row in list_forward_items(wales, "leadership-group")] == planned
    if answer:
        undo_step(wales)
        assert list_titles(wales, refs[-1]) == ["Welcome", "Data"]


def test_the_third_carry_asks(wales: Workspace) -> None:
    refs = [make_meeting(wales, f"2013-12-0{day}", *(["Data"] if day == 2 else [])) for day in (2, 3, 4, 5)]
    asked = []
    for earlier, later in pairwise(refs):
        (verdict,) = [verdict for verdict in list_carried_items(wales, earlier) if verdict.item == "Data"]
        asked.append((verdict.is_question, verdict.reason))
        carry_items(wales, earlier, later)
    assert asked == [(False, "not reached"), (False, "not reached"), (True, "not reached; carried 2 times before")]
    assert list_titles(wales, refs[-1]) == ["Data"]
