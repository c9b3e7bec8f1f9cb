"""Attendance: who walked in, how often seats and people came, and who counts towards the quorum."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.attendance import Counted
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services import attendance, meetings
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
