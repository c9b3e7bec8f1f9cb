"""Invitations as calendar files, as calendar programs read them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingKind, MeetingState
from ahtc_tui.domain.meetings.model import AgendaRow
from ahtc_tui.formats.ics.invites import (
    Invite,
    build_cancellation,
    build_publication,
    build_request,
    list_without_address,
)
from tests.formats.meeting_cards import CHANGED_AT, a_meeting_card, an_invite, an_invitee

WELSH_TITLE = "Cyfarfod Grŵp Arweinyddiaeth Atal Masnachu Pobl Cymru yng Nglyndŵr, ŵŷ" * 4


def parse_single_event(data: bytes) -> Any:
    [event] = Calendar.from_ical(data).events
    return event


def publish_event(**overrides: Any) -> Any:
    return parse_single_event(build_publication([an_invite(**overrides)]).data)


def test_calendar_files_are_reproducible() -> None:
    series: dict[str, Any] = {"recurrence": "FREQ=MONTHLY;BYDAY=1WE;COUNT=6"}
    assert build_publication([an_invite(**series), an_invite(uid="b")]) == build_publication(
        [an_invite(**series), an_invite(uid="b")]
    )
    assert build_request(an_invite()) == build_request(an_invite())
    assert build_cancellation(an_invite()) == build_cancellation(an_invite())


def test_stamps_are_the_change_time_of_the_record() -> None:
    event = publish_event()
    assert event["DTSTAMP"].dt == CHANGED_AT.replace(microsecond=0)
    assert event["LAST-MODIFIED"].dt == CHANGED_AT.replace(microsecond=0)


def test_a_change_time_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        Invite(a_meeting_card(), datetime(2026, 6, 1))  # noqa: DTZ001  # the mistake itself


def test_a_publication_has_no_attendees() -> None:
    published = build_publication([an_invite()])
    assert published.meetings == 1
    assert Calendar.from_ical(published.data)["METHOD"] == "PUBLISH"
    assert b"ATTENDEE" not in published.data


def test_uid_and_sequence_are_the_same_in_every_method() -> None:
    invite = an_invite(uid="for-life@example.org", sequence=3)
    for data in (build_publication([invite]).data, build_request(invite), build_cancellation(invite)):
        event = parse_single_event(data)
        assert (event["UID"], event["SEQUENCE"]) == ("for-life@example.org", 3)


def test_a_cancellation_keeps_the_uid_and_has_no_reminder() -> None:
    data = build_cancellation(an_invite(state=MeetingState.CANCELLED, sequence=1))
    event = parse_single_event(data)
    assert Calendar.from_ical(data)["METHOD"] == "CANCEL"
    assert event["UID"] == parse_single_event(build_request(an_invite()))["UID"]
    assert event["STATUS"] == "CANCELLED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert b"VALARM" not in data
    assert b"RSVP" not in data


def test_a_request_has_every_guest_with_an_address() -> None:
    event = parse_single_event(build_request(an_invite()))
    guests = {str(guest): guest.params for guest in event["ATTENDEE"]}
    assert {name: (params["ROLE"], params["PARTSTAT"], params["RSVP"]) for name, params in guests.items()} == {
        "mailto:chair@example.org": ("CHAIR", "ACCEPTED", "TRUE"),
        "mailto:spoc@gwent.example.org": ("REQ-PARTICIPANT", "NEEDS-ACTION", "TRUE"),
        "mailto:office@bawso.example.org": ("OPT-PARTICIPANT", "TENTATIVE", "TRUE"),
    }
    assert str(event["ORGANIZER"]) == "mailto:sian.jones@example.org"
    assert event["ORGANIZER"].params["CN"] == "Siân Jones"


def test_invitees_without_address_are_listed() -> None:
    assert [invitee.name for invitee in list_without_address(a_meeting_card())] == ["Welsh NRM First Responders"]


def test_a_guest_invited_twice_is_one_attendee() -> None:
    twice = (an_invitee("Bawso", "office@bawso.example.org"), an_invitee("Bawso again", "Office@bawso.example.org"))
    assert build_request(an_invite(invitees=twice)).count(b"ATTENDEE") == 1


def test_a_request_without_an_organiser_s_address_is_refused() -> None:
    for send in (build_request, build_cancellation):
        with pytest.raises(Refused, match="LG-2026-07 has no organiser with an email address"):
            send(an_invite(organiser_email=None))


def test_a_request_without_guests_has_the_organiser_as_attendee() -> None:
    sent = build_request(an_invite(invitees=(an_invitee("First Responders", None),)))
    assert sent.count(b"ATTENDEE") == 1
    assert b"PARTSTAT=ACCEPTED" in sent


def test_a_request_for_a_cancelled_meeting_is_refused() -> None:
    with pytest.raises(Refused, match="Send a cancellation"):
        build_request(an_invite(state=MeetingState.CANCELLED))


def test_a_meeting_without_organiser_address_is_published() -> None:
    assert "ORGANIZER" not in publish_event(organiser_email=None)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (MeetingState.TENTATIVE, "TENTATIVE"),
        (MeetingState.CONFIRMED, "CONFIRMED"),
        (MeetingState.HELD, "CONFIRMED"),
        (MeetingState.CANCELLED, "CANCELLED"),
    ],
)
def test_the_state_of_a_meeting_is_the_status_of_the_event(state: MeetingState, status: str) -> None:
    assert publish_event(state=state)["STATUS"] == status


def test_a_reminder_is_fifteen_minutes_or_one_day_before() -> None:
    assert [alarm["TRIGGER"].dt for alarm in publish_event().walk("VALARM")] == [timedelta(minutes=-15)]
    assert [alarm["TRIGGER"].dt for alarm in publish_event(start_time=None).walk("VALARM")] == [timedelta(days=-1)]


def test_a_held_meeting_has_no_reminder() -> None:
    assert publish_event(state=MeetingState.HELD).walk("VALARM") == []


def test_only_a_timed_or_all_day_gathering_is_busy_time() -> None:
    assert publish_event()["TRANSP"] == "OPAQUE"
    assert publish_event(all_day=True, start_time=None)["TRANSP"] == "OPAQUE"
    assert publish_event(start_time=None)["TRANSP"] == "TRANSPARENT"
    assert publish_event(kind=MeetingKind.PUBLICATION)["TRANSP"] == "TRANSPARENT"


def test_the_description_has_marking_and_numbered_agenda() -> None:
    event = publish_event(marking=Marking.OFFICIAL_SENSITIVE)
    lines = str(event["DESCRIPTION"]).split("\n")
    assert lines[0] == "OFFICIAL-SENSITIVE"
    assert lines[-3:] == ["Agenda", "1. Actions of the last meeting – AHTC (10 min)", "2. The NRM process"]
    assert event["CLASS"] == "CONFIDENTIAL"
    assert publish_event()["CLASS"] == "PUBLIC"


def test_agenda_items_are_sorted_under_their_sections() -> None:
    agenda = (AgendaRow(5, "B", "Second", None, None, False), AgendaRow(2, "A", "First", None, None, False))
    assert str(publish_event(agenda=agenda)["DESCRIPTION"]).endswith("Agenda\nA\n1. First\nB\n2. Second")


def test_a_description_in_welsh_marks_an_english_section() -> None:
    item = AgendaRow(1, "Part two", "Update", None, None, False, title_cy="Diweddariad")
    with use_language(Language.CY):
        assert str(publish_event(agenda=(item,))["DESCRIPTION"]).endswith("Agenda\n[Saesneg] Part two\n1. Diweddariad")


def test_a_description_in_welsh_names_the_presenter_in_welsh() -> None:
    item = AgendaRow(
        1, None, "Update", "Chief Constable", None, False, title_cy="Diweddariad", presenter_cy="Prif Gwnstabl"
    )
    with use_language(Language.CY):
        assert str(publish_event(agenda=(item,))["DESCRIPTION"]).endswith("Agenda\n1. Diweddariad – Prif Gwnstabl")


def test_place_link_and_group_have_their_own_fields() -> None:
    event = publish_event()
    assert event["LOCATION"] == "Cathays Park, Cardiff"
    assert event["URL"] == "https://meet.example.org/lg"
    assert event["CATEGORIES"].cats == ["Wales Anti Human Trafficking Leadership Group"]


def test_a_link_that_is_not_a_uri_is_in_the_description_only() -> None:
    event = publish_event(link="the usual Teams room")
    assert "URL" not in event
    assert "Join online: the usual Teams room" in event["DESCRIPTION"]


def test_a_long_welsh_title_is_folded_at_75_octets() -> None:
    data = build_publication([an_invite(title=WELSH_TITLE)]).data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        line.decode()
    assert parse_single_event(data)["SUMMARY"] == WELSH_TITLE


def test_calendar_lines_in_text_are_escaped() -> None:
    title = "Review\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Owned"
    data = build_publication(
        [an_invite(title=title, occasion="BEGIN:VEVENT\nUID:x", place="Cardiff\r\nATTENDEE:mailto:x@y.zz")]
    ).data
    assert parse_single_event(data)["SUMMARY"] == "Review END:VEVENT BEGIN:VEVENT SUMMARY:Owned"
    assert data.split(b"\r\n").count(b"BEGIN:VEVENT") == 1
    assert b"\r\nATTENDEE" not in data


def test_line_ends_and_control_characters_in_names_are_removed() -> None:
    guests = (
        an_invitee('Siân "Boss"\r\nATTENDEE:mailto:evil@example.org\x1b[2J', "sian@example.org", InviteRole.CHAIR),
    )
    data = build_request(an_invite(invitees=guests, title="Bell\x07 and\x00 escape\x1b[31m"))
    event = parse_single_event(data)
    assert event["ATTENDEE"].params["CN"] == "Siân 'Boss' ATTENDEE:mailto:evil@example.org[2J"
    assert event["SUMMARY"] == "Bell and escape[31m"
    assert not any(octet < 32 and octet not in (10, 13) for octet in data)


@pytest.mark.parametrize("email", ["a@b.org\r\nBCC:x@y.org", "a@b.org, c@d.org", "Siân <a@b.org>", "nobody", "ŵ@b.org"])
def test_an_invalid_address_is_never_written(email: str) -> None:
    card = a_meeting_card(invitees=(an_invitee("Someone", email),))
    assert [invitee.email for invitee in list_without_address(card)] == [email]
    attendee = str(parse_single_event(build_request(Invite(card, CHANGED_AT)))["ATTENDEE"])
    assert attendee == f"mailto:{card.organiser_email}"


def test_meetings_without_a_day_are_omitted_with_a_reason() -> None:
    invites = [
        an_invite(),
        an_invite(ref="V-1", title="Visit to UKHTC", day="2013-06"),
        an_invite(ref="P-1", title="Paper 1", day=None),
    ]
    published = build_publication(invites)
    assert published.meetings == 1
    assert [(left.ref, left.reason) for left in published.omitted] == [
        ("V-1", '"Visit to UKHTC" has no date, only "June 2013".'),
        ("P-1", '"Paper 1" has no date.'),
    ]
    with pytest.raises(Refused, match="June 2013"):
        build_request(invites[1])


def test_no_meetings_give_an_empty_calendar() -> None:
    published = build_publication([])
    assert Calendar.from_ical(published.data).events == []


def test_a_changed_instance_has_a_recurrence_id() -> None:
    data = build_request(an_invite(recurrence_id=datetime(2026, 12, 2, 10, 0), recurrence="FREQ=MONTHLY"))  # noqa: DTZ001  # a wall time
    event = parse_single_event(data)
    assert event["RECURRENCE-ID"].dt.astimezone(UTC) == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    assert b"RECURRENCE-ID;TZID=Europe/London:20261202T100000" in data
    assert "RRULE" not in event


def test_the_end_of_an_all_day_meeting_is_exclusive() -> None:
    event = publish_event(day="2013-10-18", start_time=None, all_day=True)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2013, 10, 18), date(2013, 10, 19))


def test_the_module_does_not_import_the_calendar_library() -> None:
    script = "import sys, ahtc_tui.formats.eml.invite; sys.exit('icalendar' in sys.modules or 'email' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        (Language.EN, "Leadership Group", "Gwent Police"),
        (Language.CY, "Grŵp Arwain", "Heddlu Gwent"),
        (Language.BOTH, "Grŵp Arwain | Leadership Group", "Heddlu Gwent | Gwent Police"),
    ],
)
def test_summary_and_names_are_in_the_language_of_the_file(language: Language, title: str, name: str) -> None:
    guest = replace(an_invitee("Gwent Police", "gwent@example.org"), name_cy="Heddlu Gwent")
    invite = an_invite(title="Leadership Group", title_cy="Grŵp Arwain", invitees=(guest,))
    with use_language(language):
        event = parse_single_event(build_request(invite))
    assert (event["SUMMARY"], event["ATTENDEE"].params["CN"]) == (title, name)
