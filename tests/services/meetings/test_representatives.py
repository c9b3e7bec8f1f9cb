"""The person who attends for an invited organisation gets invitations, packs and chasers."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.meetings.model import InviteeRow
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.exports.chasers import write_chasers
from ahtc_tui.services.exports.meeting_pack import write_meeting_pack
from ahtc_tui.services.groups.seats import edit_seat
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.invitations import show_invitations
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.imports.replies import list_guests
from tests.builders import TODAY, make_action

BODY = "Gangmasters Licensing Authority"


def add_test_meeting(workspace: Workspace, starts: str) -> str:
    return add_meeting(workspace, build_meeting_draft({"group": "LG", "starts": starts}, TODAY)).ref


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting of the Leadership Group, on which the Gangmasters Licensing Authority has a representative."""
    for name in ("Representative A", "Deputy B"):
        email = f"{name.split()[0].lower()}@example.org"
        add_contact(wales, build_contact_draft({"name": name, "kind": "person", "email": email}, TODAY))
    seat = {"person": "Representative A", "deputy": "Deputy B"}
    edit_seat(wales, "leadership-group/gla", build_seat_draft(seat, TODAY))
    return add_test_meeting(wales, "2014-02-10 10:00")


def read_invitee(workspace: Workspace, ref: str) -> InviteeRow:
    return next(guest for guest in show_meeting(workspace, ref).invitees if guest.name == BODY)


def test_the_invitation_goes_to_the_representative_of_an_organisation(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    report = write_invitation_files(wales, tmp_path / "invite.eml", meeting=meeting, method="request")
    assert BODY not in {guest.name for guest in report.without_address}
    mail = message_from_bytes((tmp_path / "invite.eml").read_bytes(), policy=default)
    assert "representative@example.org" in mail["To"]
    assert BODY not in write_meeting_pack(wales, meeting, tmp_path / "pack").without_address
    assert (read_invitee(wales, meeting).holder, read_invitee(wales, meeting).email) == (
        "Representative A",
        "representative@example.org",
    )
    listed = [guest for area in show_invitations(wales, meeting).areas for guest in area.guests if guest.name == BODY]
    assert [guest.email for guest in listed] == ["representative@example.org"]


def test_the_invitation_goes_to_the_deputy_who_is_sent(wales: Workspace, meeting: str) -> None:
    draft = build_attendance_draft({"state": "deputy", "deputy_for": BODY})
    set_attendance(wales, meeting, "Deputy B", draft)
    assert (read_invitee(wales, meeting).holder, read_invitee(wales, meeting).email) == (
        "Deputy B",
        "deputy@example.org",
    )


def test_a_delegated_invitation_goes_to_the_deputy_of_the_seat(wales: Workspace, meeting: str) -> None:
    with wales.database.write("delegated") as ledger:
        query = "SELECT i.id FROM invitations i JOIN parties p ON p.id = i.party WHERE p.name = ?"
        (key,) = ledger.cursor.execute(query, (BODY,)).fetchone()
        ledger.update("invitations", key, {"reply": "delegated"})
    assert read_invitee(wales, meeting).email == "deputy@example.org"


def test_a_representative_is_invited_only_during_the_term(wales: Workspace, meeting: str) -> None:
    edit_seat(wales, "leadership-group/gla", build_seat_draft({"person": "Deputy B", "from_on": "2014-03-01"}, TODAY))
    assert read_invitee(wales, meeting).email == "representative@example.org"
    later = add_test_meeting(wales, "2014-03-10 10:00")
    assert read_invitee(wales, later).email == "deputy@example.org"


def test_a_chaser_goes_to_the_representative_of_the_leading_organisation(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    make_action(wales, title="Report on inspections", lead=BODY, due="2013-11-01")
    report = write_chasers(wales, tmp_path / "chasers", BODY)
    assert report.without_address == ()
    mail = message_from_bytes(report.files[0].read_bytes(), policy=default)
    assert "representative@example.org" in mail["To"]
    (lead,) = (row for row in show_today(wales).chase.rows if row.name == BODY)
    assert (lead.holder, lead.email) == ("Representative A", "representative@example.org")


def test_a_reply_from_the_representative_is_one_of_the_organisation(wales: Workspace, meeting: str) -> None:
    with wales.database.read() as cursor:
        guests = list_guests(cursor, show_meeting(wales, meeting).row.key, date(2014, 1, 28))
    (guest,) = (guest for guest in guests if guest.name == BODY)
    assert "representative@example.org" in guest.holder_addresses
