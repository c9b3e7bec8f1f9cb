"""Attendance: who walked in, how often seats and people came, and who counts towards the quorum."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.attendance import Counted, say_quorum
from ahtc_tui.domain.meetings.model import Presence
from ahtc_tui.services import history
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_holding, a_party


@pytest.fixture
def board(workspace: Workspace) -> Workspace:
    """A board with a chair's post, a post that one person holds, a charity and a person as observer."""
    group = a_party(workspace, "Board", "board", kind="group")
    chair = a_party(workspace, "Chair of the Board", "chair", kind="post")
    spoc = a_party(workspace, "SPOC", "spoc", kind="post")
    charity = a_party(workspace, "Charity", "charity")
    holder = a_party(workspace, "Holder of the SPOC", "holder", kind="person")
    officer = a_party(workspace, "Officer of the charity", "officer", kind="person")
    observer = a_party(workspace, "Observer", "observer", kind="person")
    a_party(workspace, "Stand-in", "stand-in", kind="person")
    a_holding(workspace, spoc, holder, from_on="2013-02-01")
    with workspace.database.write("seat the board") as ledger:
        ledger.change("groups", group, {"chair": chair, "quorum": 3})
        ledger.change("people", officer, {"organisation": charity})
        for number, (party, role) in enumerate(((spoc, "member"), (charity, "member"), (observer, "observer"))):
            ledger.add("seats", {"ref": f"board/{number}", "group": group, "party": party, "role": role})
    return workspace


def a_meeting(workspace: Workspace, day: str, **came: str) -> str:
    """A meeting of the board; who came how, "deputy:spoc" for a deputy of the SPOC."""
    ref = meetings.add_meeting(workspace, meeting_draft({"group": "board", "starts": f"{day} 10:00"}, date.max)).ref
    for who, said in came.items():
        state, _colon, other = said.partition(":")
        draft = attendance_draft({"state": state, **({"deputy_for": other} if other else {})})
        attendance.set_attendance(workspace, ref, who.replace("_", "-"), draft)
    return ref


def rates_of(workspace: Workspace, kind: Counted, **asked: date) -> dict[str, tuple[int, int, int]]:
    found = attendance.attendance_rates(workspace, "board", **asked)
    return {row.name: (row.attended, row.of, row.by_deputy) for row in found if row.kind is kind}


def test_a_seat_that_a_deputy_fills_was_there_and_the_person_whose_seat_it_is_was_not(board: Workspace) -> None:
    for day in ("2013-03-01", "2013-06-01"):
        a_meeting(board, day, spoc="apologies", stand_in="deputy:spoc")
    found = {(row.kind, row.name): row for row in attendance.attendance_rates(board)}
    assert found[Counted.SEAT, "SPOC"].rate == 1.0
    assert found[Counted.PERSON, "Holder of the SPOC"].rate == 0.0
    assert rates_of(board, Counted.SEAT)["SPOC"] == (2, 2, 2)
    assert rates_of(board, Counted.PERSON)["Holder of the SPOC"] == (0, 2, 2)
    assert rates_of(board, Counted.DEPUTY) == {"Stand-in": (0, 0, 2)}


def test_a_holder_who_comes_counts_for_post_and_person_whichever_is_marked(board: Workspace) -> None:
    a_meeting(board, "2013-03-01", spoc="present")
    a_meeting(board, "2013-04-01", holder="online")
    a_meeting(board, "2013-05-01", chair="present", holder="apologies")
    assert rates_of(board, Counted.SEAT)["SPOC"] == (2, 3, 0)
    assert rates_of(board, Counted.PERSON)["Holder of the SPOC"] == (2, 3, 0)


def test_an_officer_of_an_organisation_fills_its_seat(board: Workspace) -> None:
    a_meeting(board, "2013-03-01", officer="present")
    assert rates_of(board, Counted.SEAT)["Charity"] == (1, 1, 0)


def test_before_a_person_held_the_post_nobody_was_due_in_person(board: Workspace) -> None:
    a_meeting(board, "2013-01-10", chair="present")
    assert rates_of(board, Counted.SEAT)["SPOC"] == (0, 1, 0)
    assert "Holder of the SPOC" not in rates_of(board, Counted.PERSON)


def test_meetings_called_off_without_attendance_or_outside_the_days_do_not_count(board: Workspace) -> None:
    meetings.cancel_meeting(board, a_meeting(board, "2013-03-01", spoc="apologies"))
    a_meeting(board, "2013-04-01")
    a_meeting(board, "2013-05-01", spoc="present")
    a_meeting(board, "2013-06-01", spoc="absent")
    a_meeting(board, "2014-06-01", spoc="apologies")
    assert rates_of(board, Counted.SEAT)["SPOC"] == (1, 2, 0)
    assert rates_of(board, Counted.SEAT, from_=date(2013, 5, 2))["SPOC"] == (0, 1, 0)
    assert rates_of(board, Counted.SEAT, to=date(2013, 5, 1))["SPOC"] == (1, 1, 0)
    with pytest.raises(NotFound):
        attendance.attendance_rates(board, "no such board")


