"""Agreement in writing, a date that is sought, a person who leaves: what comes after export, counted in keys."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.correspondence import circulation, polls
from ahtc_tui.services.groups.seats import give_seat, list_seats
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_party, query_rows, set_clock
from tests.journeys.hands import Hands
from tests.journeys.test_posts import wait_for_text
from tests.services.correspondence.test_circulation import board, send_seven_answers, write_mail
from tests.tui.conftest import OpenDesk

__all__ = ["board"]


async def open_by_palette(desk: Hands, words: str, shown: str) -> None:
    """Run what the command palette finds for these words."""
    await desk.press_keys("ctrl+p")
    await desk.type_text(words)
    await wait_for_text(desk, shown)
    await desk.press_keys("enter")
    await desk.wait_until_idle()


async def test_minutes_are_circulated_in_4_keys_and_agreed_in_6(
    workspace: Workspace, board: str, narrow: OpenDesk, tmp_path: Path
) -> None:
    async with narrow(workspace) as desk:
        await open_by_palette(desk, "circulate the minutes", "4 . A")
        await desk.press_keys("n")
        await desk.type_text("15 jan 2014")
        await desk.press_keys("ctrl+s")
        assert desk.keys == 4
    assert len(circulation.show_circulation(workspace, board).asked) == 7
    send_seven_answers(tmp_path / "in")
    later = set_clock(workspace, "2014-01-20")
    async with narrow(later) as desk:
        await open_by_palette(desk, "circulate the minutes", "4 . A")
        await desk.press_keys("i")
        await desk.type_text(str(tmp_path / "in"))
        await desk.press_keys("ctrl+s")
        assert "Judge" in desk.text
        await desk.press_keys("d", "y")
        assert desk.keys == 6
    assert str(lifecycle.show_minutes_state(later, board)) == "Agreed by correspondence on 20 January 2014"


async def test_a_date_is_found_in_7_keys(workspace: Workspace, board: str, narrow: OpenDesk, tmp_path: Path) -> None:
    options = [f"{day} feb 2014 10:00" for day in (4, 5, 6, 11, 12, 13)]
    ref = polls.add_poll(workspace, "board", "Training day", options, tmp_path / "out").ref
    for n in range(1, 6):
        write_mail(tmp_path / "in", str(n), f"m{n}@example.org", "1 no\n2 yes")
    async with narrow(workspace) as desk:
        await open_by_palette(desk, "find a date for a meeting", "4 . f")
        await desk.press_keys("i")
        await desk.type_text(str(tmp_path / "in"))
        await desk.press_keys("ctrl+s", "down", "y", "y")
        assert desk.keys == 7
    chosen = polls.show_poll(workspace, ref)
    assert chosen.meeting


async def test_everything_that_a_person_holds_passes_on_in_7_keys(wales: Workspace, narrow: OpenDesk) -> None:
    (bawso,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0]
    for name in ("A Colleague", "The Next"):
        person = make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        with wales.database.write("organisation") as ledger:
            ledger.update("people", person, {"organisation": bawso})
    ref = make_action(wales, "Write to the boards", lead="a-colleague").ref
    give_seat(wales, "leadership-group", "a-colleague", build_seat_draft({}, TODAY))
    async with narrow(wales) as desk:
        await open_by_palette(desk, "a colleague", "A Colleague")
        await desk.press_keys(".", "X", "ctrl+s", "y", "d")
        assert desk.keys == 7
    assert show_action(wales, ref).row.lead == "The Next"
    members = {seat.member: str(seat.to_on or "") for seat in list_seats(wales, "leadership-group")}
    assert (members["A Colleague"], members["The Next"]) == ("31 December 2013", "")
