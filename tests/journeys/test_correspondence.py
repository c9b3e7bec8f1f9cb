"""Agreement in writing, a date that is sought, a person who leaves: what comes after export, counted in keys."""

from __future__ import annotations

from pathlib import Path

from textual.events import Paste

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


async def drop_folder(desk: Hands, folder: Path) -> None:
    """Drop a folder on the terminal, which pastes its path."""
    desk.app.screen.post_message(Paste(str(folder)))
    await desk.wait_until_idle()


async def test_minutes_are_circulated_and_agreed_in_3_keys_each(
    workspace: Workspace, board: str, narrow: OpenDesk, tmp_path: Path
) -> None:
    async with narrow(workspace) as desk:
        await open_by_palette(desk, "circulate the minutes", "4 . A")
        await desk.type_text("15 jan 2014")
        await desk.press_keys("ctrl+s")
        assert desk.keys == 3
    assert len(circulation.show_circulation(workspace, board).asked) == 7
    send_seven_answers(tmp_path / "in")
    later = set_clock(workspace, "2014-01-20")
    async with narrow(later) as desk:
        await open_by_palette(desk, "circulate the minutes", "4 . A")
        await drop_folder(desk, tmp_path / "in")
        assert "Judge" in desk.text
        await desk.press_keys("y")
        assert desk.keys == 3
    assert str(lifecycle.show_minutes_state(later, board)) == "Agreed by correspondence on 20 January 2014"


async def test_a_date_is_sought_in_4_keys_and_found_in_3(
    workspace: Workspace, board: str, narrow: OpenDesk, tmp_path: Path
) -> None:
    async with narrow(workspace) as desk:
        await open_by_palette(desk, "find a date for a meeting", ". f")
        await desk.type_text("board")
        await desk.press_keys("tab")
        await desk.type_text("\n".join(f"{day} feb 2014 10:00" for day in (4, 5, 6, 11, 12, 13)))
        await desk.press_keys("ctrl+s")
        assert desk.keys == 4
    (poll,) = polls.list_polls(workspace)
    assert len(poll.options) == 6
    for n in range(1, 6):
        write_mail(tmp_path / "in", str(n), f"m{n}@example.org", "1 no\n2 yes")
    async with narrow(workspace) as desk:
        await open_by_palette(desk, "find a date for a meeting", ". f")
        await drop_folder(desk, tmp_path / "in")
        await desk.press_keys("y")
        assert desk.keys == 3
    chosen = polls.show_poll(workspace, poll.ref)
    assert chosen.meeting
    assert chosen.options[1].yes == 5


async def test_everything_that_a_person_holds_passes_on_in_4_keys(wales: Workspace, narrow: OpenDesk) -> None:
    (bawso,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0]
    for name in ("A Colleague", "The Next"):
        person = make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        with wales.database.write("organisation") as ledger:
            ledger.update("people", person, {"organisation": bawso})
    ref = make_action(wales, "Write to the boards", lead="a-colleague").ref
    give_seat(wales, "leadership-group", "a-colleague", build_seat_draft({}, TODAY))
    async with narrow(wales) as desk:
        await open_by_palette(desk, "departing person", "6 . X")
        await desk.type_text("A Colleague")
        await desk.press_keys("ctrl+s")
        assert "The Next" in desk.text
        await desk.press_keys("d")
        assert desk.keys == 4
    assert show_action(wales, ref).row.lead == "The Next"
    members = {seat.member: str(seat.to_on or "") for seat in list_seats(wales, "leadership-group")}
    assert (members["A Colleague"], members["The Next"]) == ("31 December 2013", "")
