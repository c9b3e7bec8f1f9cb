"""Somebody looks at the plan over time, follows a line into Actions, and writes down a milestone."""

from __future__ import annotations

import pytest

from ahtc_tui.services.plan import objective_card, plan_versions
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
