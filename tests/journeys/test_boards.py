"""Own seats, the membership matrix and the map of fora, each in few keys."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.drafts.contacts import ContactDraft
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.workspace import Workspace
from tests.journeys.conftest import Wording
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


async def wait_for_toast(desk: Hands, words: str) -> None:
    """Wait until a toast contains the words."""
    for _round in range(200):
        if desk.toasts and words in desk.toasts[-1]:
            return
        await desk.pilot.pause(0.01)
    raise AssertionError(f"Nobody says {words!r}: {desk.toasts}")


@pytest.mark.long
async def test_a_brief_for_a_board_takes_3_keys(
    wales: Workspace, either: OpenDesk, tmp_path: Path, wording: Wording
) -> None:
    async with either(wales) as desk:
        await desk.press_keys("5", "v")
        screen_text = " ".join(desk.text.split())
        assert (
            wording(
                "10 seats: 6 on UK boards and groups, 1 ministerial with Lesley Griffiths",
                "10 sedd: 6 ar fyrddau a grwpiau'r DU, 1 yn weinidogol gyda Lesley Griffiths",
            )
            in screen_text
        )
        action = wording(
            "DP-33 Attend the Inter-Departmental Ministerial Group with the Minister",
            "DP-33 Mynd gyda'r Gweinidog i'r Grŵp Gweinidogol Rhyngadrannol",
        )
        assert action in screen_text
        assert len(desk.rows) == 10
        await desk.press_keys("x")
        assert desk.keys == 3
        file_name = wording("Saved: exports/2013-12-31 Brief, Inter-Departmental", "Cadwyd: exports/2013-12-31 ")
        assert file_name in desk.toasts[-1]
        await desk.press_keys("enter")
        assert desk.screen.list_pane.highlighted.ref == "idmg"
    (brief,) = (tmp_path / "office" / "exports").iterdir()
    page = docx.Document(str(brief))
    brief_text = "\n".join(line.text for line in page.paragraphs)
    our_seat = wording(
        "Our seat: In attendance, held by Stephen Chapman, with Lesley Griffiths",
        "Ein sedd: Hefyd yn bresennol, Stephen Chapman yw'r deiliad, gyda Lesley Griffiths",
    )
    assert our_seat in brief_text
    assert wording("Other members (8)", "Aelodau eraill (8)") in brief_text
    rows = [[cell.text for cell in row.cells] for table in page.tables for row in table.rows]
    assert [row[0] for row in rows if row[0].startswith("DP-")] == ["DP-33"]
    assert all(row[3] for row in rows if len(row) == 4), "a figure without its source"


@pytest.mark.long
async def test_the_narrow_matrix_scrolls(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("5", ".", "m")
        assert "groups 1 to 8 of 22" in desk.text
        assert "Gwent Police" in desk.text
        head = desk.text.splitlines()[2]
        assert head.split()[1:4] == ["PSLG", "LG", "FC"]
        await desk.press_keys("right")
        assert "groups 9 to 16 of 22" in desk.text
        await desk.press_keys("right", "left", "left", "left")
        assert "groups 1 to 8 of 22" in desk.text
        await desk.press_keys("enter")
        assert desk.screen.list_pane.highlighted.ref == "leadership-group"


@pytest.mark.long
async def test_the_wide_matrix_names_the_groups_under_it(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("5", ".", "m")
        assert "LG Wales Anti Human Trafficking Leadership Group" in desk.text
        await desk.press_keys("escape")
        assert desk.screen.noun == "groups"


async def test_the_map_names_the_area_without_a_forum(wales: Workspace, either: OpenDesk) -> None:
    with wales.database.write("close") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'forum-dyfed-powys'").fetchone()
        ledger.update("groups", key, {"state": "closed"})
    async with either(wales) as desk:
        await desk.press_keys("5", ".", "w")
        assert "without a forum: Dyfed-Powys" in desk.text
        assert "In no forum area: Merthyr Tydfil" in desk.text
        assert "Newport City Council" in desk.text
        await desk.press_keys("end", "enter")
        assert "Dyfed-Powys   no forum" in desk.text


@pytest.mark.long
async def test_a_seat_is_given_renewed_and_ended_on_the_screen(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("5")
        desk.screen.select_record("cross-party-group")
        await desk.wait_until_idle()
        await desk.press_keys(".", "s", "n")
        await desk.type_text("baws")
        await desk.press_keys("enter", "tab", "tab", "tab")
        await desk.type_text("2014")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "Seat added")
        await desk.press_keys("end", ".", "r")
        await desk.type_text("2016")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "term 2")
        await desk.press_keys("d")
        await desk.type_text("jun 2014")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "ends on June 2014")
    terms = [(seat.term, str(seat.to_on)) for seat in list_seats(wales, "cross-party-group") if seat.member == "Bawso"]
    assert sorted(terms) == [(1, "June 2014"), (2, "2016")]


async def test_a_rename_of_a_group_names_the_posts_that_are_renamed_with_it(wales: Workspace, wide: OpenDesk) -> None:
    add_contact(wales, ContactDraft(name="Secretariat, Cross Party Group on Human Trafficking", kind=PartyKind.POST))
    async with wide(wales) as desk:
        await desk.press_keys("5")
        desk.screen.select_record("cross-party-group")
        await desk.wait_until_idle()
        await desk.press_keys(".", "r")
        await desk.type_text("Cross Party Group on Slavery")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "renamed")
        assert "named after it is Secretariat, Cross Party Group on Slavery from then on." in desk.toasts[-1]


@pytest.mark.long
async def test_a_group_is_created_edited_and_renamed_by_form(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("5", "n")
        await desk.type_text("L [/x]")
        await desk.press_keys("ctrl+s")
        assert desk.toasts[-1].startswith("L [/x] added")
        desk.screen.select_record("l-x")
        await desk.wait_until_idle()
        await desk.press_keys("e", "tab")
        await desk.type_text("PF")
        await desk.press_keys("ctrl+s", ".", "r")
        await desk.type_text("LP")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "renamed")
    card = show_group(wales, "l [/x]")
    assert (card.row.name, card.row.short) == ("LP", "PF")
    assert card.renames == ("L [/x] (until 30 December 2013)",)
