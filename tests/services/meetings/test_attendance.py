"""Tests of attendance: walk-ins, rates of seats and people, and the quorum."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.attendance import RateSubject, format_quorum
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.services import history
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_holding, make_party, set_clock


@pytest.fixture
def board(workspace: Workspace) -> Workspace:
    """A board with the post of its chair, a post with a holder, a charity, and a person as observer."""
    group = make_party(workspace, "Board", "board", kind="group")
    chair = make_party(workspace, "Chair of the Board", "chair", kind="post")
    spoc = make_party(workspace, "SPOC", "spoc", kind="post")
    charity = make_party(workspace, "Charity", "charity")
    holder = make_party(workspace, "Holder of the SPOC", "holder", kind="person")
    officer = make_party(workspace, "Officer of the charity", "officer", kind="person")
    observer = make_party(workspace, "Observer", "observer", kind="person")
    make_party(workspace, "Stand-in", "stand-in", kind="person")
    make_holding(workspace, spoc, holder, from_on="2013-02-01")
    with workspace.database.write("seat the board") as ledger:
        ledger.update("groups", group, {"chair": chair, "quorum": 3})
        ledger.update("people", officer, {"organisation": charity})
        for number, (party, role) in enumerate(((spoc, "member"), (charity, "member"), (observer, "observer"))):
            ledger.add("seats", {"ref": f"board/{number}", "group": group, "party": party, "role": role})
    return workspace


def add_test_meeting(workspace: Workspace, day: str, **attendances: str) -> str:
    """Add a meeting of the board with attendance; "deputy:spoc" is a deputy of the SPOC."""
    ref = meetings.add_meeting(
        workspace, build_meeting_draft({"group": "board", "starts": f"{day} 10:00"}, date(2013, 12, 31))
    ).ref
    for name, text in attendances.items():
        state, _colon, deputy_for = text.partition(":")
        draft = build_attendance_draft({"state": state, **({"deputy_for": deputy_for} if deputy_for else {})})
        attendance.set_attendance(workspace, ref, name.replace("_", "-"), draft)
    return ref


def list_rates(workspace: Workspace, kind: RateSubject, **options: date) -> dict[str, tuple[int, int, int]]:
    rates = attendance.list_attendance_rates(workspace, "board", **options)
    return {row.name: (row.attended, row.of, row.by_deputy) for row in rates if row.kind is kind}


def test_a_deputy_counts_for_the_seat_and_not_for_the_person(board: Workspace) -> None:
    for day in ("2013-03-01", "2013-06-01"):
        add_test_meeting(board, day, spoc="apologies", stand_in="deputy:spoc")
    rates = {(row.kind, row.name): row for row in attendance.list_attendance_rates(board)}
    assert rates[RateSubject.SEAT, "SPOC"].rate == 1.0
    assert rates[RateSubject.PERSON, "Holder of the SPOC"].rate == 0.0
    assert list_rates(board, RateSubject.SEAT)["SPOC"] == (2, 2, 2)
    assert list_rates(board, RateSubject.PERSON)["Holder of the SPOC"] == (0, 2, 2)
    assert list_rates(board, RateSubject.DEPUTY) == {"Stand-in": (0, 0, 2)}


def test_attendance_counts_for_post_and_holder(board: Workspace) -> None:
    add_test_meeting(board, "2013-03-01", spoc="present")
    add_test_meeting(board, "2013-04-01", holder="online")
    add_test_meeting(board, "2013-05-01", chair="present", holder="apologies")
    assert list_rates(board, RateSubject.SEAT)["SPOC"] == (2, 3, 0)
    assert list_rates(board, RateSubject.PERSON)["Holder of the SPOC"] == (2, 3, 0)


def test_an_officer_of_an_organisation_fills_its_seat(board: Workspace) -> None:
    add_test_meeting(board, "2013-03-01", officer="present")
    assert list_rates(board, RateSubject.SEAT)["Charity"] == (1, 1, 0)


def test_the_seats_of_a_kind_of_body_are_counted_together(board: Workspace) -> None:
    add_test_meeting(board, "2013-03-01", officer="present")
    add_test_meeting(board, "2013-04-01", spoc="present")
    assert list_rates(board, RateSubject.BODY) == {"NGO": (1, 2, 0)}
    (rate,) = [row for row in attendance.list_attendance_rates(board) if row.kind is RateSubject.BODY]
    assert rate.last_on == date(2013, 3, 1)


def test_a_seat_without_any_record_has_no_rate(board: Workspace) -> None:
    add_test_meeting(board, "2013-03-01", spoc="absent")
    rates = {row.name: row for row in attendance.list_attendance_rates(board) if row.kind is RateSubject.SEAT}
    assert [(rates[name].recorded, rates[name].rate) for name in ("SPOC", "Charity")] == [(1, 0.0), (0, None)]


def test_the_unfilled_seat_of_an_organisation_gives_way_to_those_of_its_people(board: Workspace) -> None:
    give_seat(board, "board", "officer", build_seat_draft({}, date(2013, 1, 1)))
    add_test_meeting(board, "2013-03-01", officer="present", charity="absent")
    assert "Charity" not in list_rates(board, RateSubject.SEAT)
    assert list_rates(board, RateSubject.BODY) == {"NGO": (1, 1, 0)}
    add_test_meeting(board, "2013-04-01", officer="absent", charity="present")
    assert list_rates(board, RateSubject.SEAT)["Charity"] == (1, 2, 0)


def test_meetings_before_the_holding_do_not_count_for_the_person(board: Workspace) -> None:
    add_test_meeting(board, "2013-01-10", chair="present")
    assert list_rates(board, RateSubject.SEAT)["SPOC"] == (0, 1, 0)
    assert "Holder of the SPOC" not in list_rates(board, RateSubject.PERSON)


def test_only_held_meetings_within_the_period_count(board: Workspace) -> None:
    meetings.cancel_meeting(board, add_test_meeting(board, "2013-03-01", spoc="apologies"))
    add_test_meeting(board, "2013-04-01")
    add_test_meeting(board, "2013-05-01", spoc="present")
    add_test_meeting(board, "2013-06-01", spoc="absent")
    add_test_meeting(board, "2014-06-01", spoc="apologies")
    assert list_rates(board, RateSubject.SEAT)["SPOC"] == (1, 2, 0)
    assert list_rates(board, RateSubject.SEAT, from_=date(2013, 5, 2))["SPOC"] == (0, 1, 0)
    assert list_rates(board, RateSubject.SEAT, to=date(2013, 5, 1))["SPOC"] == (1, 1, 0)
    with pytest.raises(NotFound):
        attendance.list_attendance_rates(board, "no such board")


def test_the_workbook_has_rates_by_seat_and_by_person(board: Workspace, tmp_path: Path) -> None:
    add_test_meeting(board, "2013-03-01", spoc="apologies", stand_in="deputy:spoc", officer="present")
    target = tmp_path / "attendance.xlsx"
    assert attendance.export_attendance(board, target, "board", marking=Marking.OFFICIAL_SENSITIVE) == 8
    book = load_workbook(target)
    by_seat = {row[1]: row[2:] for row in book["By seat"].iter_rows(min_row=6, values_only=True)}
    assert by_seat == {
        "Chair of the Board": (0, 1, 0, 0),
        "SPOC": (1, 1, 1, 1),
        "Charity": (1, 1, 1, 0),
        "Observer": (None, 1, None, 0),
    }
    (by_body,) = [row[1:] for row in book["By kind of body"].iter_rows(min_row=6, values_only=True)]
    assert by_body == ("NGO", 1, 1, 1, 0)
    by_person = {row[1]: row[2:] for row in book["By person"].iter_rows(min_row=6, values_only=True)}
    assert by_person["Holder of the SPOC"] == (0, 1, 0, 1)
    assert by_person["Stand-in (as a deputy)"] == (0, 0, None, 1)
    assert book["By seat"]["A2"].value.startswith("OFFICIAL-SENSITIVE")
    footer: Any = book["By seat"].oddFooter
    assert footer.left.text == "OFFICIAL-SENSITIVE"
    with pytest.raises(Refused):
        attendance.export_attendance(board, target)
    with pytest.raises(BadInput, match=r"end in \.xlsx"):
        attendance.export_attendance(board, tmp_path / "attendance.csv")


def test_voting_seats_and_their_deputies_count_towards_the_quorum(board: Workspace) -> None:
    ref = add_test_meeting(board, "2013-12-31", observer="present", stand_in="deputy:spoc", officer="online")
    sitting = live_minutes.show_live_meeting(board, ref)
    assert (sitting.quorum, sitting.voting, sitting.waiting) == (3, 2, ("Chair of the Board",))
    assert format_quorum(3, 2) == "quorum 3: 1 short"
    attendance.mark_remaining(board, ref, build_attendance_draft({"state": "present"}))
    assert live_minutes.show_live_meeting(board, ref).voting == 3
    assert format_quorum(3, 3) == "quorum 3 ✓"


def test_with_class_seats_everybody_with_a_vote_counts(board: Workspace) -> None:
    with board.database.write("a class") as ledger:
        (group,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'board'").fetchone()
        ledger.add("seats", {"ref": "board/9", "group": group, "org_class": "police", "role": "member"})
    attendances = {"observer": "present", "stand_in": "in_attendance", "spoc": "present", "A_constable": "present"}
    assert live_minutes.show_live_meeting(board, add_test_meeting(board, "2013-12-31", **attendances)).voting == 2


def test_a_walk_in_is_registered_in_one_step(board: Workspace) -> None:
    ref = add_test_meeting(board, "2013-12-31")
    steps = len(history.list_steps(board))
    draft = build_attendance_draft({"state": "present"})
    assert not attendance.is_registered(board, "Nia Wyn")
    row = attendance.add_walk_in(board, ref, " Nia  Wyn ", draft, "Charity")
    assert (row.name, row.state) == ("Nia Wyn", Presence.PRESENT)
    assert list_rates(board, RateSubject.SEAT)["Charity"] == (1, 1, 0)
    assert len(history.list_steps(board)) == steps + 1
    with pytest.raises(Refused, match="in the register already"):
        attendance.add_walk_in(board, ref, "Nia Wyn", draft)
    history.undo_step(board)
    assert not attendance.is_registered(board, "Nia Wyn")
    assert meetings.show_meeting(board, ref).attendance == ()
    with pytest.raises(BadInput, match="name of the person"):
        attendance.add_walk_in(board, ref, " ", draft)


def test_welsh_speakers_are_counted_among_those_expected(board: Workspace) -> None:
    with board.database.write("language") as ledger:
        for ref in ("holder", "officer"):
            (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = ?", (ref,)).fetchone()
            ledger.update("people", key, {"language": "cy"})
    ref = add_test_meeting(board, "2013-12-31")
    assert live_minutes.show_live_meeting(board, ref).wants_welsh == 1
    attendance.set_attendance(board, ref, "officer", build_attendance_draft({"state": "present"}))
    assert live_minutes.show_live_meeting(board, ref).wants_welsh == 2
    attendance.set_attendance(board, ref, "spoc", build_attendance_draft({"state": "apologies"}))
    assert live_minutes.show_live_meeting(board, ref).wants_welsh == 1


@pytest.mark.parametrize("state", list(Presence))
def test_only_apologies_and_deputies_are_recorded_before_the_meeting(board: Workspace, state: Presence) -> None:
    ref = add_test_meeting(board, "2014-03-11")
    draft = build_attendance_draft({"state": state.value, "reason": "other duties"})
    if state in (Presence.APOLOGIES, Presence.DEPUTY):
        assert attendance.set_attendance(board, ref, "spoc", draft).state is state
        assert attendance.mark_remaining(board, ref, draft) == 3
        return
    for record in (
        lambda: attendance.set_attendance(board, ref, "spoc", draft),
        lambda: attendance.add_walk_in(board, ref, "Visitor", draft),
        lambda: attendance.mark_remaining(board, ref, draft),
    ):
        with pytest.raises(Refused, match=r"is on 11 March 2014, in the future\. Record only apologies and deputies"):
            record()
    assert meetings.show_meeting(board, ref).attendance == ()
    on_the_day = set_clock(board, "2014-03-11")
    assert attendance.set_attendance(on_the_day, ref, "spoc", draft).state is state


def test_attendance_is_recorded_after_a_rename(board: Workspace) -> None:
    ref = add_test_meeting(board, "2013-12-10")
    rename_party(board, "charity", "Later charity", DateAsKnown(date(2013, 12, 20)))
    row = attendance.set_attendance(board, ref, "charity", build_attendance_draft({"state": "present"}))
    assert (row.name, row.state) == ("Charity", Presence.PRESENT)
    sitting = live_minutes.show_live_meeting(board, ref)
    assert not set(sitting.waiting) - {invitee.name for invitee in sitting.card.invitees}


def test_the_step_of_an_attendance_has_its_state_or_says_that_it_was_edited(board: Workspace) -> None:
    ref = add_test_meeting(board, "2013-12-31")
    attendance.set_attendance(board, ref, "Nia Wyn", build_attendance_draft({"state": "in_attendance"}))
    attendance.set_attendance(board, ref, "Nia Wyn", build_attendance_draft({"reason": "ill"}))
    assert history.undo_step(board) == f"edit attendance {ref}: Nia Wyn"
    assert history.undo_step(board) == f"attendance {ref}: Nia Wyn in_attendance"
