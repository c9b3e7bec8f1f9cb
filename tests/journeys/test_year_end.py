"""The end of the year: the old plan closes and the next one opens, and the retention schedule is run."""

from __future__ import annotations

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.plan.service import list_versions
from ahtc_tui.services.plan.versions_and_milestones import show_plan_end
from ahtc_tui.services.workspace import Workspace
from tests.journeys.conftest import Wording
from tests.journeys.test_correspondence import open_by_palette
from tests.tui.conftest import OpenDesk


async def test_the_plan_closes_and_the_next_opens_in_5_keys(
    wales: Workspace, either: OpenDesk, wording: Wording
) -> None:
    async with either(wales) as desk:
        await open_by_palette(desk, "close the plan", "3 . K")
        assert "DP-03" in desk.text
        await desk.press_keys("space")
        assert wording("27 actions go on to the next plan, 1 is cancelled", "canslir 1") in " ".join(desk.text.split())
        await desk.press_keys("y")
        await desk.type_text(wording("Delivery Plan 2014", "Cynllun Cyflawni 2014"))
        await desk.press_keys("ctrl+s")
        assert desk.keys == 5
    current, former = list_versions(wales)
    assert (current.in_force, bool(former.closed_on)) == (True, True)
    assert current.title == wording("Delivery Plan 2014", "Cynllun Cyflawni 2014")
    assert show_action(wales, "DP-03").row.status == "cancelled"
    assert len(show_plan_end(wales, former.ref).actions) == 44
    undo_step(wales)
    assert show_action(wales, "DP-03").row.status == "continuing"
    assert not list_versions(wales)[0].closed_on


async def test_a_form_that_is_left_closes_no_plan(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("3", ".", "K", "y", "escape")
    assert not list_versions(wales)[0].closed_on


async def test_a_closed_plan_stays_readable_on_the_screen(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("3", ".", "V", "d", "y", "ctrl+s")
        assert list_versions(wales)[0].closed_on
        await desk.press_keys("d")
        assert "closed on 31 December 2013" in " ".join(desk.text.split())
        await desk.press_keys("space", "y")
        assert "27 actions" not in desk.text
