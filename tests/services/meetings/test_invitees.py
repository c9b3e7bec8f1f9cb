"""The list of those invited to a meeting: off the list, again, seats that came later, and what the next file holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.settings.parser import OfficeSettings
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings import invitations
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.new_names import NEW_KINDS, add_named, propose_kind, split_address
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, query_rows, read_live_rows


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    """An own office with an address and a group of two people."""
    for kind, name in (
        ("group", "Gwent forum"),
        ("person", "Lead lead@example.org"),
        ("person", "Clerk c@example.org"),
    ):
        add_named(workspace, kind, name)
    for name in ("Lead", "Clerk"):
        give_seat(workspace, "Gwent forum", name, build_seat_draft({}, TODAY))
    return replace(workspace, office=OfficeSettings("Gwent desk", email="desk@example.org"))


@pytest.fixture
def meeting(office: Workspace) -> str:
    draft = build_meeting_draft({"group": "Gwent forum", "starts": "2014-02-11 10:00"}, TODAY)
    return meetings.add_meeting(office, draft).ref


def list_attendees(path: Path) -> list[str]:
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    guests = event.get("ATTENDEE", [])
    return [str(guest).removeprefix("mailto:") for guest in (guests if isinstance(guests, list) else [guests])]


def send(office: Workspace, meeting: str, path: Path) -> tuple[Path, ...]:
    return write_invitation_files(office, path, meeting=meeting, method="request", force=True).files


def test_a_long_name_of_a_group_gives_short_references(meeting: str) -> None:
    assert meeting == "GF-2014-01"


def test_an_invitation_names_the_office_as_organiser_and_everybody_with_a_seat(
    office: Workspace, meeting: str, tmp_path: Path
) -> None:
    (file,) = send(office, meeting, tmp_path / "invite.ics")
    assert list_attendees(file) == ["lead@example.org", "c@example.org"]
    assert "mailto:desk@example.org" in file.read_text(encoding="utf-8")


def test_who_is_taken_off_the_list_gets_one_cancellation_with_the_next_invitations(
    office: Workspace, meeting: str, tmp_path: Path
) -> None:
    send(office, meeting, tmp_path / "invite.ics")
    invitations.remove_guests(office, meeting, ["Clerk"])
    file, cancelled = send(office, meeting, tmp_path / "invite.ics")
    assert list_attendees(file) == ["lead@example.org"]
    assert Calendar.from_ical(cancelled.read_bytes())["METHOD"] == "CANCEL"
    assert list_attendees(cancelled) == ["c@example.org"]
    assert len(send(office, meeting, tmp_path / "invite.ics")) == 1


def test_who_never_had_an_invitation_gets_no_cancellation(office: Workspace, meeting: str, tmp_path: Path) -> None:
    invitations.remove_guests(office, meeting, ["Clerk"])
    assert len(send(office, meeting, tmp_path / "invite.ics")) == 1
    with pytest.raises(Refused):
        invitations.remove_guests(office, meeting, ["Clerk"])
    with pytest.raises(NotFound):
        invitations.remove_guests(office, meeting, ["Nobody"])


def test_who_is_invited_again_is_on_the_list_with_a_higher_sequence(
    office: Workspace, meeting: str, tmp_path: Path
) -> None:
    send(office, meeting, tmp_path / "invite.ics")
    invitations.remove_guests(office, meeting, ["Clerk"])
    invitations.invite_again(office, meeting, ["Clerk", "Lead"])
    (file,) = send(office, meeting, tmp_path / "invite.ics")
    assert sorted(list_attendees(file)) == ["c@example.org", "lead@example.org"]
    assert "SEQUENCE:1" in file.read_text(encoding="utf-8")
    undo_step(office)
    assert invitations.show_invitations(office, meeting).total == 1


def test_a_seat_added_later_is_offered(office: Workspace, meeting: str) -> None:
    assert invitations.list_uninvited_seats(office, meeting) == []
    add_named(office, "person", "Late arrival late@example.org")
    give_seat(office, "Gwent forum", "Late arrival", build_seat_draft({}, TODAY))
    seats = invitations.list_uninvited_seats(office, meeting)
    assert invitations.invite_guests(office, meeting, names=seats).total == 3


@pytest.mark.parametrize("lacking", ["organiser", "guests"])
def test_without_an_organiser_or_guests_a_calendar_entry_says_that_it_is_no_invitation(
    office: Workspace, meeting: str, lacking: str
) -> None:
    if lacking == "organiser":
        office = replace(office, office=OfficeSettings())
    else:
        invitations.remove_guests(office, meeting, ["Clerk", "Lead"])
    before = read_live_rows(office)
    report = meetings.export_invitation(office, meeting)
    assert Calendar.from_ical(report.files[0].read_bytes())["METHOD"] == "PUBLISH"
    assert report.advice[0] == "This is a calendar entry, not an invitation."
    expected = {"organiser": "office.email", "guests": "Nobody is invited"}[lacking]
    assert expected in report.advice[1]
    assert read_live_rows(office) == before


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Gwent Police", "Gwent Police", ""),
        ("Gwent Police <desk@example.org>", "Gwent Police", "desk@example.org"),
        ("Siân Wyn, sian@example.org", "Siân Wyn", "sian@example.org"),
    ],
)
def test_an_address_after_a_name_is_the_address(text: str, name: str, email: str) -> None:
    assert split_address(text) == (name, email)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Head of training training@example.org", "post"),
        ("Pennaeth hyfforddi", "post"),
        ("Siân ap Huw sian@example.org", "person"),
        ("siân huw sian@example.org", "person"),
        ("Bawso", "organisation"),
    ],
)
def test_a_title_is_proposed_as_a_post_and_a_name_with_an_address_as_a_person(text: str, kind: str) -> None:
    assert propose_kind(NEW_KINDS, text) == kind
    assert propose_kind(("organisation", "group"), text) == "organisation"


def test_a_new_name_becomes_a_record_of_the_kind(workspace: Workspace) -> None:
    assert add_named(workspace, "area", "Cwm Taf").ref == "cwm-taf"
    assert add_named(workspace, "organisation", "Bawso").name == "Bawso"
    assert query_rows(workspace, "SELECT kind FROM parties WHERE ref = 'bawso'") == [("organisation",)]
