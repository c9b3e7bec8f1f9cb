"""Contradictions in the attendance are gaps: presence twice, and deputies who cannot be deputies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.meetings.attendance import RateSubject
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.minutes.checks import GapKind
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.groups.seats import edit_seat, give_seat, list_seats
from ahtc_tui.services.groups.service import set_chair
from ahtc_tui.services.meetings.attendance import (
    count_votes_present,
    export_attendance,
    list_attendance_rates,
    set_attendance,
)
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes.checks import list_gaps
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, set_clock

BODY = "Gangmasters Licensing Authority"


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting of the Leadership Group on 10 December 2013; a seat has a deputy until October and one since."""
    for name in ("First Deputy", "Second Deputy", "Outside Guest"):
        add_contact(wales, build_contact_draft({"name": name, "kind": "person"}, TODAY))
    former = {"deputy": "First Deputy", "deputy_from": "2013-01-01", "deputy_to": "2013-10-31"}
    edit_seat(set_clock(wales, "2013-09-01"), "leadership-group/gla", build_seat_draft(former, TODAY))
    present = {"deputy": "Second Deputy", "deputy_from": "2013-11-01"}
    edit_seat(wales, "leadership-group/gla", build_seat_draft(present, TODAY))
    return add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)).ref


def record(workspace: Workspace, ref: str, name: str, state: str = "deputy", deputy_for: str = "") -> None:
    fields = {"state": state} | ({"deputy_for": deputy_for} if deputy_for else {})
    set_attendance(workspace, ref, name, build_attendance_draft(fields))


def list_faults(workspace: Workspace, ref: str) -> list[tuple[GapKind, str]]:
    return [
        (gap.kind, gap.text)
        for gap in list_gaps(workspace, ref)
        if gap.kind.is_about_attendance and gap.kind is not GapKind.NO_ATTENDANCE
    ]


def test_proper_attendance_has_no_faults(wales: Workspace, meeting: str) -> None:
    record(wales, meeting, "Jeff Farrar", "present")
    record(wales, meeting, "Second Deputy", deputy_for=BODY)
    record(wales, meeting, "Outside Guest", deputy_for="Welsh Local Government Association")
    assert list_faults(wales, meeting) == []


def test_a_person_present_as_post_and_as_person_is_a_gap(wales: Workspace, meeting: str) -> None:
    appoint_holder(wales, "Outside Guest", "spoc-gwent", Appointment(DateAsKnown(date(2013, 1, 1))))
    record(wales, meeting, "spoc-gwent", "present")
    assert list_faults(wales, meeting) == []
    record(wales, meeting, "Outside Guest", "online")
    assert list_faults(wales, meeting) == [(GapKind.PRESENT_TWICE, "Outside Guest")]


@pytest.mark.parametrize("deputy_for", ["", BODY])
def test_a_deputy_out_of_term_is_a_gap(wales: Workspace, meeting: str, deputy_for: str) -> None:
    record(wales, meeting, "First Deputy", deputy_for=deputy_for)
    assert list_faults(wales, meeting) == [(GapKind.DEPUTY_OUT_OF_TERM, "First Deputy")]


def test_two_deputies_for_one_seat_are_a_gap(wales: Workspace, meeting: str) -> None:
    record(wales, meeting, "Second Deputy")
    record(wales, meeting, "Outside Guest", deputy_for=BODY)
    assert list_faults(wales, meeting) == [(GapKind.TWO_DEPUTIES, BODY)]


def test_a_deputy_of_a_deputy_is_a_gap(wales: Workspace, meeting: str) -> None:
    record(wales, meeting, "Outside Guest", deputy_for="Second Deputy")
    assert list_faults(wales, meeting) == [(GapKind.DEPUTY_OF_DEPUTY, "Outside Guest")]


@pytest.mark.parametrize("deputy_for", ["", "Joyce Watson"])
def test_a_deputy_for_nobody_of_the_group_is_a_gap(wales: Workspace, meeting: str, deputy_for: str) -> None:
    record(wales, meeting, "Outside Guest", deputy_for=deputy_for)
    assert list_faults(wales, meeting) == [(GapKind.DEPUTY_FOR_NOBODY, "Outside Guest")]


@pytest.mark.parametrize("deputy_for", ["Jeff Farrar", "cc-gwent"])
def test_a_deputy_for_somebody_who_was_present_throughout_is_a_gap(
    wales: Workspace, meeting: str, deputy_for: str
) -> None:
    record(wales, meeting, "Outside Guest", deputy_for=deputy_for)
    record(wales, meeting, "Jeff Farrar", "online")
    assert list_faults(wales, meeting) == [(GapKind.DEPUTY_OF_PRESENT, "Outside Guest")]


