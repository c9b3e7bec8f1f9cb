"""Before a meeting: the meeting pack in two keys where the meeting is in the diary, else in eight."""

from __future__ import annotations

from pathlib import Path

import docx
import icalendar
import pytest
from python_calamine import CalamineWorkbook

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.services.meetings import agenda_template
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.conftest import Wording
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_a_meeting_is_added_and_its_pack_written_in_eight_keys(
    wales: Workspace, wide: OpenDesk, wording: Wording
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", "n")
        await desk.type_text("lg")
        await desk.press_keys("tab", "tab")
        await desk.type_text(wording("11 feb 2014", "11 chwef 2014"))
        await desk.press_keys("tab")
        await desk.type_text("10:00")
        await desk.press_keys("tab")
        await desk.type_text("120")
        await desk.press_keys("ctrl+s")
        await desk.press_keys("p")
        assert desk.keys == 8
        toast = desk.toasts[-1]
        assert wording("28 open actions", "28 cam gweithredu agored") in toast
        assert wording("3 invitees have no address", "Nid oes cyfeiriad gan 3 o'r gwahoddedigion") in toast
        card = " ".join(desk.card.split())
        assert wording("Tuesday 28 January 2014", "dydd Mawrth 28 Ionawr 2014") in card
        assert wording("Monday 3 February 2014", "dydd Llun 3 Chwefror 2014") in card
        assert wording("Tuesday 25 February 2014", "dydd Mawrth 25 Chwefror 2014") in card
    check_folder(next(wales.exports.iterdir()), wording, has_agenda=False)


@pytest.mark.long
async def test_the_pack_of_a_meeting_in_the_diary_takes_two_keys(
    wales: Workspace, either: OpenDesk, wording: Wording
) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-02-11 10:00", "minutes": "120"}, TODAY)
    agenda_template.apply_template(wales, add_meeting(wales, draft).ref)
    async with either(wales) as desk:
        await desk.press_keys("4", "p")
        assert desk.keys == 2
        assert wording("28 open actions", "28 cam gweithredu agored") in desk.toasts[-1]
    check_folder(next(wales.exports.iterdir()), wording, has_agenda=True)


def check_folder(folder: Path, wording: Wording, *, has_agenda: bool) -> None:
    """Check the files of the pack and the content of its note; an export adds no agenda to a meeting without one."""
    group = wording("Wales Anti Human Trafficking Leadership Group", "Grŵp Arwain Atal Masnachu mewn Pobl")
    assert folder.name == f"2014-02-11 {wording('Meeting pack', 'Pecyn cyfarfod')}, {group}"
    names = {
        "agenda": f"2014-02-11 Agenda, {group}.docx",
        "sheet": wording(f"2014-02-11 Attendance sheet, {group}.docx", f"2014-02-11 Taflen bresenoldeb, {group}.docx"),
        "invite": wording(f"2014-02-11 Calendar entry, {group}.ics", f"2014-02-11 Cofnod calendr, {group}.ics"),
        "plates": wording(f"2014-02-11 Name plates, {group}.docx", f"2014-02-11 Platiau enw, {group}.docx"),
        "note": wording(f"2014-02-11 Covering note, {group}.md", f"2014-02-11 Nodyn eglurhaol, {group}.md"),
        "log": wording(f"2014-02-11 Open actions, {group}.xlsx", f"2014-02-11 Camau gweithredu agored, {group}.xlsx"),
    }
    assert {path.name for path in folder.iterdir()} == set(names.values())
    files = {kind: folder / name for kind, name in names.items()}
    note = files["note"].read_text(encoding="utf-8")
    assert wording("Contacts without an address: 24 of 32", "heb gyfeiriad: 24 o 32") in note
    assert (
        "Jeff Farrar"
        in note.split(wording("Invited, but no address: 3 of 3", "Gwahoddwyd, ond heb gyfeiriad: 3 o 3"))[1].split(
            "##"
        )[0]
    )
    check_files_in_other_programs(files, wording, has_agenda=has_agenda)


def check_files_in_other_programs(files: dict[str, Path], wording: Wording, *, has_agenda: bool) -> None:
    """Read agenda, open actions and invitation with the libraries of Word, Excel and calendars."""
    page = docx.Document(str(files["agenda"]))
    items = [row.cells[1].text for table in page.tables for row in table.rows]
    assert bool(items) is has_agenda
    if has_agenda:
        assert items[0] == wording("Item", "Eitem")
        assert items[4:6] == [
            wording("Minutes of the last meeting", "Cofnodion y cyfarfod diwethaf"),
            wording("Matters arising", "Materion yn codi"),
        ]
    sheet = CalamineWorkbook.from_path(str(files["log"])).get_sheet_by_index(0).to_python()
    open_actions = [(str(row[2]), str(row[4]) or "~") for row in sheet if str(row[0]).startswith("DP-")]
    assert len(open_actions) == 28
    assert open_actions == sorted(open_actions, key=lambda row: (row[0], row[1].lower()))
    event = icalendar.Calendar.from_ical(files["invite"].read_bytes()).walk("VEVENT")[0]
    assert event["DTSTART"].to_ical() == b"20140211T100000"
