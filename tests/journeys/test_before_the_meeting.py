"""Before the Leadership Group: from nothing to one folder with everything that goes out, in at most twelve keys."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.services.meetings import show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import Sitting


async def test_the_pack_of_the_leadership_group_takes_twelve_keys(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("4", "n")
        await desk.type("lg")
        await desk.press("enter", "tab", "tab")
        await desk.type("11 feb 2014")
        await desk.press("tab")
        await desk.type("10:00")
        await desk.press("tab")
        await desk.type("120")
        await desk.press("ctrl+s")
        await desk.press("p")
        assert desk.keys <= 12
        said = desk.toasts[-1]
        assert "28 actions not done" in said
        assert "3 of those invited have no address" in said
        for day in ("Tuesday 28 January 2014", "Monday 3 February 2014", "Tuesday 25 February 2014"):
            assert day in desk.card
        assert "AGENDA  7" in desk.card
    look_into(next(wales.exports.iterdir()), wales)


def look_into(folder: Path, wales: Workspace) -> None:
    """What lies in the folder, and what its note says."""
    ref = show_meeting(wales, folder.name.removeprefix("pack-")).row.ref
    assert sorted(path.name for path in folder.iterdir()) == [
        f"agenda-{ref}.docx",
        f"invite-{ref}.ics",
        f"note-{ref}.md",
        f"open-actions-{ref}.xlsx",
    ]
    note = (folder / f"note-{ref}.md").read_text(encoding="utf-8")
    assert "Contacts in the register without an address: 21 of 29" in note
    assert "Jeff Farrar" in note.split("Invited, but no address: 3 of 3")[1].split("##")[0]
