"""The overlays of the plan, and its forms."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.plan.service import list_milestones, list_versions, show_objective, show_plan
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.screen import ActionsScreen
from ahtc_tui.tui.plan.screen import PlanScreen
from tests.builders import TODAY
from tests.tui.conftest import OpenDesk

SIZES = ("narrow", pytest.param("wide", marks=pytest.mark.long))


@pytest.fixture(params=SIZES)
def either(request: pytest.FixtureRequest) -> OpenDesk:
    """Opens the app at 80 or 120 columns."""
    sitting: OpenDesk = request.getfixturevalue(request.param)
    return sitting


@pytest.mark.long
async def test_plan_over_time_at_both_widths(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "t")
        line = next(line for line in desk.text.splitlines() if "DP-46" in line)
        assert "━" in line
        assert "░◇" in line
        assert "NO DATE  28" in desk.text
        head = next(line for line in desk.text.splitlines() if "Title" in line)
        assert head.index("Q4" if "Q4 13" in head else "'13") < line.index("━") + 1
        await desk.press_keys("escape", ".", "b")
        assert any(line.split()[:5] == ["December", "2013", "5", "1", "32"] for line in desk.text.splitlines())
        await desk.press_keys("v")
        assert any(line.split()[:6] == ["Oct", "to", "Dec", "2013", "32", "1"] for line in desk.text.splitlines())
        await desk.press_keys("v")
        assert "Jul to Sep 2013  →  Oct to Dec 2013   by objective" in desk.text
        assert "30 → 32" in desk.text
        await desk.press_keys("v", "left")
        assert "Apr to Jun 2013  →  Jul to Sep 2013   by lead" in desk.text
        await desk.press_keys("escape")
        assert isinstance(desk.screen, PlanScreen)


async def test_line_of_trend_opens_comparison_and_actions(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "b", "v", "enter")
        assert "Jul to Sep 2012  →  Oct to Dec 2012   by objective" in desk.text
        await desk.press_keys("v", "enter")
        assert isinstance(desk.screen, ActionsScreen)
        assert desk.screen.filter_bar.text == "@Anti @Human @Trafficking @Co-ordinator"
        await desk.press_keys("3", ".", "t", "j")
        assert "DP-08  in the New Year" in desk.text


async def test_the_timeline_has_the_objectives_in_the_language_of_the_screen(busy: Workspace, wide: OpenDesk) -> None:
    with use_language(Language.CY):
        async with wide(busy) as desk:
            await desk.press_keys("3", ".", "t")
            assert "AMCAN 1  Datblygu sylfaen dystiolaeth" in desk.text


async def test_ratings_stand_in_the_order_of_brag_on_every_page(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        assert list(dict(show_plan(busy).by_brag)) == [*Brag, "none"]
        await desk.press_keys("3", ".", "b", "v")
        titles = [column.title for column in desk.screen.list_pane.list_shown_columns()]
        assert titles[3:8] == [*Brag, "Not rated"]
        await desk.press_keys("v")
        titles = [column.title for column in desk.screen.list_pane.list_shown_columns()]
        assert titles[3:8] == [*Brag, "Not rated"]


@pytest.mark.long
async def test_aims_and_objectives_are_added_and_edited(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "A")
        await desk.type_text("Know the scale")
        await desk.press_keys("ctrl+s", ".", "N")
        await desk.type_text("Prevent")
        await desk.press_keys("tab", "tab", "tab")
        await desk.type_text("aim-1")
        await desk.press_keys("ctrl+s")
        card = show_objective(busy, "8")
        assert (card.row.title, card.row.basis, card.aims) == ("Prevent", Basis.STATED, ("Know the scale",))
        assert "OBJECTIVES OF THE PLAN  2" in desk.text
        await desk.press_keys("home", ".", "E", "ctrl+u")
        await desk.type_text("Count")
        await desk.press_keys("ctrl+s")
        assert show_objective(busy, "1").row.title == "Count"
        await desk.press_keys("u", "u")
        assert len(show_plan(busy).objectives) == 7


@pytest.mark.long
async def test_milestones_are_edited_and_versions_shown(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "m", "n")
        await desk.type_text("Figures agreed")
        await desk.press_keys("ctrl+s", "e", "tab")
        await desk.type_text("end march 2014")
        await desk.press_keys("ctrl+s", "d")
        [milestone] = list_milestones(busy)
        assert (str(milestone.due), milestone.met_on is not None and milestone.met_on.latest) == (
            "end march 2014",
            TODAY,
        )
        assert "1 milestone, 1 met" in desk.text
        await desk.press_keys("delete")
        assert "0 milestones" in desk.text
        await desk.press_keys("u", "escape", ".", "V")
        assert len(list_milestones(busy)) == 1
        assert "R Red: Off track" in str(desk.screen.detail.content)
        assert "enter" not in desk.text.splitlines()[-1], "a version opens nothing"
        await desk.press_keys("escape")
        assert isinstance(desk.screen, PlanScreen)


@pytest.mark.long
async def test_line_opens_its_actions(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", "j", ".", "o")
        assert isinstance(desk.screen, ActionsScreen)
        assert desk.screen.filter_bar.text == "obj:2"
        assert len(desk.refs) == 6
        await desk.press_keys("3", "v")
        assert any("Bawso" in row for row in desk.rows)
        await desk.press_keys("/")
        await desk.type_text("bawso")
        await desk.press_keys("enter", ".", "o")
        assert desk.screen.filter_bar.text == "@Bawso"
        assert set(desk.refs) == {"DP-29", "DP-46"}
        await desk.press_keys("3", ".", "t", "enter")
        assert desk.refs == ["DP-07"]


async def test_milestone_and_plan_version_are_written(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", "n")
        await desk.type_text("Figures agreed")
        await desk.press_keys("tab")
        await desk.type_text("end march 2014")
        await desk.press_keys("ctrl+s", "enter")
        assert "MILESTONES" in desk.card
        await desk.press_keys("escape", "d")
        [milestone] = show_objective(busy, "1").milestones
        assert (milestone.title, milestone.met_on is not None and milestone.met_on.latest) == ("Figures agreed", TODAY)
        await desk.press_keys("e")
        await desk.type_text("2")
        await desk.press_keys("ctrl+s")
        assert list_versions(busy)[0].version == "2"
        await desk.press_keys("x")
        assert list(busy.exports.glob("* Delivery Plan.xlsx"))


@pytest.mark.long
async def test_changes_since_last_meeting_are_shown_and_exported(busy: Workspace, either: OpenDesk) -> None:
    add_meeting(busy, build_meeting_draft({"group": "leadership-group", "starts": "2013-11-05"}, TODAY))
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "s")
        assert "5 November 2013 to 31 December 2013: 5 added, 1 closed" in desk.text
        for words in (
            "ADDED (5)",
            "SLIPPED (1)",
            "by spring 2014 → summer 2014",
            "R Red → A Amber",
            "Two of four briefed.",
        ):
            assert words in desk.text
        await desk.press_keys("left")
        assert "1 October 2013 to 31 December 2013" in desk.text
        await desk.press_keys("right")
        assert "5 November 2013 to 31 December 2013" in desk.text
        await desk.press_keys(".", "%")
        assert "PDF, to print or publish" in desk.text
        await desk.press_keys("escape")
        assert not list(busy.exports.glob("*"))
        await desk.press_keys(".", "%", "end", "up", "enter", "x")
        assert "Changes since 5 November 2013.html" in desk.toasts[-1]
        await desk.press_keys(".", "%", "home", "enter", "x")
        assert "Changes since 5 November 2013.docx" in desk.toasts[-1]
        await desk.press_keys("enter")
        assert isinstance(desk.screen, ActionsScreen)
        assert "DP-46" in desk.text
    assert [path.name for path in busy.exports.glob("*Changes since 5 November 2013.docx")]


@pytest.mark.long
async def test_reports_write_changes_and_dashboard(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("8", ".", "s")
        assert "5 added, 3 closed" in desk.toasts[-1]
        await desk.press_keys(".", "h")
        assert "Dashboard in exports/2013-12-31 Dashboard.html" in desk.toasts[-1]
    assert {path.suffix for path in busy.exports.iterdir()} == {".docx", ".html"}


async def test_the_chart_has_axes_and_the_first_and_the_last_value_with_their_dates(
    busy: Workspace, either: OpenDesk
) -> None:
    async with either(busy) as desk:
        await desk.press_keys("3", ".", "b")
        title, *chart = str(desk.screen.head.content).splitlines()
        assert title == "Open actions at the end of each month"
        assert chart[0].split()[1].startswith("┤")
        assert chart[-2].split()[0] == "0"
        assert chart[-1].endswith("31 December 2013 (32)")
        assert chart[-1].split("   ")[1].strip() == "March 2013 (31)"
        assert "█" in chart[1]
        await desk.press_keys("v", "v")
        assert str(desk.screen.head.content).splitlines()[1:-1] == chart, "the chart is the same above every table"


async def test_empty_milestones_name_the_key_that_adds_one(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys("3", ".", "m")
        assert "No milestones yet. Press n to add one." in desk.text
