"""In an empty workspace every mode names the keys that add the first record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ahtc_tui.domain.settings.parser import OfficeSettings
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import make_party
from tests.tui.conftest import OpenDesk

FIRST_HINTS = {
    "2": "Nothing open. Press n to add an action",
    "3": "No objectives yet.",
    "4": "No meetings yet. Press n to add one",
    "5": "There are no groups yet.",
    "6": "There are no contacts yet.",
    "7": "There is no evidence yet.",
}


async def test_every_empty_mode_shows_its_first_key(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as desk:
        assert "Add the first action" in desk.text
        for mode, words in FIRST_HINTS.items():
            await desk.press_keys(mode)
            assert words in desk.text
        await desk.press_keys("2", ".", "a")
        assert "No closed actions. Press . and a to show all." in desk.text
        await desk.press_keys("/")
        await desk.type_text("zzz")
        assert "Nothing matches. Press esc to clear the filter." in desk.text
        await desk.press_keys("escape", "4", ".", "D")
        assert "No decisions yet." in desk.text


EMPTY_LISTS = {
    "conflicts": ((".", "C"), {"o", "t", "e", "enter"}),
    "hub": ((".", "S"), {"s", "enter"}),
    "milestones": (("3", ".", "m"), {"e", "d", "delete", "enter"}),
    "calendar": (("4", ".", "M"), {"+-", "enter"}),
    "decisions": (("4", ".", "D"), {"e", "enter"}),
    "our seats": (("5", "v"), {"x", "enter"}),
    "duplicates": (("6", ".", "D"), {"b", "enter"}),
    "practices": (("7", ".", "m"), {"enter", "e", "w", "s", "o"}),
    "texts to translate": (("8", ".", "W"), {"e", "enter"}),
    "commissions": (("8", ".", "o"), {"w", "e", "c", "x", "enter"}),
    "backups": (("8", ".", "B"), {"r", "enter"}),
}
"""Keys to lists that are empty in an empty workspace, and the keys of their hints that need a row."""


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", EMPTY_LISTS)
async def test_the_hints_of_an_empty_list_name_no_key_that_needs_a_row(
    workspace: Workspace, wide: OpenDesk, name: str
) -> None:
    route, row_keys = EMPTY_LISTS[name]
    async with wide(workspace) as desk:
        await desk.press_keys(*route)
        await desk.wait_until_idle()
        assert not row_keys & {hint.key_label for hint in desk.screen.query_one(Hints)._list_active_hints()}


async def test_an_empty_part_of_a_list_denies_nothing_that_is_in_the_other_parts(
    workspace: Workspace, wide: OpenDesk
) -> None:
    make_party(workspace, "Head of training", "head", kind="post")
    async with wide(workspace) as desk:
        await desk.press_keys("6", "v")
        assert "There are no organisations yet. Press n to add one." in desk.text
        await desk.press_keys("7", ".", "o")
        assert "Every open recommendation has an action. Press . and o for all evidence." in desk.text


async def test_the_step_of_the_seats_opens_those_of_the_group(workspace: Workspace, narrow: OpenDesk) -> None:
    make_party(workspace, "Bawso", "bawso")
    make_party(workspace, "Forum", "forum", kind="group")
    async with narrow(workspace) as desk:
        await desk.press_keys("down", "down", "down", "enter")
        assert "There are no seats yet. Press n to add one." in desk.text


async def test_the_first_open_step_is_selected_when_the_desk_opens(workspace: Workspace, narrow: OpenDesk) -> None:
    workspace = replace(workspace, office=OfficeSettings("Office", email="office@example.org"))
    async with narrow(workspace) as desk:
        selected = desk.screen.query_one(RecordList).highlighted
        assert selected is not None
        assert selected.ref == "contacts"


async def test_a_letter_chooses_an_option_and_runs_no_command_of_the_screen_below(
    workspace: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys("6", "n", "o")
        assert "Organisation " in next(line for line in desk.text.splitlines() if "Kind *" in line)
        await desk.press_keys("p", "p", "e", "q", "x")
        assert "Post " in next(line for line in desk.text.splitlines() if "Kind *" in line)
        assert not desk.toasts


async def test_a_first_step_is_marked_as_done(workspace: Workspace, narrow: OpenDesk) -> None:
    make_party(workspace, "Forum", "forum", kind="group")
    async with narrow(workspace) as desk:
        assert [line.rstrip().endswith("done") for line in desk.text.splitlines() if "Add a board" in line] == [True]


@pytest.mark.long
async def test_the_tour_goes_through_six_modes(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        desk.app.action_tour()
        for number in range(1, 7):
            await desk.pilot.pause()
            await desk.wait_until_idle()
            assert f"Step {number} of 6" in desk.text
            await desk.press_keys("enter")
        await desk.wait_until_idle()
        assert "Step" not in desk.text
        assert desk.screen.noun == "today"


async def test_the_step_to_import_is_done_until_the_import_is_undone(
    workspace: Workspace, narrow: OpenDesk, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Action,Due\nShare the guidance,31/03/2014\n", encoding="utf-8")
    apply_actions_import(workspace, [log])
    async with narrow(workspace) as desk:
        await desk.press_keys("1")
        assert is_import_done(desk.text)
        undo_step(workspace)
        desk.app.changed.publish(None)
        await desk.wait_until_idle()
        assert not is_import_done(desk.text)
        with workspace.database.write("import actions: typed by hand") as ledger:
            ledger.add("aims", {"ref": "1", "text": "Prevent"})
        desk.app.changed.publish(None)
        await desk.wait_until_idle()
        assert not is_import_done(desk.text)


def is_import_done(text: str) -> bool:
    """Return whether the step to import is marked as done."""
    (line,) = (line for line in text.splitlines() if "Import an action log" in line)
    return line.rstrip().endswith("done")
