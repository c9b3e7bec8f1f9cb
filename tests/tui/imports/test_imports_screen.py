"""Screens of imports: files, plan, columns, questions, progress."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.imports.report import ChangedField, ImportReport
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.exports.exchange_folders import export_calendars
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.imports.files import FilesScreen
from ahtc_tui.tui.imports.plan_lines import format_content
from ahtc_tui.tui.imports.questions import ColumnsScreen, ImportProgress
from ahtc_tui.tui.imports.screen import ImportScreen
from tests.builders import query_rows, read_live_rows
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk
from tests.tui.imports.conftest import LogWriter, import_path


@pytest.mark.long
async def test_a_path_can_be_typed_pasted_or_picked(wales: Workspace, narrow: OpenDesk, log: LogWriter) -> None:
    file = log("DP-25,,,on hold,")
    async with narrow(wales) as hands:
        await import_path(hands, file)
        assert isinstance(hands.screen, ImportScreen)
        assert "1 changed" in hands.text
        await hands.press_keys("escape", "enter")
        assert isinstance(hands.screen, FilesScreen)
        hands.screen.post_message(events.Paste(f"'{file.parent}'"))
        await hands.wait_until_idle()
        assert any("log.csv" in row for row in hands.rows)
        await hands.press_keys("end", "enter", "escape", "y")
        assert hands.screen.list_pane.highlighted.path == file
        await hands.press_keys("left")
        assert any(f"{file.parent.name}/" in row for row in hands.rows)
        hands.screen.post_message(events.Paste("/nowhere"))
        await hands.wait_until_idle()
        assert 'no file "/nowhere"' in hands.toasts[-1]
        await hands.press_keys("escape")
        assert hands.screen.noun == "reports"


async def test_the_lines_of_a_plan_are_counted_without_their_headings(
    wales: Workspace, narrow: OpenDesk, log: LogWriter
) -> None:
    file = log("DP-25,,Nobody known,on hold,Shared with all")
    async with narrow(wales) as hands:
        await import_path(hands, file)
        assert "QUESTIONS" in hands.text
        assert "CHANGED" in hands.text
        assert hands.screen.filter_bar._status_text == "3 items in the plan"


def test_a_long_current_value_in_the_list_leaves_room_for_the_returned_one() -> None:
    change = ChangedField("DP-25", "title", "Work with the Single Point of Contact", "Share good practice", "B2")
    assert format_content(change, 41) == "Work with the… → Share good practice"
    assert format_content(change, 80) == format_content(change)
    assert format_content(change) == "Work with the Single Point of Contact → Share good practice"


async def test_the_cursor_begins_on_the_first_file_after_the_folders(
    wales: Workspace, narrow: OpenDesk, log: LogWriter
) -> None:
    file = log("DP-25,,,on hold,")
    (file.parent / "data").mkdir()
    async with narrow(wales) as hands:
        await import_path(hands, file.parent)
        assert any("data/" in row for row in hands.rows)
        assert hands.screen.list_pane.highlighted.path == file


@pytest.mark.long
async def test_a_folder_of_calendars_is_imported_as_one(wales: Workspace, narrow: OpenDesk, tmp_path: Path) -> None:
    folder = tmp_path / "phone" / "calendar"
    folder.parent.mkdir()
    export_calendars(wales, folder)
    file = next(path for path in sorted(folder.glob("*.ics")) if "SUMMARY" in path.read_text(encoding="utf-8"))
    file.write_text(
        re.sub("(?m)^SUMMARY:.*$", "SUMMARY:Board", file.read_text(encoding="utf-8")), encoding="utf-8", newline=""
    )
    async with narrow(wales) as hands:
        await import_path(hands, folder)
        assert isinstance(hands.screen, FilesScreen)
        await hands.press_keys("home", ".", "f")
        assert isinstance(hands.screen, ImportScreen)
        assert "1 changed" in hands.text
        await hands.press_keys("escape", "enter", "left")
        assert any("calendar/" in row for row in hands.rows)
        await hands.press_keys("home", ".", "f")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys("y")
    assert query_rows(wales, "SELECT 1 FROM meetings WHERE title = 'Board'")


@pytest.mark.long
async def test_a_folder_without_calendars_is_refused(workspace: Workspace, narrow: OpenDesk, log: LogWriter) -> None:
    file = log("DP-25,,,on hold,")
    async with narrow(workspace) as hands:
        await import_path(hands, file.parent)
        await hands.press_keys("end", ".", "f")
        assert "as a whole" in hands.toasts[-1]
        assert isinstance(hands.screen, FilesScreen)


@pytest.mark.long
async def test_unreadable_files_return_to_the_folder(workspace: Workspace, narrow: OpenDesk, log: LogWriter) -> None:
    file = log(name="empty.csv", head="")
    log("x", name="people.vcf")
    async with narrow(workspace) as hands:
        await import_path(hands, file)
        assert isinstance(hands.screen, FilesScreen)
        assert "empty.csv" in hands.toasts[-1]
        await hands.press_keys("home", "space", "end", "space", "up", "space", "enter")
        assert "several kinds" in hands.toasts[-1]
        assert isinstance(hands.screen, FilesScreen)


async def test_a_long_plan_shows_progress_and_can_be_stopped(
    wales: Workspace, narrow: OpenDesk, log: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before, stops = log("DP-25,,,on hold,"), read_live_rows(wales), []
    under_way, looked_at, ended = threading.Event(), threading.Event(), threading.Event()

    def plan_slowly(_workspace: Workspace, _request: Any, _options: Any, hooks: Any) -> tuple[Any, ImportReport]:
        try:
            hooks.total = 2000
            for completed in (500, 1000):
                hooks.rows_done = completed
                hooks.report_progress()
            under_way.set()
            looked_at.wait(10)
            hooks.report_progress()
            raise AssertionError("It went on.")
        except Cancelled:
            stops.append("stopped")
            raise
        finally:
            ended.set()

    monkeypatch.setattr(dispatch, "plan_import", plan_slowly)
    async with narrow(wales) as hands:
        hands.app.action_page("import")
        await hands.wait_until_idle()
        hands.screen.start_import([file])
        while not under_way.is_set():
            await hands.pilot.pause()
        screen: Any = hands.screen
        screen._show_progress()
        await hands.pilot.pause()
        assert "1,000 of 2,000 rows" in hands.text
        assert "50%" in hands.text
        assert "press esc to stop" in hands.text
        await hands.pilot.press("y", "escape")
        assert isinstance(hands.screen, FilesScreen)
        assert hands.toasts[-1] == "Stopped. Nothing was saved."
        looked_at.set()
        await hands.wait_until_idle()
    assert ended.wait(10)
    assert stops == ["stopped"]
    assert read_live_rows(wales) == before


@pytest.mark.long
async def test_a_change_of_mode_while_an_import_is_written_closes_it_on_the_way_back(
    workspace: Workspace, narrow: OpenDesk, log: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write, apply_import = threading.Event(), dispatch.apply_import

    def apply_late(*args: Any) -> Any:
        may_write.wait(10)
        return apply_import(*args)

    monkeypatch.setattr(dispatch, "apply_import", apply_late)
    async with narrow(workspace) as hands:
        await import_path(hands, log("A1,Write,,planned,x"))
        await hands.pilot.press("y", "2")
        assert hands.screen.noun == "actions"
        may_write.set()
        await hands.wait_until_idle()
        assert not hands.app.crash_message
        assert hands.refs == ["A1"]
        await hands.press_keys("8")
        assert hands.screen.noun == "reports"
        assert not isinstance(hands.screen, ImportScreen)


@pytest.mark.long
async def test_progress_counts_the_rows_compared(
    workspace: Workspace, narrow: OpenDesk, log: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[tuple[int, int]] = []
    monkeypatch.setattr(
        ImportProgress, "_update_counts", lambda _self, completed, total: counts.append((completed, total))
    )
    async with narrow(workspace) as hands:
        await import_path(hands, log(*(f"A{n},Write letter {n},,planned," for n in range(1200))))
        assert "1,200 new" in hands.text
    assert (500, 1200) in counts
    assert counts[-1] == (1200, 1200)


async def test_columns_of_an_action_log_are_shown_and_remembered(
    workspace: Workspace, narrow: OpenDesk, log: LogWriter
) -> None:
    file = log("A1,Write,,planned,x,done well", head="Ref,Action,Lead,Status,Mood,Chatter")
    async with narrow(workspace) as hands:
        await import_path(hands, file)
        assert isinstance(hands.screen, ColumnsScreen)
        assert any("Chatter" in row and "left out" in row and "done well" in row for row in hands.rows)
        assert any("Status" in row and "95%" in row for row in hands.rows)
        await hands.press_keys("end", "enter")
        await hands.pilot.click("OptionList", offset=(1, 1))
        await hands.wait_until_idle()
        assert any("Chatter" in row and "ref" in row and "you" in row for row in hands.rows)
        await hands.press_keys("enter")
        offered: Any = hands.app.screen.query_one(OptionList)
        offered.highlighted = [str(option.prompt).split(" ")[0] for option in offered.options].index("update")
        await hands.press_keys("enter", "escape")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys(".", "m", "up", "enter", "enter", "escape")
        assert hands.app.focused is hands.screen.list_pane, "the arrow keys work on the new plan"
        await hands.press_keys("y")
        await hands.press_keys("escape")
        await import_path(hands, log("A2,Read,,planned,x,going on", head="Ref,Action,Lead,Status,Mood,Chatter"))
        assert any("Chatter" in row and "update" in row and "100%" in row for row in hands.rows)
        await hands.press_keys("q", "y")
    assert [row[0] for row in query_rows(workspace, "SELECT text FROM updates ORDER BY text")] == [
        "done well",
        "going on",
    ]


@pytest.mark.long
async def test_columns_of_a_contact_list_are_shown_and_remembered(
    workspace: Workspace, narrow: OpenDesk, log: LogWriter
) -> None:
    head = "Enw,Llinell,Hobby"
    async with narrow(workspace) as hands:
        await import_path(hands, log("SPOC Gwent,01633 000000,chess", head=head))
        assert isinstance(hands.screen, ColumnsScreen)
        assert any("Llinell" in row and "left out" in row and "01633 000000" in row for row in hands.rows)
        await choose_field(hands, "down", "phone")
        await choose_field(hands, "end", "–")
        await hands.press_keys("escape", "y")
        await import_path(hands, log("SPOC Dyfed,01267 000000,darts", head=head))
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys("y")
    assert query_rows(workspace, "SELECT phone FROM parties ORDER BY phone") == [("01267 000000",), ("01633 000000",)]


@pytest.mark.long
async def test_a_sheet_of_unknown_headings_asks_for_kind_and_columns(
    workspace: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    async with wide(workspace) as hands:
        await import_path(hands, log("Aled,Gwent,555", head="Zyx,Wvu,Tsr"))
        assert "What is in" in hands.text
        await hands.press_keys("end", "enter")
        assert isinstance(hands.screen, ColumnsScreen)
        await choose_field(hands, "home", "name")
        await hands.press_keys("escape")
        assert "1 new" in hands.text
        await hands.press_keys("y")
        await import_path(hands, log("1,2", head="Aaa,Bbb"))
        await hands.press_keys("end", "enter", "escape")
    assert query_rows(workspace, "SELECT name FROM parties") == [("Aled",)]


async def choose_field(hands: Hands, key: str, field: str) -> None:
    """Choose the field of the column that a key moves to."""
    await hands.press_keys(key, "enter")
    offered: Any = hands.app.screen.query_one(OptionList)
    offered.highlighted = [str(option.prompt).split(" ")[0] for option in offered.options].index(field)
    await hands.press_keys("enter")


@pytest.mark.long
async def test_unknown_leads_become_posts_at_once(workspace: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    rows = [f"A{n},Write letter {n},Harbour {n % 14},{'in flux' if n == 3 else 'planned'}," for n in range(20)]
    async with wide(workspace) as hands:
        await import_path(hands, log(*rows))
        await hands.press_keys("enter")
        assert "14 leads are not in the register" in hands.text
        await hands.press_keys("y")
        assert "in flux" in hands.text
        await hands.press_keys("down", "enter", "1")
        assert isinstance(hands.screen, ImportScreen)
        assert "15 questions, 15 answered" in hands.text
        await hands.press_keys("y")
    assert query_rows(workspace, "SELECT count(*) FROM posts") == [(14,)]


@pytest.mark.long
async def test_leaving_asks_for_confirmation_and_writes_nothing(
    wales: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    before = read_live_rows(wales)
    async with wide(wales) as hands:
        await import_path(hands, log("DP-25,,,on hold,", "DP-27,,,half way,"))
        await hands.press_keys("enter", ".", "1")
        await hands.press_keys("q")
        assert "Nothing from this import has been saved" in hands.text
        await hands.press_keys("n")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys("escape", "y")
        assert isinstance(hands.screen, FilesScreen)
    assert read_live_rows(wales) == before


@pytest.mark.long
async def test_the_kind_can_be_changed_and_markup_is_shown_as_text(
    workspace: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    async with wide(workspace) as hands:
        await import_path(hands, log("Bawso,[/x] [bold]a@example.invalid", head="Name,Email"))
        assert "as contacts" in hands.text
        assert "[/x]" in hands.text or "1 new" in hands.text
        await hands.press_keys(".", "m")
        assert any("Email" in row and "email" in row and "95%" in row for row in hands.rows)
        await hands.press_keys("escape")
        await hands.press_keys(".", "w", "enter")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys("/")
        await hands.type_text("bawso")
        await hands.press_keys("enter")
        assert hands.screen.filter_bar.text == "bawso"


@pytest.mark.long
async def test_each_kind_of_line_has_a_detail_pane(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    ref = show_action(wales, "DP-25").row.ref
    async with wide(wales) as hands:
        await import_path(hands, log(f"{ref},,,on hold,", "Z9,Write to the harbours,,planned,", ",,,,"))
        cards = []
        for _row in range(4):
            cards.append(hands.card)
            await hands.press_keys("down")
        text = "\n".join(cards)
        assert "On hold" in text
        assert "Write to the harbours" in text
        assert "log.csv" in text


@pytest.mark.long
async def test_the_palette_opens_the_import_and_the_reports(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as hands:
        await hands.press_keys("ctrl+p")
        await hands.type_text("import")
        await hands.press_keys("enter")
        assert isinstance(hands.screen, FilesScreen)
        await hands.press_keys("q", "8", "end", "enter", "end", "enter")
        assert hands.screen.noun == "contacts"
        await hands.press_keys("8", "k", "k", "k", "enter")
        assert isinstance(hands.screen, FilesScreen)


async def test_the_log_of_a_group_takes_its_references(wales: Workspace, narrow: OpenDesk, log: LogWriter) -> None:
    file = log(",Send the leaflet to every school,,,")
    async with narrow(wales) as hands:
        await import_path(hands, file)
        await hands.press_keys(".", "g", "down", "enter", "y")
        assert "1 new" in hands.toasts[-1]
    assert show_action(wales, "FC-01").group == "Cardiff Anti Human Trafficking Forum"
