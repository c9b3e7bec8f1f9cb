"""Actions on the screen: find, sort, write, edit several, undo, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from textual.widgets import Select

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.services.actions.saved_views import list_views
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.owner_field import OwnerField
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import TODAY, make_action, make_party, read_live_rows
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_one_word_finds_an_action(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("jeff")
        await desk.press_keys("enter")
        assert desk.refs == ["DP-36"]
        await desk.press_keys("enter")
        assert desk.card.startswith("DP-36  ")
        assert "DP-36" in desk.text
        assert desk.keys == 4
        await desk.press_keys("escape", "escape")
        assert len(desk.refs) == 28


@pytest.mark.sample(4)
@pytest.mark.parametrize("typed", ["@ahtc", "#gwent", "!late", "due<30 nov"])
async def test_a_filter_is_applied_while_it_is_typed(busy: Workspace, wide: OpenDesk, typed: str) -> None:
    tests: dict[str, Callable[[ActionRow], bool]] = {
        "@ahtc": lambda row: row.lead_short == "AHTC",
        "#gwent": lambda row: "Gwent" in (show_action(busy, row.ref).group or ""),
        "!late": lambda row: row.is_late(TODAY),
        "due<30 nov": lambda row: row.due is not None and row.due.latest.isoformat() < "2014-11-30",
    }
    make_action(busy, "Write to the Gwent forum", group="gwent-forum", due="2013-11-29")
    expected_refs = {row.ref for row in list_actions(busy, ActionFilter(ActionScope.OPEN)) if tests[typed](row)}
    assert expected_refs
    async with wide(busy) as desk:
        await desk.press_keys("2", "/")
        everything = len(desk.refs)
        for letter in typed:
            await desk.type_text(letter)
            assert not desk.toasts
        assert set(desk.refs) == expected_refs
        assert len(expected_refs) < everything
        await desk.press_keys("escape")
        assert len(desk.refs) == everything


@pytest.mark.long
async def test_a_filter_is_saved_as_the_default_view(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", ".", "a", ".", "a", "/")
        await desk.type_text("bawso")
        await desk.press_keys("enter", ".", "V")
        await desk.type_text("Refuges [/x]")
        columns, context = desk.screen.query("Input").results(), desk.screen.query("Select").last(Select)
        list(columns)[1].value = "ref, status"
        context.value = "yes"
        await desk.press_keys("ctrl+s")
        assert "view: Refuges [/x]" in desk.text
        await desk.press_keys("v", "end", "enter")
        assert len(desk.refs) == 28
        await desk.press_keys("v", "enter")
        assert desk.refs == ["DP-11", "DP-28", "DP-29"]
        assert "Continuing" in desk.text
    async with wide(wales) as desk:
        await desk.press_keys("2")
        assert desk.refs == ["DP-11", "DP-28", "DP-29"]
        await desk.press_keys("u")
        assert list_views(wales) == []


@pytest.mark.long
async def test_saving_a_view_names_an_order_that_it_cannot_keep(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        desk.screen.query_one(RecordList).set_order("lead", descending=False)
        await desk.press_keys(".", "V")
        await desk.type_text("By lead")
        await desk.press_keys("ctrl+s")
        assert desk.toasts[-1].startswith("View By lead saved. It can be sorted by due date, urgency or reference only")


async def test_a_new_action_is_undone_and_redone(wales: Workspace, wide: OpenDesk) -> None:
    make_party(wales, "Siân Ŵyn", ref="sian-wyn", kind="person")
    async with wide(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Call the health boards")
        await desk.press_keys("tab")
        await desk.type_text("sian")
        await desk.press_keys("enter", "tab")
        owner, due = desk.screen.query_one(OwnerField), desk.screen.query_one(DateField)
        assert (owner.typed_text, owner.ref) == ("Siân Ŵyn", "sian-wyn")
        await desk.type_text("end nov")
        assert "30 November 2014" in str(due.meaning.content)
        await desk.press_keys("ctrl+s")
        assert desk.toasts[-1].startswith("DP-45 added")
        assert _highlighted_ref(desk) == "DP-45"
        assert "u to undo" in desk.toasts[-1]
        (row,) = [row for row in list_actions(wales, ActionFilter()) if row.title == "Call the health boards"]
        assert (row.lead, row.due and row.due.latest.isoformat()) == ("Siân Ŵyn", "2014-11-30")
        assert row.ref in desk.refs
        await desk.press_keys("u")
        assert row.ref not in desk.refs
        assert desk.toasts[-1].startswith("Undone: add Call the health boards")
        await desk.press_keys("ctrl+r")
        assert row.ref in desk.refs
        assert desk.keys == 8


@pytest.mark.long
async def test_a_form_without_a_title_stays_open_with_the_message_below_the_title(
    wales: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "n", "tab", "ctrl+s")
        assert str(desk.screen.query_one("#form-row-title .form-error", Plain).content) == "An action needs a title."
        assert desk.screen.focused is desk.screen.query_one("#form-row-title TitleField")
        await desk.press_keys("escape")
        assert desk.screen.noun == "actions"


@pytest.mark.long
async def test_three_actions_are_edited_at_once_and_undone(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "space", "j", "space", "j", "space")
        refs = desk.refs[:3]
        before = read_live_rows(wales)["actions"]
        await desk.press_keys("e")
        assert "Edit 3 actions: DP-03" in desk.text
        assert all(ref in desk.text for ref in refs)
        await desk.press_keys("ctrl+s")
        assert "Enter what to change." in desk.text
        desk.screen.query_one("#form-row-priority", expect_type=None).query_one(Select).value = "high"
        await desk.press_keys("ctrl+s")
        assert "Change 3 actions?" in desk.text
        assert all(f"{ref}  priority – → high" in desk.text for ref in refs)
        await desk.press_keys("n")
        assert [show_action(wales, ref).row.priority for ref in refs] == [None] * 3
        await desk.press_keys("ctrl+s", "y")
        assert desk.toasts[-1].startswith("3 actions edited")
        assert [show_action(wales, ref).row.priority for ref in refs] == ["high"] * 3
        await desk.press_keys("u")
        assert _without_versions(read_live_rows(wales)["actions"]) == _without_versions(before)


def _without_versions(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted((row[0], *row[3:]) for row in rows)


@pytest.mark.long
async def test_an_action_is_updated_closed_and_reopened(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        ref = desk.refs[0]
        await desk.press_keys("U")
        await desk.type_text("Half of them trained")
        desk.screen.query_one("#form-row-brag", expect_type=None).query_one(Select).value = "A"
        await desk.press_keys("ctrl+s")
        assert "31 Dec 2013  A  Half of them trained" in desk.card
        assert "A Amber" in desk.card
        assert "HISTORY  4 changes (. h)" in desk.card
        await desk.press_keys("d")
        assert show_action(wales, ref).row.status is Status.DONE
        assert ref not in desk.refs
        assert desk.toasts[-1].startswith(f"{ref} closed as done")
        await desk.press_keys(".", "a")
        await desk.press_keys("/")
        await desk.type_text(ref)
        await desk.press_keys("enter", ".", "R")
        assert show_action(wales, ref).row.status is Status.IN_PROGRESS
        await desk.press_keys(".", "a", ".", "a", ".", "h")
        assert desk.card.startswith(f"HISTORY  {ref}")
        assert "done" in desk.card


@pytest.mark.long
async def test_the_list_is_sorted_by_key_and_by_click(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("2")
        by_due = desk.refs
        assert by_due[0] == "DP-45"
        await desk.press_keys(".", "s")
        assert "by urgency ↓" in desk.text
        by_urgency = desk.refs
        await desk.press_keys(".", "s")
        by_ref = desk.refs
        assert by_ref == sorted(by_ref, key=lambda ref: int(ref.split("-")[1]))
        assert len({tuple(by_due), tuple(by_urgency), tuple(by_ref)}) == 3
        header = desk.screen.list_pane.render_line(0).text
        await desk.pilot.click(RecordList, offset=(header.rindex("Due"), 0))
        await desk.wait_until_idle()
        assert desk.refs == by_due
        await desk.pilot.click(RecordList, offset=(header.index("Ref"), 0))
        await desk.wait_until_idle()
        assert desk.refs == by_ref


async def test_the_mouse_selects_opens_and_scrolls(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2")
        pane = desk.screen.list_pane
        await desk.pilot.click(RecordList, offset=(20, 4))
        await desk.wait_until_idle()
        assert pane.cursor == 2
        assert not desk.screen.has_class("-reading")
        await desk.pilot._post_mouse_events([_import_wheel_event()], RecordList, (20, 5))
        await desk.wait_until_idle()
        assert pane.scroll_offset.y > 0
        assert pane.cursor >= pane.scroll_offset.y
        await desk.pilot.click(RecordList, offset=(20, 6), times=2)
        await desk.wait_until_idle()
        assert desk.screen.has_class("-reading")
        assert desk.card.startswith(pane.highlighted[1].ref)


def _import_wheel_event() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_the_palette_finds_and_opens_a_record(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("bawso")
        for _turn in range(50):
            await desk.pilot.pause(0.02)
            if "DP-11" in desk.text:
                break
        assert "DP-11" in desk.text
        options = desk.screen.query_one("CommandList")
        place = next(n for n in range(options.option_count) if "DP-11" in str(options.get_option_at_index(n).prompt))
        await desk.press_keys(*["down"] * (place - (options.highlighted or 0)), "enter")
        assert desk.screen.noun == "actions"
        assert desk.refs == ["DP-11"]
        assert desk.card.startswith("DP-11  ")


async def test_x_exports_the_list_as_a_workbook(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "x")
        assert desk.keys == 2
        (path,) = (wales.root / "exports").glob("*.xlsx")
        assert desk.toasts[-1].startswith("Saved: ")
        assert path.name in desk.toasts[-1]
        assert _action_rows(path) == set(desk.refs)
        assert len(desk.refs) == 28


def _action_rows(path: Path) -> set[str]:
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row[:1] if str(cell).startswith("DP-")}


@pytest.mark.long
async def test_an_action_added_elsewhere_appears_on_return(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        highlighted = _highlighted_ref(desk)
        added = make_action(colleague, "Added next door", due="2013-12-01").ref
        assert added not in desk.refs
        await desk.press_keys("1")
        assert added in desk.text
        await desk.press_keys("2")
        assert added in desk.refs
        assert _highlighted_ref(desk) == highlighted


def _highlighted_ref(desk: Hands) -> str:
    ref: str = desk.screen.list_pane.highlighted[1].ref
    return ref


async def test_a_locked_database_is_reported_and_nothing_is_lost(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    wales.database.connection.execute("PRAGMA busy_timeout = 1")
    async with wide(wales) as desk:
        await desk.press_keys("2")
        ref = desk.refs[0]
        colleague.database.connection.execute("BEGIN IMMEDIATE")
        await desk.press_keys("d")
        assert "Another window or program is writing" in desk.toasts[-1]
        colleague.database.connection.execute("ROLLBACK")
        assert show_action(wales, ref).row.is_open
        await desk.press_keys("d")
        assert not show_action(wales, ref).row.is_open