def test_a_deputy_for_somebody_who_left_early_is_no_gap(wales: Workspace, meeting: str) -> None:
    record(wales, meeting, "Outside Guest", deputy_for="Jeff Farrar")
    set_attendance(wales, meeting, "Jeff Farrar", build_attendance_draft({"state": "part", "items": "1-2"}))
    assert list_faults(wales, meeting) == []


@pytest.mark.parametrize("name", ["Jef Farar", "jeff farar", "Gef Farrar"])
def test_a_misspelt_name_is_refused_with_the_near_one(wales: Workspace, meeting: str, name: str) -> None:
    with pytest.raises(NotFound, match=r"Did you mean Jeff Farrar \(jeff-farrar\)"):
        record(wales, meeting, name, "present")


def test_a_name_like_no_other_is_recorded_as_text(wales: Workspace, meeting: str) -> None:
    record(wales, meeting, "Somebody Quite Unknown", "present")
    record(wales, meeting, "Somebody Quite Unknown", "apologies")
    assert list_faults(wales, meeting) == []


def test_a_member_with_two_seats_stands_once_in_each_table(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    set_chair(wales, "LG", "Jeff Farrar", DateAsKnown(date(2013, 1, 1)))
    record(wales, meeting, "Jeff Farrar", deputy_for=BODY)
    rates = [rate for rate in list_attendance_rates(wales, "LG") if rate.name == "Jeff Farrar"]
    assert [(rate.kind.value, rate.of) for rate in rates] == [("seat", 1), ("person", 1)]
    export_attendance(wales, tmp_path / "attendance.xlsx", "LG")
    book = load_workbook(tmp_path / "attendance.xlsx")
    for sheet in (book["By seat"], book["By person"]):
        names = [str(row[1]) for row in sheet.iter_rows(min_row=6, values_only=True)]
        assert len([name for name in names if name.startswith("Jeff Farrar")]) == 1


def test_a_deputy_whose_time_is_over_does_not_fill_the_seat(wales: Workspace, meeting: str) -> None:
    before = count_votes_present(wales, meeting, None)
    record(wales, meeting, "First Deputy", deputy_for=BODY)
    assert count_votes_present(wales, meeting, None) == before
    record(wales, meeting, "Second Deputy", deputy_for=BODY)
    assert count_votes_present(wales, meeting, None) == before + 1
    later = set_clock(wales, "2014-03-01")
    rates = {(rate.kind, rate.name): rate.by_deputy for rate in list_attendance_rates(later, "LG")}
    assert (RateSubject.DEPUTY, "First Deputy") not in rates
    assert rates[RateSubject.SEAT, BODY] == 1


def test_a_person_attends_for_a_seat_of_a_class(wales: Workspace, meeting: str) -> None:
    ref = give_seat(wales, "LG", "fire services", build_seat_draft({}, TODAY), org_class=True).ref
    before = count_votes_present(wales, meeting, None)
    row = set_attendance(wales, meeting, "Outside Guest", build_attendance_draft({"deputy_for": ref}))
    assert (row.state, row.deputy_for) == (Presence.PRESENT, "fire services")
    assert count_votes_present(wales, meeting, None) == before + 1
    elsewhere = list_seats(wales, "forum-gwent")[0].ref
    with pytest.raises(Refused, match="does not belong to the group of this meeting"):
        set_attendance(wales, meeting, "Outside Guest", build_attendance_draft({"deputy_for": elsewhere}))


def test_two_terms_of_a_seat_on_the_day_of_the_meeting_are_a_gap(wales: Workspace, meeting: str) -> None:
    give_seat(
        wales, "leadership-group", "bawso", build_seat_draft({"from_on": "2012-01-01", "to_on": "2013-12-31"}, TODAY)
    )
    later = give_seat(wales, "leadership-group", "bawso", build_seat_draft({"from_on": "2013-06-01"}, TODAY))
    gaps = [gap for gap in list_gaps(wales, meeting) if gap.kind is GapKind.TWO_TERMS]
    assert [gap.text for gap in gaps] == [f"Bawso ({later.ref}, {later.overlaps[0]})"]
    edit_seat(wales, later.ref, build_seat_draft({"from_on": "2013-12-15"}, TODAY))
    assert not [gap for gap in list_gaps(wales, meeting) if gap.kind is GapKind.TWO_TERMS]
