"""Random edits of the same records in two windows, on the command line, in returns and in minutes."""

from __future__ import annotations

from contextlib import nullcontext
from logging import getLogger
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.meetings.service import list_meetings
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.database import Database
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from tests.builders import TODAY, make_line, make_minuted_meeting
from tests.journeys.hands import open_desk
from tests.journeys.two_windows import Office, Records, Window

EDITS = ("form", "command", "line", "return")
"""What counts as an edit: each is one step of the journal."""
MANY = 800
"""Edits of the long round, 40 for each record."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("count", "seed"),
    [(60, 60), (MANY, 2000)],
)
async def test_no_value_is_replaced_unseen(wales: Workspace, tmp_path: Path, count: int, seed: int) -> None:
    office = await edit_at_random(wales, tmp_path, count, seed)
    getLogger(__name__).info("%s, %d values replaced", dict(office.counts), office.journal.replaced)
    assert not office.journal.unseen
    assert not office.journal.list_lost()
    assert office.journal.replaced > count / 2
    assert all(office.counts[name] for name in (*EDITS, "questions"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_two_windows_on_one_record_show_both_values_of_a_field(wales: Workspace, size: tuple[int, int]) -> None:
    other = open_workspace(wales.root, TODAY)
    ref = "DP-08"
    async with open_desk(wales, size) as first, open_desk(other, size) as second:
        for desk in (first, second):
            await desk.press_keys("2", "/")
            await desk.type_text(ref)
            await desk.press_keys("enter", "e", "end")
        await second.type_text(" in Welsh")
        await second.press_keys("ctrl+s")
        assert f"{ref}" in second.toasts[-1]
        await first.type_text(" in full")
        await first.press_keys("ctrl+s")
        assert isinstance(first.screen, OverwriteQuestion)
        for words in ("services review in Welsh", "services review in full"):
            assert words in " ".join(first.text.replace("▌", " ").split())
        await first.press_keys("escape", "escape")
    other.close()
    assert show_action(wales, ref).row.title == "Publish the findings of the services review in Welsh"


@pytest.mark.long
async def test_forms_that_write_every_field_are_found_out(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FormScreen, "select_changed", lambda _form, values: values)
    monkeypatch.setattr(Database, "check_writes", lambda _database, _seen: nullcontext())
    office = await edit_at_random(wales, tmp_path, 150, 150)
    assert any(unseen.writer.endswith("Form") for unseen in office.journal.unseen)


async def edit_at_random(wales: Workspace, folder: Path, count: int, seed: int) -> Office:
    """Let all writers take turns until they have made `count` edits."""
    records = choose_records(wales)
    second = open_workspace(wales.root, TODAY)
    windows = Window("first", wales), Window("second", second)
    async with windows[0].run_test() as first_pilot, windows[1].run_test() as second_pilot:
        office = Office(seed, list(zip(windows, (first_pilot, second_pilot), strict=True)), records, folder)
        while sum(office.counts[name] for name in EDITS) < count:
            await office.take_turn()
    second.close()
    return office


def choose_records(workspace: Workspace) -> Records:
    """Return 20 records: 16 actions, two of which come from lines of minutes, two meetings and two contacts."""
    minuted = make_minuted_meeting(workspace)
    make_line(workspace, minuted, "a: Write to the boards @bawso due end feb", 1)
    refs = [row.ref for row in list_actions(workspace, ActionFilter())]
    outcomes = [ref for ref in refs if "/" in ref]
    meetings = [row.ref for row in list_meetings(workspace) if row.ref != minuted and not row.recurrence]
    actions = (*refs[: 16 - len(outcomes)], *outcomes)
    return Records(actions, (meetings[0], meetings[1]), ("gwent-police", "bawso"), minuted)
