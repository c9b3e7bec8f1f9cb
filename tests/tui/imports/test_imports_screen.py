"""What comes in through the screen: chosen, planned, asked about, stopped or written; and nothing before that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from ahtc_tui.domain.imports.report import Cancelled, ImportReport
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.imports.columns import ColumnsScreen
from ahtc_tui.tui.imports.files import FilesScreen
from ahtc_tui.tui.imports.question import QuestionScreen
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.widgets.plain import Plain
from tests.builders import ask, live_rows
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting

Log = Callable[..., Path]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A file of cells outside the workspace."""

    def write(*lines: str, name: str = "log.csv", head: str = "Ref,Action,Lead,Status,Progress") -> Path:
        (tmp_path / name).write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


async def bring_in(hands: Hands, path: Path | str) -> None:
    """Type the path of a file."""
    await hands.press("8", "i", "p")
    await hands.type(str(path))
    await hands.press("enter")


def error_of(hands: Hands) -> str:
    """The sentence of the form on top."""
    return str(hands.app.screen.query_one("#form-error", Plain).content)


async def test_a_path_is_typed_pasted_or_found_in_a_folder(wales: Workspace, narrow: Sitting, log: Log) -> None:
    file = log("DP-25,,,on hold,")
    async with narrow(wales) as hands:
        await bring_in(hands, file)
        assert isinstance(hands.screen, ImportScreen)
        assert "1 changed" in hands.text
        await hands.press("escape", "enter")
        assert isinstance(hands.screen, FilesScreen)
        hands.screen.post_message(events.Paste(f"'{file.parent}'"))
        await hands.rest()
        assert any("log.csv" in row for row in hands.rows)
        await hands.press("end", "enter", "escape", "y")
        assert hands.screen.list_pane.highlighted.path == file
        await hands.press("left")
        assert any(f"{file.parent.name}/" in row for row in hands.rows)
        hands.screen.post_message(events.Paste("/nowhere"))
        await hands.rest()
        assert 'no file "/nowhere"' in hands.toasts[-1]
        await hands.press("escape")
        assert hands.screen.noun == "reports"


async def test_what_cannot_be_read_is_one_sentence_and_the_folder_again(
    workspace: Workspace, narrow: Sitting, log: Log
) -> None:
    file = log(name="empty.csv", head="")
    log("x", name="people.vcf")
    async with narrow(workspace) as hands:
        await bring_in(hands, file)
        assert isinstance(hands.screen, FilesScreen)
        assert "empty.csv" in hands.toasts[-1]
        await hands.press("space", "end", "space", "up", "space", "enter")
        assert "several kinds" in hands.toasts[-1]
        assert isinstance(hands.screen, FilesScreen)


