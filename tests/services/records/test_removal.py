"""Tests of the removal of records that were added by mistake."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings import attendance, papers
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.records.removal import plan_removal, remove_record
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import make_line


def add_meeting(workspace: Workspace, day: str = "2013-12-10") -> str:
    draft = build_meeting_draft({"group": "LG", "starts": f"{day} 10:00"}, workspace.today())
    return meetings.add_meeting(workspace, draft).ref


def test_an_organisation_that_others_refer_to_is_not_removed(wales: Workspace) -> None:
    with pytest.raises(Refused, match="bawso is used by DP-11, DP-28, DP-29"):
        remove_record(wales, "contact", "Bawso")
    assert contacts.show_contact(wales, "bawso").row.name == "Bawso"


def test_a_walk_in_with_a_mistyped_name_is_removed_with_the_attendance(wales: Workspace) -> None:
    ref = add_meeting(wales, "2013-11-29")
    attendance.add_walk_in(wales, ref, "Zebedee Quil", build_attendance_draft({"state": "present"}))
    plan = plan_removal(wales, "contact", "Zebedee Quil")
    assert (plan.question, plan.used_by) == ("Remove zebedee-quil Zebedee Quil? Removed with it: attendance: 1.", ())
    remove_record(wales, "contact", "zebedee-quil")
    assert meetings.show_meeting(wales, ref).attendance == ()
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert [row.name for row in meetings.show_meeting(wales, ref).attendance] == ["Zebedee Quil"]


def test_a_meeting_is_removed_with_its_parts_unless_its_minutes_have_actions(wales: Workspace) -> None:
    ref = add_meeting(wales)
    papers.add_paper(wales, ref, build_paper_draft({"title": "Report"}, wales.today()))
    line = make_line(wales, ref, "a: write to the forces")
    with pytest.raises(Refused, match=f"{ref} is used by {line.action}"):
        remove_record(wales, "meeting", ref)
    minutes.remove_line(wales, ref, line.key)
    assert dict(plan_removal(wales, "meeting", ref).parts) == {"invitations": 3, "paper": 1}
    remove_record(wales, "meeting", ref)
    with pytest.raises(NotFound):
        meetings.show_meeting(wales, ref)
    undo_step(wales)
    assert len(meetings.show_meeting(wales, ref).invitees) == 3


def test_attendance_in_agreed_minutes_keeps_a_contact(wales: Workspace) -> None:
    ref = add_meeting(wales, "2013-11-29")
    attendance.add_walk_in(wales, ref, "Zebedee Quil", build_attendance_draft({"state": "present"}))
    lifecycle.set_state(wales, ref, MinutesState.AGREED)
    with pytest.raises(Refused, match="agreed and locked"):
        remove_record(wales, "contact", "zebedee-quil")
    assert len(meetings.show_meeting(wales, ref).attendance) == 1


def test_a_group_is_removed_with_its_seats_but_not_with_its_meetings(wales: Workspace) -> None:
    add_meeting(wales)
    assert "LG-2013-01" in plan_removal(wales, "group", "leadership-group").used_by
    assert "seats" in dict(plan_removal(wales, "group", "leadership-group").parts)


def test_only_a_record_of_the_kind_is_removed(wales: Workspace) -> None:
    contacts.add_contact(wales, build_contact_draft({"name": "Zebedee Quil", "kind": "person"}, wales.today()))
    for noun, words in (
        ("group", "zebedee-quil"),
        ("contact", "leadership-group"),
        ("decision", "D-9"),
        ("meeting", "x"),
    ):
        with pytest.raises(NotFound):
            remove_record(wales, noun, words)
