"""Somebody looks at the plan over time, follows a line into Actions, and writes down a milestone."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services.plan.service import objective_card, plan_milestones, plan_versions, plan_view
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.screen import ActionsScreen
from ahtc_tui.tui.plan.screen import PlanScreen
from tests.builders import TODAY
from tests.tui.conftest import Sitting

SIZES = ("narrow", "wide")


@pytest.fixture(params=SIZES)
def either(request: pytest.FixtureRequest) -> Sitting:
    """The desk in 80 and in 120 columns."""
    sitting: Sitting = request.getfixturevalue(request.param)
    return sitting


async def test_the_plan_is_seen_over_time_at_any_width(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "t")
        line = next(line for line in desk.text.splitlines() if "DP-46" in line)
        assert "━" in line
        assert "░◇" in line
        assert "NO DATE  28" in desk.text
        head = next(line for line in desk.text.splitlines() if "Title" in line)
        assert head.index("Q4" if "Q4 13" in head else "'13") < line.index("━") + 1
        await desk.press("escape", "b")
        assert any(line.split()[:5] == ["December", "2013", "5", "1", "32"] for line in desk.text.splitlines())
        await desk.press("b")
        assert any(line.split()[:6] == ["Oct", "to", "Dec", "2013", "32", "1"] for line in desk.text.splitlines())
        await desk.press("escape", "p")
        assert "Jul to Sep 2013  →  Oct to Dec 2013   by objective" in desk.text
        assert "30 → 32" in desk.text
        await desk.press("v", "left")
        assert "Apr to Jun 2013  →  Jul to Sep 2013   by lead" in desk.text
        await desk.press("escape")
        assert isinstance(desk.screen, PlanScreen)


async def test_a_number_leads_to_what_is_behind_it(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "b", "b", "enter")
        assert "Jul to Sep 2012  →  Oct to Dec 2012   by objective" in desk.text
        await desk.press("v", "enter")
        assert isinstance(desk.screen, ActionsScreen)
        assert desk.screen.filter_bar.text == "@Anti @Human @Trafficking @Co-ordinator"
        await desk.press("3", "t", "j")
        assert "DP-08  in the New Year  Publish the findings of the services review" in desk.text


async def test_the_plans_own_objectives_are_written(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "A")
        await desk.type("Know the scale")
        await desk.press("ctrl+s", "N")
        await desk.type("Prevent")
        await desk.press("tab", "tab", "tab")
        await desk.type("aim-1")
        await desk.press("ctrl+s")
        card = objective_card(busy, "8")
        assert (card.row.title, card.row.basis, card.aims) == ("Prevent", Basis.STATED, ("Know the scale",))
        assert "OBJECTIVES OF THE PLAN  2" in desk.text
        await desk.press("home", "E")
        await desk.type("Count")
        await desk.press("ctrl+s")
        assert objective_card(busy, "1").row.title == "Count"
        await desk.press("u", "u")
        assert len(plan_view(busy).objectives) == 7


async def test_milestones_and_versions_are_seen_as_a_whole(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "m", "n")
        await desk.type("Figures agreed")
        await desk.press("ctrl+s", "e", "tab")
        await desk.type("end march 2014")
        await desk.press("ctrl+s", "d")
        [point] = plan_milestones(busy)
        assert (str(point.due), point.met_on is not None and point.met_on.latest) == ("end march 2014", TODAY)
        assert "Milestones: 1, 1 met" in desk.text
        await desk.press("delete")
        assert "Milestones: 0, 0 met" in desk.text
        await desk.press("u", "escape", "V")
        assert len(plan_milestones(busy)) == 1
        assert "R Red: Off track" in str(desk.screen.said.content)
        await desk.press("escape")
        assert isinstance(desk.screen, PlanScreen)


async def test_a_line_leads_to_its_actions(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "j", "o")
        assert isinstance(desk.screen, ActionsScreen)
        assert desk.screen.filter_bar.text == "obj:2"
        assert len(desk.refs) == 6
        await desk.press("3", "v")
        assert any("Bawso" in row for row in desk.rows)
        await desk.press("/")
        await desk.type("bawso")
        await desk.press("enter", "o")
        assert desk.screen.filter_bar.text == "@Bawso"
        assert set(desk.refs) == {"DP-29", "DP-46"}
        await desk.press("3", "t", "enter")
        assert desk.refs == ["DP-07"]


async def test_a_milestone_and_the_meaning_of_a_letter_are_written_down(busy: Workspace, either: Sitting) -> None:
    async with either(busy) as desk:
        await desk.press("3", "n")
        await desk.type("Figures agreed")
        await desk.press("tab")
        await desk.type("end march 2014")
        await desk.press("ctrl+s", "enter")
        assert "MILESTONES" in desk.card
        await desk.press("escape", "d")
        [point] = objective_card(busy, "1").milestones
        assert (point.title, point.met_on is not None and point.met_on.latest) == ("Figures agreed", TODAY)
        await desk.press("e")
        await desk.type("2")
        await desk.press("ctrl+s")
        assert plan_versions(busy)[0].version == "2"
        await desk.press("x")
        assert list(busy.exports.glob("delivery-plan-*.xlsx"))


async def test_what_happened_since_the_last_meeting_is_read_and_written(busy: Workspace, either: Sitting) -> None:
    from ahtc_tui.domain.drafts.meetings import meeting_draft
    from ahtc_tui.services.meetings.service import add_meeting

    add_meeting(busy, meeting_draft({"group": "leadership-group", "starts": "2013-11-05"}, TODAY))
    async with either(busy) as desk:
        await desk.press("3", "s")
        assert "5 November 2013 to 31 December 2013: 5 added, 1 closed" in desk.text
        for words in ("ADDED (5)", "SLIPPED (1)", "by spring 2014", "R Red → A Amber", "Two of four briefed."):
            assert words in desk.text
        await desk.press("left")
        assert "1 October 2013 to 31 December 2013" in desk.text
        await desk.press("right")
        assert "5 November 2013 to 31 December 2013" in desk.text
        await desk.press("x")
        assert "exports/since-2013-11-05.docx" in desk.toasts[-1]
        await desk.press("enter")
        assert isinstance(desk.screen, ActionsScreen)
        assert "DP-45" in desk.text
    assert (busy.exports / "since-2013-11-05.docx").exists()


async def test_reports_write_the_page_and_the_dashboard_with_one_key_each(busy: Workspace, narrow: Sitting) -> None:
    async with narrow(busy) as desk:
        await desk.press("8", "s")
        assert "5 added, 3 closed" in desk.toasts[-1]
        await desk.press("h")
        assert "The dashboard in exports/dashboard-2013-12-31.html" in desk.toasts[-1]
    assert {path.suffix for path in busy.exports.iterdir()} == {".docx", ".html"}
