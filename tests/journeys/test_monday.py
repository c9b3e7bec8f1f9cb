"""Today: late and due actions, leads to chase, the contact for an area."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.actions.service import edit_action, list_actions, show_action
from ahtc_tui.services.exports.chasers import find_last_chase
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft
from tests.journeys.conftest import Wording
from tests.journeys.hands import list_rows, open_desk
from tests.tui.conftest import OpenDesk


async def test_monday_takes_three_keys(busy: Workspace, narrow: OpenDesk, wording: Wording) -> None:
    async with narrow(busy) as desk:
        assert wording("Tuesday 31 December 2013", "Dydd Mawrth 31 Rhagfyr 2013") in desk.text
        late, after_late = desk.text.split(wording("LATE  1", "HWYR  1"))[1].split(
            wording("DUE IN 14 DAYS  1", "I'W CYFLAWNI O FEWN 14 DIWRNOD  1")
        )
        due, chase = after_late.split(wording("TO CHASE  1", "I'W HATGOFFA  1"))
        assert "DP-45" in late
        assert wording("31 d late", "31 d hwyr") in late
        assert "DP-07" in due
        assert "University of Central Lan" in chase.splitlines()[1]
        await desk.press_keys("6", "/")
        await desk.type_text("dyfed")
        await desk.press_keys("enter")
        assert desk.keys == 3
        assert desk.rows
        assert all("Dyfed" in line for line in desk.rows)


@pytest.mark.long
@pytest.mark.parametrize("day", ["2013-01-01", "2013-12-31", "2016-02-29", "2040-01-01"])
async def test_continuing_duties_are_never_late(world: object, wales: Workspace, day: str, tmp_path: Path) -> None:
    wales.close()
    later = open_workspace(tmp_path / "office", date.fromisoformat(day))
    try:
        duties = {row.ref for row in list_actions(later, ActionFilter(continuing=True))}
        assert len(duties) == 15
        async with open_desk(later, (120, 60)) as desk:
            late = desk.text.split("LATE", 1)[1].split("CONTINUING", 1)[0]
            assert not [ref for ref in duties if f" {ref} " in late]
            await desk.press_keys("2")
            pane = desk.screen.list_pane
            shown = [row[1] for row in list_rows(pane)]
            assert duties <= {row.ref for row in shown}
            for index, row in enumerate(shown):
                if row.status is Status.CONTINUING:
                    pane.move_to(index)
                    line = pane.render_line(index - pane.scroll_offset.y + 1).text
                    assert line.rstrip().endswith("continuing")
            await desk.press_keys("/")
            await desk.type_text("!late")
            assert not duties & set(desk.refs)
    finally:
        later.close()


async def test_x_chases_the_lead_of_a_late_action_and_u_undoes_it(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        assert "chase with x" in desk.text.split("DUE IN")[0]
        await desk.press_keys("x")
        folder = "exports/2013-12-31 Chasers"
        (letter,) = (busy.root / folder).iterdir()
        assert desk.toasts[-1].startswith(f"Chased about DP-45. Send this draft: {folder}/{letter.name}")
        assert desk.toasts[-1].endswith("u to undo")
        assert find_last_chase(busy, "DP-45") is not None
        await desk.press_keys("u")
        assert find_last_chase(busy, "DP-45") is None


async def test_x_on_a_meeting_is_about_its_invitation(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        assert "x chase" in desk.text.splitlines()[-1]
        pane = desk.screen.list_pane
        pane.move_to(next(n for n in range(pane.total) if getattr(pane._pages.line_at(n), "kind", "") == "meeting"))
        await desk.wait_until_idle()
        assert "x chase" not in desk.text.splitlines()[-1]
        await desk.press_keys("x")
        assert "has no date" in desk.toasts[-1]


async def test_a_second_chaser_within_a_week_is_confirmed(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("x", "x")
        assert "was chased about DP-45 on" in desk.text
        await desk.press_keys("n")
        assert not (busy.root / "exports/2013-12-31 Chasers-2").exists()
        await desk.press_keys("x", "y")
        assert "exports/2013-12-31 Chasers-2/" in desk.toasts[-1]


async def test_x_explains_why_nobody_is_chased(busy: Workspace, wide: OpenDesk) -> None:
    nobody = make_action(busy, "Led by nobody", due="2013-11-01").ref
    edit_action(busy, "DP-10", make_action_draft(review_on=""))
    proposed = make_action(busy, "Nearly there", lead="acpo", due="2014-01-05", status="proposed_complete").ref
    async with wide(busy) as desk:
        for words, sentence in (
            (nobody, "This line has no lead to chase."),
            (proposed, f"{proposed}: the lead proposes it"),
            ("DP-10", "They have no late or due actions"),
        ):
            pane = desk.screen.list_pane
            pane.move_to(next(n for n in range(pane.total) if getattr(pane._pages.line_at(n), "ref", "") == words))
            await desk.press_keys("x")
            assert sentence in desk.toasts[-1]
        assert not list(busy.exports.iterdir())


async def test_enter_on_today_opens_the_record(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("enter")
        assert desk.screen.noun == "actions"
        assert desk.refs == ["DP-45"]
        assert desk.card.startswith("DP-45  Brief the four SPOCs")


async def test_yesterday_becomes_late_overnight(wales: Workspace, wide: OpenDesk) -> None:
    due_today = make_action(wales, "Due today", due=TODAY.isoformat()).ref
    make_action(wales, "Due yesterday", due=(TODAY - timedelta(days=1)).isoformat())
    async with wide(wales) as desk:
        late, due = desk.text.split("DUE IN 14 DAYS")
        assert "Due yesterday" in late
        assert due_today not in late
        assert due_today in due


async def test_today_reloads_at_midnight(wales: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ahtc_tui.tui.today.screen.DAY_CHECK_SECONDS", 0.01)
    ref = make_action(wales, "Due today", due=TODAY.isoformat()).ref
    days = [TODAY]
    async with wide(Workspace(wales.root, wales.database, lambda: days[-1])) as desk:
        assert "Tuesday 31 December 2013" in desk.text
        assert ref not in desk.text.split("DUE IN 14 DAYS")[0]
        days.append(TODAY + timedelta(days=1))
        for _turn in range(100):
            await desk.pilot.pause(0.02)
            if "Wednesday 1 January 2014" in desk.text:
                break
        await desk.wait_until_idle()
        assert ref in desk.text.split("DUE IN 14 DAYS")[0].split("LATE")[1]


@pytest.mark.long
async def test_keys_of_a_record_work_on_its_line_of_today(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("+")
        assert desk.toasts[-1].startswith("DP-45: 1 January 2014")
        await desk.press_keys(".", ">")
        assert show_action(busy, "DP-45").row.due == DateAsKnown(date(2014, 1, 8))
        await desk.press_keys("-")
        assert show_action(busy, "DP-45").row.due == DateAsKnown(date(2014, 1, 7))
        await desk.press_keys(".", "s", "down", "enter")
        assert show_action(busy, "DP-45").row.status is not Status.PLANNED
        await desk.press_keys("U")
        await desk.type_text("Dates agreed with two forces.")
        await desk.press_keys("ctrl+s", "d")
        assert not show_action(busy, "DP-45").row.is_open
        await desk.press_keys("u")
        assert show_action(busy, "DP-45").updates[0].text == "Dates agreed with two forces."


@pytest.mark.long
async def test_record_opens_over_today_and_escape_comes_back(busy: Workspace, either: OpenDesk) -> None:
    async with either(busy) as desk:
        cursor = desk.screen.list_pane.cursor
        await desk.press_keys("enter")
        assert desk.card.startswith("DP-45  Brief the four SPOCs")
        await desk.press_keys(".", "h")
        assert "HISTORY  DP-45" in desk.card
        await desk.press_keys("escape", "e")
        await desk.press_keys("escape", "escape")
        assert (desk.screen.noun, desk.screen.list_pane.cursor) == ("today", cursor)
        await desk.press_keys("enter", "q")
        assert desk.screen.noun == "today"


async def test_calendar_and_trends_are_beside_today_where_there_is_room(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        overview = str(desk.screen.overview_pane.content)
        assert overview.startswith("NEXT FIVE WEEKS")
        for heading in ("BY OBJECTIVE", "SINCE YESTERDAY"):
            assert heading in overview
        assert "2013  Services review" in overview, "a year is no day"
        assert "Tue 31 Dec" not in overview
        await desk.press_keys("+")
        assert "edit DP-45" in str(desk.screen.overview_pane.content)


async def test_pane_beside_today_folds_away_on_a_narrow_screen(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        assert not desk.screen.overview_pane.display
        assert not str(desk.screen.overview_pane.content)
        assert "BY OBJECTIVE" not in desk.text
