"""Quitting asks once and names what would be lost, wherever something is typed, marked or half answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.unsaved_work import LossQuestion
from ahtc_tui.tui.imports.screen import ImportScreen
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


def is_quitting(desk: Hands) -> bool:
    return desk.app._exit


def shows_question(desk: Hands, *words: str) -> bool:
    """Return whether the question is on top and names what would be lost."""
    text = " ".join(desk.text.replace("▌", " ").split())
    return isinstance(desk.screen, LossQuestion) and all(word in text for word in words)


async def press_and_quit(desk: Hands, key: str) -> bool:
    """Press a key and return whether the app ends."""
    desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _turn in range(300):
        await desk.pilot.pause(0.01)
        if is_quitting(desk):
            return True
    return False


async def open_with_typed_text(desk: Hands, keys: tuple[str, ...], text: str) -> None:
    await desk.press_keys(*keys)
    if text:
        await desk.type_text(text)


@pytest.mark.sample(15)
@pytest.mark.parametrize(
    ("keys", "text", "words"),
    [
        (("2", "n"), "Brief the clerks", ("New action: Title",)),
        (("2", "e"), " and more", ("Edit DP-07: Title",)),
        (("2", "U"), "Two of four are briefed", ("DP-07",)),
        (("2", "space"), "", ("1 marked row in Actions",)),
        (("4", "a", "n"), "Matters of the day", ('the line "Matters of the day" of the agenda',)),
        (("4", "e"), " and more", ("Edit",)),
        (("5", "n"), "Board", ("New group",)),
        (("5", ".", "s", "n"), "Bawso", ("New seat: Member",)),
        (("6", "n", "tab"), "A post", ("New contact: Name",)),
        (("7", "n"), "A record", (": ",)),
        (("7", ".", "m", "n", "tab", "tab"), "Cardiff", ("Place",)),
        (("3", ".", "m", "n"), "A milestone", ("milestone",)),
        (("8", ".", "f"), "Bawso", (": ",)),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else None,
)
async def test_quitting_asks_before_typed_text_is_lost(
    wales: Workspace, wide: OpenDesk, keys: tuple[str, ...], text: str, words: tuple[str, ...]
) -> None:
    async with wide(wales) as desk:
        await open_with_typed_text(desk, keys, text)
        screen = desk.screen
        await desk.press_keys("ctrl+q")
        assert shows_question(desk, "Quit? You would lose:", *words), desk.text
        await desk.press_keys("ctrl+q", "enter")
        assert (desk.screen, is_quitting(desk)) == (screen, False)
        await desk.press_keys("ctrl+q")
        assert await press_and_quit(desk, "y")


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+q",),
        ("2", "q"),
        ("2", "e", "ctrl+q"),
        ("4", "a", "n", "ctrl+q"),
        ("4", "a", "e", "ctrl+q"),
        ("7", ".", "m", "ctrl+q"),
    ],
    ids="".join,
)
async def test_quitting_asks_nothing_where_nothing_is_lost(
    wales: Workspace, wide: OpenDesk, keys: tuple[str, ...]
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(*keys[:-1])
        assert await press_and_quit(desk, keys[-1])


@pytest.mark.long
async def test_marks_in_another_mode_are_named_but_no_filter(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("train")
        await desk.press_keys("enter", "space", "6", "q")
        assert shows_question(desk, "1 marked row in Actions")
        assert "the filter" not in desk.text


async def test_filter_of_a_selected_record_is_not_typed_text(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        desk.screen.select_record("DP-05")
        await desk.wait_until_idle()
        assert await press_and_quit(desk, "q")


@pytest.mark.long
async def test_palette_asks_before_it_quits(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "space", "ctrl+p")
        await desk.type_text("quit")
        await desk.press_keys("enter")
        await desk.wait_until_idle()
        assert shows_question(desk, "1 marked row in Actions"), desk.text
        assert not is_quitting(desk)


@pytest.mark.parametrize("keys", [(), ("n",)], ids=["list", "form"])
async def test_ctrl_c_names_a_key_that_asks(wales: Workspace, wide: OpenDesk, keys: tuple[str, ...]) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", *keys, "ctrl+c")
        assert desk.toasts[-1] == "Press ctrl+q to quit. You are asked first if unsaved text would be lost."


@pytest.mark.long
async def test_q_closes_a_table_and_does_not_quit(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        for keys in ("5s", "5m", "5w", "5o", "7m", "3m", "3t", "3b", "3p", "3s", "4D", "8o"):
            await desk.press_keys(*keys)
            name = type(desk.screen).__name__
            await desk.press_keys("q")
            assert not is_quitting(desk), name
            assert len(desk.app.screen_stack) == 1, name


@pytest.mark.long
async def test_leaving_the_agenda_asks_before_a_typed_line_is_lost(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", "a", "n")
        await desk.type_text("Matters of the day")
        agenda = desk.screen
        agenda.list_pane.focus()
        await desk.press_keys("q")
        assert shows_question(desk, "Leave? You would lose:", "Matters of the day")
        await desk.press_keys("n")
        assert (desk.screen, agenda.entry.input.value) == (agenda, "Matters of the day")
        await desk.press_keys("q", "y")
        assert desk.screen.noun == "meetings"


@pytest.mark.long
async def test_import_with_answers_is_named(wales: Workspace, wide: OpenDesk, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("Ref,Action,Status\nDP-05,Another title,Done\n", encoding="utf-8")
    async with wide(wales) as desk:
        desk.app.push_screen(ImportScreen([file]))
        await desk.wait_until_idle()
        await desk.press_keys("enter")
        while type(desk.screen).__name__ == "QuestionScreen":
            await desk.press_keys("2")
        await desk.press_keys("ctrl+q")
        assert shows_question(desk, "the import of log.csv", "nothing is saved yet"), desk.text


@pytest.mark.long
async def test_signal_ends_the_app_and_names_what_was_not_saved(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await open_with_typed_text(desk, ("2", "n"), "Brief the clerks")
        desk.app.exit_by_signal(15)
        assert desk.app.return_code == 143
        assert desk.app.closing_message == (
            "Closed by a signal. Not saved: New action: Title. Open the form again to get back what you typed."
        )
