"""Stories about actions: found, sorted, written, edited together, taken back, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from textual.widgets import Select

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.services.actions.saved_views import list_views
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.owner_field import OwnerField
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import TODAY, a_party, an_action, live_rows
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting


@pytest.fixture
def colleague(wales: Workspace) -> Iterator[Workspace]:
    """A second program on the same file."""
    other = open_workspace(wales.root, TODAY)
    yield other
    other.close()


async def test_a_word_finds_an_action_and_its_card(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2", "/")
        await desk.type("jeff")
        await desk.press("enter")
        assert desk.refs == ["DP-36"]
        await desk.press("enter")
        assert desk.card.startswith("DP-36  ")
        assert "DP-36" in desk.text
        assert desk.keys == 4
        await desk.press("escape", "escape")
        assert len(desk.refs) == 28


@pytest.mark.parametrize("typed", ["@ahtc", "#gwent", "!late", "due<30 nov"])
async def test_a_filter_may_be_half_typed(busy: Workspace, wide: Sitting, typed: str) -> None:
    tests: dict[str, Callable[[ActionRow], bool]] = {
        "@ahtc": lambda row: row.lead_short == "AHTC",
        "#gwent": lambda row: "Gwent" in (show_action(busy, row.ref).group or ""),
        "!late": lambda row: row.late(TODAY),
        "due<30 nov": lambda row: row.due is not None and row.due.latest.isoformat() < "2014-11-30",
    }
    an_action(busy, "Write to the Gwent forum", group="gwent-forum", due="2013-11-29")
    wanted = {row.ref for row in list_actions(busy, ActionFilter(Which.OPEN)) if tests[typed](row)}
    assert wanted
    async with wide(busy) as desk:
        await desk.press("2", "/")
        everything = len(desk.refs)
        for letter in typed:
            await desk.type(letter)
            assert not desk.toasts
        assert set(desk.refs) == wanted
        assert len(wanted) < everything
        await desk.press("escape")
        assert len(desk.refs) == everything


async def test_a_filter_is_saved_as_a_view_and_the_list_begins_with_it(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2", "a", "a", "/")
        await desk.type("bawso")
        await desk.press("enter", "V")
        await desk.type("Refuges [/x]")
        columns, context = desk.screen.query("Input").results(), desk.screen.query("Select").last(Select)
        list(columns)[1].value = "ref, status"
        context.value = "yes"
        await desk.press("ctrl+s")
        assert "view: Refuges [/x]" in desk.text
        await desk.press("v", "end", "enter")
        assert len(desk.refs) == 28
        await desk.press("v", "enter")
        assert desk.refs == ["DP-11", "DP-28", "DP-29"]
        assert "Continuing" in desk.text
    async with wide(wales) as desk:
        await desk.press("2")
        assert desk.refs == ["DP-11", "DP-28", "DP-29"]
        await desk.press("u")
        assert list_views(wales) == []


async def test_a_new_action_with_its_owner_and_day_undone_and_done_again(wales: Workspace, wide: Sitting) -> None:
    a_party(wales, "Siân Ŵyn", ref="sian-wyn", kind="person")
    async with wide(wales) as desk:
        await desk.press("2", "n")
        await desk.type("Call the health boards")
        await desk.press("tab")
        await desk.type("sian")
        await desk.press("enter", "tab")
        owner, due = desk.screen.query_one(OwnerField), desk.screen.query_one(DateField)
        assert (owner.typed, owner.ref) == ("Siân Ŵyn", "sian-wyn")
        await desk.type("end nov")
        assert "30 November 2014" in str(due.meaning.content)
        await desk.press("ctrl+s")
        assert desk.toasts[-1].startswith("DP-45 added")
        assert _stands_on(desk) == "DP-45"
        assert "u undoes it" in desk.toasts[-1]
        (row,) = [row for row in list_actions(wales, ActionFilter()) if row.title == "Call the health boards"]
        assert (row.lead, row.due and row.due.latest.isoformat()) == ("Siân Ŵyn", "2014-11-30")
        assert row.ref in desk.refs
        await desk.press("u")
        assert row.ref not in desk.refs
        assert desk.toasts[-1].startswith("Undone: add Call the health boards")
        await desk.press("ctrl+r")
        assert row.ref in desk.refs
        assert desk.keys == 8


async def test_a_form_without_a_title_stays_open(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2", "n", "ctrl+s")
        assert "title" in str(desk.screen.error_line.content)
        await desk.press("escape")
        assert desk.screen.noun == "actions"


async def test_three_are_edited_at_once_and_one_undo_restores_all(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2", "space", "j", "space", "j", "space")
        three = desk.refs[:3]
        before = live_rows(wales)["actions"]
        await desk.press("e")
        assert "Edit 3 actions at once" in desk.text
        assert all(ref in desk.text for ref in three)
        await desk.press("ctrl+s")
        assert "Fill in what is to change." in desk.text
        desk.screen.query_one("#form-row-priority", expect_type=None).query_one(Select).value = "high"
        await desk.press("ctrl+s")
        assert "Write to 3 actions?" in desk.text
        assert all(f"{ref}  priority – → high" in desk.text for ref in three)
        await desk.press("n")
        assert [show_action(wales, ref).row.priority for ref in three] == [None] * 3
        await desk.press("ctrl+s", "y")
        assert desk.toasts[-1].startswith("3 actions edited")
        assert [show_action(wales, ref).row.priority for ref in three] == ["high"] * 3
        await desk.press("u")
        assert _without_versions(live_rows(wales)["actions"]) == _without_versions(before)


def _without_versions(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted((row[0], *row[3:]) for row in rows)


async def test_an_update_rates_and_the_card_shows_it_then_done_and_reopened(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2")
        ref = desk.refs[0]
        await desk.press("U")
        await desk.type("Half of them trained")
        desk.screen.query_one("#form-row-brag", expect_type=None).query_one(Select).value = "A"
        await desk.press("ctrl+s")
        assert "31 Dec 2013  A  Half of them trained" in desk.card
        assert "A Amber" in desk.card
        assert "HISTORY  2 changes (h)" in desk.card
        await desk.press("d")
        assert show_action(wales, ref).row.status is Status.DONE
        assert ref not in desk.refs
        assert desk.toasts[-1].startswith(f"{ref} closed as done")
        await desk.press("a")
        await desk.press("/")
        await desk.type(ref)
        await desk.press("enter", "R")
        assert show_action(wales, ref).row.status is Status.IN_PROGRESS
        await desk.press("a", "a", "h")
        assert desk.card.startswith(f"HISTORY  {ref}")
        assert "done" in desk.card


async def test_the_order_changes_by_key_and_by_a_click_on_a_title(busy: Workspace, wide: Sitting) -> None:
    async with wide(busy) as desk:
        await desk.press("2")
        by_due = desk.refs
        assert by_due[0] == "DP-45"
        await desk.press("s")
        assert "by urgency" in desk.text
        by_urgency = desk.refs
        await desk.press("s")
        by_ref = desk.refs
        assert by_ref == sorted(by_ref, key=lambda ref: int(ref.split("-")[1]))
        assert len({tuple(by_due), tuple(by_urgency), tuple(by_ref)}) == 3
        header = desk.screen.list_pane.render_line(0).text
        await desk.pilot.click(RecordList, offset=(header.rindex("Due"), 0))
        await desk.rest()
        assert desk.refs == by_due
        await desk.pilot.click(RecordList, offset=(header.index("Ref"), 0))
        await desk.rest()
        assert desk.refs == by_ref


async def test_the_mouse_chooses_opens_and_turns_the_wheel(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2")
        pane = desk.screen.list_pane
        await desk.pilot.click(RecordList, offset=(20, 4))
        await desk.rest()
        assert pane.cursor == 3
        assert not desk.screen.has_class("-reading")
        await desk.pilot._post_mouse_events([_wheel()], RecordList, (20, 5))
        await desk.rest()
        assert pane.scroll_offset.y > 0
        assert pane.cursor >= pane.scroll_offset.y
        await desk.pilot.click(RecordList, offset=(20, 6), times=2)
        await desk.rest()
        assert desk.screen.has_class("-reading")
        assert desk.card.startswith(pane.highlighted[1].ref)


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_the_palette_finds_a_record_and_goes_there(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("ctrl+p")
        await desk.type("bawso")
        for _turn in range(50):
            await desk.pilot.pause(0.02)
            if "DP-11" in desk.text:
                break
        assert "DP-11" in desk.text
        options = desk.screen.query_one("CommandList")
        place = next(n for n in range(options.option_count) if "DP-11" in str(options.get_option_at_index(n).prompt))
        await desk.press(*["down"] * (place - (options.highlighted or 0)), "enter")
        assert desk.screen.noun == "actions"
        assert desk.refs == ["DP-11"]
        assert desk.card.startswith("DP-11  ")


async def test_x_writes_the_list_as_a_workbook_that_others_open(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2", "x")
        assert desk.keys == 2
        (path,) = (wales.root / "exports").glob("*.xlsx")
        assert desk.toasts[-1].startswith("Written: ")
        assert path.name in desk.toasts[-1]
        assert _action_rows(path) == set(desk.refs)
        assert len(desk.refs) == 28


def _action_rows(path: Path) -> set[str]:
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row[:1] if str(cell).startswith("DP-")}


async def test_what_a_colleague_adds_appears_on_coming_back(
    wales: Workspace, colleague: Workspace, wide: Sitting
) -> None:
    async with wide(wales) as desk:
        await desk.press("2")
        held = _stands_on(desk)
        added = an_action(colleague, "Added next door", due="2013-12-01").ref
        assert added not in desk.refs
        await desk.press("1")
        assert added in desk.text
        await desk.press("2")
        assert added in desk.refs
        assert _stands_on(desk) == held


def _stands_on(desk: Hands) -> str:
    ref: str = desk.screen.list_pane.highlighted[1].ref
    return ref


async def test_a_locked_database_is_told_and_nothing_is_lost(
    wales: Workspace, colleague: Workspace, wide: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    wales.database.connection.execute("PRAGMA busy_timeout = 1")
    async with wide(wales) as desk:
        await desk.press("2")
        ref = desk.refs[0]
        colleague.database.connection.execute("BEGIN IMMEDIATE")
        await desk.press("d")
        assert "in use by another program" in desk.toasts[-1]
        colleague.database.connection.execute("ROLLBACK")
        assert show_action(wales, ref).row.open
        await desk.press("d")
        assert not show_action(wales, ref).row.open