def test_the_workbook_has_a_table_by_seat_and_one_by_person_with_what_they_are_counted_of(
    board: Workspace, tmp_path: Path
) -> None:
    a_meeting(board, "2013-03-01", spoc="apologies", stand_in="deputy:spoc", officer="present")
    target = tmp_path / "attendance.xlsx"
    assert attendance.export_attendance(board, target, "board", marking=Marking.OFFICIAL_SENSITIVE) == 7
    book = load_workbook(target)
    by_seat = {row[1]: row[2:] for row in book["By seat"].iter_rows(min_row=6, values_only=True)}
    assert by_seat == {
        "Chair of the Board": (0, 1, 0, 0),
        "SPOC": (1, 1, 1, 1),
        "Charity": (1, 1, 1, 0),
        "Observer": (0, 1, 0, 0),
    }
    by_person = {row[1]: row[2:] for row in book["By person"].iter_rows(min_row=6, values_only=True)}
    assert by_person["Holder of the SPOC"] == (0, 1, 0, 1)
    assert by_person["Stand-in (as a deputy)"] == (0, 0, None, 1)
    assert book["By seat"]["A2"].value.startswith("OFFICIAL-SENSITIVE")
    footer: Any = book["By seat"].oddFooter
    assert footer.left.text == "OFFICIAL-SENSITIVE"
    with pytest.raises(Refused):
        attendance.export_attendance(board, target)
    with pytest.raises(BadInput, match=r"written as \.xlsx"):
        attendance.export_attendance(board, tmp_path / "attendance.csv")


def test_seats_with_a_vote_count_towards_the_quorum_and_deputies_do(board: Workspace) -> None:
    ref = a_meeting(board, "2013-12-31", observer="present", stand_in="deputy:spoc", officer="online")
    sitting = live_minutes.sitting(board, ref)
    assert (sitting.quorum, sitting.voting, sitting.waiting) == (3, 2, ("Chair of the Board",))
    assert say_quorum(3, 2) == "quorum 3: 1 short"
    attendance.mark_the_rest(board, ref, attendance_draft({"state": "present"}))
    assert live_minutes.sitting(board, ref).voting == 3
    assert say_quorum(3, 3) == "quorum 3 ✓"


def test_where_seats_are_of_a_class_everybody_present_counts_but_for_those_without_a_vote(board: Workspace) -> None:
    with board.database.write("a class") as ledger:
        (group,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'board'").fetchone()
        ledger.add("seats", {"ref": "board/9", "group": group, "org_class": "police", "role": "member"})
    came = {"observer": "present", "stand_in": "in_attendance", "spoc": "present", "A_constable": "present"}
    assert live_minutes.sitting(board, a_meeting(board, "2013-12-31", **came)).voting == 2


def test_somebody_new_walks_in_and_is_entered_in_one_step(board: Workspace) -> None:
    ref = a_meeting(board, "2013-12-31")
    steps = len(history.list_steps(board))
    draft = attendance_draft({"state": "present"})
    assert not attendance.is_known(board, "Nia Wyn")
    row = attendance.add_walk_in(board, ref, " Nia  Wyn ", draft, "Charity")
    assert (row.name, row.state) == ("Nia Wyn", Presence.PRESENT)
    assert rates_of(board, Counted.SEAT)["Charity"] == (1, 1, 0)
    assert len(history.list_steps(board)) == steps + 1
    with pytest.raises(Refused, match="in the register already"):
        attendance.add_walk_in(board, ref, "Nia Wyn", draft)
    history.undo(board)
    assert not attendance.is_known(board, "Nia Wyn")
    assert meetings.show_meeting(board, ref).attendance == ()
    with pytest.raises(BadInput, match="Say who"):
        attendance.add_walk_in(board, ref, " ", draft)


def test_who_wants_welsh_counts_holders_of_posts_but_not_those_who_stay_away(board: Workspace) -> None:
    with board.database.write("language") as ledger:
        for ref in ("holder", "officer"):
            (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = ?", (ref,)).fetchone()
            ledger.change("people", key, {"language": "cy"})
    ref = a_meeting(board, "2013-12-31")
    assert live_minutes.sitting(board, ref).wants_welsh == 1
    attendance.set_attendance(board, ref, "officer", attendance_draft({"state": "present"}))
    assert live_minutes.sitting(board, ref).wants_welsh == 2
    attendance.set_attendance(board, ref, "spoc", attendance_draft({"state": "apologies"}))
    assert live_minutes.sitting(board, ref).wants_welsh == 1