async def test_a_long_plan_tells_how_far_it_is_and_stops_without_a_trace(
    wales: Workspace, narrow: Sitting, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before, told = log("DP-25,,,on hold,"), live_rows(wales), []
    under_way, looked_at, ended = threading.Event(), threading.Event(), threading.Event()

    def slowly(_workspace: Workspace, _asked: Any, _wishes: Any, hooks: Any) -> tuple[Any, ImportReport]:
        try:
            hooks.total = 2000
            for done in (500, 1000):
                hooks.done = done
                hooks.look()
            under_way.set()
            looked_at.wait(10)
            hooks.look()
            raise AssertionError("It went on.")
        except Cancelled:
            told.append("stopped")
            raise
        finally:
            ended.set()

    monkeypatch.setattr(dispatch, "plan_import", slowly)
    async with narrow(wales) as hands:
        hands.app.action_bring_in()
        await hands.rest()
        hands.screen.bring_in([file])
        while not under_way.is_set():
            await hands.pilot.pause()
        screen: Any = hands.screen
        screen._look()
        await hands.pilot.pause()
        assert "1,000 of 2,000 rows" in hands.text
        assert "50%" in hands.text
        assert "esc stops it" in hands.text
        await hands.pilot.press("a", "m", "escape")
        assert isinstance(hands.screen, FilesScreen)
        assert hands.toasts[-1] == "Stopped: nothing was written."
        looked_at.set()
        await hands.rest()
    assert ended.wait(10)
    assert told == ["stopped"]
    assert live_rows(wales) == before


async def test_rows_are_counted_while_a_log_is_compared(
    workspace: Workspace, narrow: Sitting, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ahtc_tui.tui.imports.progress import Progress

    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Progress, "_tell", lambda _self, done, total: told.append((done, total)))
    async with narrow(workspace) as hands:
        await bring_in(hands, log(*(f"A{n},Write letter {n},,planned," for n in range(1200))))
        assert "1,200 new" in hands.text
    assert (500, 1200) in told
    assert told[-1] == (1200, 1200)


async def test_the_columns_of_somebodys_log_are_shown_changed_and_remembered(
    workspace: Workspace, narrow: Sitting, log: Log
) -> None:
    file = log("A1,Write,,planned,x,done well", head="Ref,Action,Lead,Status,Mood,Chatter")
    async with narrow(workspace) as hands:
        await bring_in(hands, file)
        assert isinstance(hands.screen, ColumnsScreen)
        assert any("Chatter" in row and "left out" in row and "done well" in row for row in hands.rows)
        assert any("Status" in row and "95%" in row for row in hands.rows)
        await hands.press("end", "enter")
        await hands.pilot.click("OptionList", offset=(1, 1))
        await hands.rest()
        assert any("Chatter" in row and "ref" in row and "you" in row for row in hands.rows)
        await hands.press("enter")
        offered: Any = hands.app.screen.query_one(OptionList)
        offered.highlighted = [str(option.prompt).split(" ")[0] for option in offered.options].index("update")
        await hands.press("enter", "escape")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press("a")
        await hands.press("escape")
        await bring_in(hands, log("A2,Read,,planned,x,going on", head="Ref,Action,Lead,Status,Mood,Chatter"))
        assert any("Chatter" in row and "update" in row and "100%" in row for row in hands.rows)
        await hands.press("q", "a")
    assert [row[0] for row in ask(workspace, "SELECT text FROM updates ORDER BY text")] == ["done well", "going on"]


async def test_the_columns_of_a_list_of_people_are_shown_changed_and_remembered(
    workspace: Workspace, narrow: Sitting, log: Log
) -> None:
    head = "Enw,Llinell,Hobby"
    async with narrow(workspace) as hands:
        await bring_in(hands, log("SPOC Gwent,01633 000000,chess", head=head))
        assert isinstance(hands.screen, ColumnsScreen)
        assert any("Llinell" in row and "left out" in row and "01633 000000" in row for row in hands.rows)
        await choose(hands, "down", "phone")
        await choose(hands, "end", "–")
        await hands.press("escape", "a")
        await bring_in(hands, log("SPOC Dyfed,01267 000000,darts", head=head))
        assert isinstance(hands.screen, ImportScreen)
        await hands.press("a")
    assert ask(workspace, "SELECT phone FROM parties ORDER BY phone") == [("01267 000000",), ("01633 000000",)]


async def test_a_sheet_of_unknown_headings_is_asked_what_it_holds_and_what_they_mean(
    workspace: Workspace, wide: Sitting, log: Log
) -> None:
    async with wide(workspace) as hands:
        await bring_in(hands, log("Aled,Gwent,555", head="Zyx,Wvu,Tsr"))
        assert "What is in" in hands.text
        await hands.press("end", "enter")
        assert isinstance(hands.screen, ColumnsScreen)
        await choose(hands, "home", "name")
        await hands.press("escape")
        assert "1 new" in hands.text
        await hands.press("a")
        await bring_in(hands, log("1,2", head="Aaa,Bbb"))
        await hands.press("end", "enter", "escape")
    assert ask(workspace, "SELECT name FROM parties") == [("Aled",)]


async def choose(hands: Hands, key: str, field: str) -> None:
    """Say that the column that a key leads to means a field."""
    await hands.press(key, "enter")
    offered: Any = hands.app.screen.query_one(OptionList)
    offered.highlighted = [str(option.prompt).split(" ")[0] for option in offered.options].index(field)
    await hands.press("enter")


async def test_names_that_nobody_has_become_posts_all_at_once(workspace: Workspace, wide: Sitting, log: Log) -> None:
    rows = [f"A{n},Write letter {n},Harbour {n % 14},{'in flux' if n == 3 else 'planned'}," for n in range(20)]
    async with wide(workspace) as hands:
        await bring_in(hands, log(*rows))
        await hands.press("enter")
        assert "make posts of all 14" in hands.text
        await hands.press("T")
        assert hands.toasts[-1] == "14 posts are made"
        assert "in flux" in hands.text
        await hands.press("o")
        assert isinstance(hands.screen, ImportScreen)
        assert "15 questions, 15 answered" in hands.text
        await hands.press("a")
    assert ask(workspace, "SELECT count(*) FROM posts") == [(14,)]


async def test_an_answer_may_be_typed_and_one_that_makes_no_sense_keeps_the_form(
    wales: Workspace, wide: Sitting, log: Log
) -> None:
    async with wide(wales) as hands:
        await bring_in(hands, log("DP-25,,tbc,half way,", "DP-27,,,half way,"))
        await hands.press("enter")
        assert isinstance(hands.screen, QuestionScreen)
        await hands.press("t")
        assert "nothing to take" in hands.toasts[-1]
        await hands.press("b")
        assert "only where it is an update" in hands.toasts[-1]
        await hands.press("s", "e")
        await hands.press("enter")
        assert error_of(hands).startswith('"half way" is not a status')
        await hands.press("ctrl+a", "ctrl+k")
        await hands.type("theirs")
        await hands.press("enter")
        assert "Type a value" in error_of(hands)
        await hands.press("ctrl+a", "ctrl+k")
        await hands.type("on hold")
        await hands.press("enter")
        assert "question 3 of 3" in hands.text
        await hands.press("left")
        assert 'write "on hold"' in hands.text
        await hands.press("escape", "a")
        assert "2 questions left open" in hands.toasts[-1]
    assert show_action(wales, "DP-25").row.status == "on_hold"


async def test_both_updates_stay_where_a_person_says_so(wales: Workspace, wide: Sitting, log: Log) -> None:
    title = show_action(wales, "DP-25").row.title
    async with wide(wales) as hands:
        await bring_in(hands, log(f'"{title}",Met twice.', head="Action,Progress"))
        await hands.press("enter")
        assert "found by its words alone" in hands.text
        await hands.press("b", "a")
    assert show_action(wales, "DP-25").row.latest_update == "Met twice."


async def test_leaving_asks_once_and_nothing_is_written(wales: Workspace, wide: Sitting, log: Log) -> None:
    before = live_rows(wales)
    async with wide(wales) as hands:
        await bring_in(hands, log("DP-25,,,on hold,", "DP-27,,,half way,"))
        await hands.press("enter", "O")
        await hands.press("q")
        assert "Nothing of this import is written" in hands.text
        await hands.press("n")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press("escape", "y")
        assert isinstance(hands.screen, FilesScreen)
    assert live_rows(wales) == before


async def test_a_mouse_does_what_the_keys_do(wales: Workspace, narrow: Sitting, log: Log) -> None:
    async with narrow(wales) as hands:
        await bring_in(hands, log("DP-25,,,half way,", "DP-27,,,half way,", "DP-34,,,half way,"))
        await hands.pilot.click("RecordList", offset=(20, 2), times=2)
        await hands.rest()
        assert "question 1 of 3" in hands.text
        await hands.pilot.click("#question-keys", offset=(4, 0))
        await hands.rest()
        assert "question 2 of 3" in hands.text
        line = next(line for line in hands.text.splitlines() if "keep ours in all" in line)
        await hands.pilot.click("#question-keys", offset=(line.index("keep ours in all") - 1, 1))
        await hands.rest()
        assert isinstance(hands.screen, ImportScreen)
        assert "3 questions, 3 answered" in hands.text


async def test_files_are_read_as_something_else_and_text_is_shown_as_it_is(
    workspace: Workspace, wide: Sitting, log: Log
) -> None:
    async with wide(workspace) as hands:
        await bring_in(hands, log("Bawso,[/x] [bold]a@example.invalid", head="Name,Email"))
        assert "as contacts" in hands.text
        assert "[/x]" in hands.text or "1 new" in hands.text
        await hands.press("m")
        assert any("Email" in row and "email" in row and "95%" in row for row in hands.rows)
        await hands.press("escape")
        await hands.press("w", "enter")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press("/")
        await hands.type("bawso")
        await hands.press("enter")
        assert hands.screen.filter_bar.text == "bawso"


async def test_every_kind_has_its_card(wales: Workspace, wide: Sitting, log: Log) -> None:
    ref = show_action(wales, "DP-25").row.ref
    async with wide(wales) as hands:
        await bring_in(hands, log(f"{ref},,,on hold,", "Z9,Write to the harbours,,planned,", ",,,,"))
        cards = []
        for _row in range(4):
            cards.append(hands.card)
            await hands.press("down")
        said = "\n".join(cards)
        assert "On hold" in said
        assert "Write to the harbours" in said
        assert "log.csv" in said


async def test_the_palette_opens_the_import_and_the_reports(workspace: Workspace, narrow: Sitting) -> None:
    async with narrow(workspace) as hands:
        await hands.press("ctrl+p")
        await hands.type("import")
        await hands.press("enter")
        assert isinstance(hands.screen, FilesScreen)
        await hands.press("q", "8", "end", "enter")
        assert hands.screen.noun == "contacts"
        await hands.press("8", "k", "k", "k", "enter")
        assert isinstance(hands.screen, FilesScreen)
