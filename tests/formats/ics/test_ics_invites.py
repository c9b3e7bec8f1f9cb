"""Invitations as calendar files: what a calendar of another maker finds in them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.meetings.model import AgendaRow, InviteRole, MeetingKind, MeetingState
from ahtc_tui.formats.ics.invites import Invite, cancel, publish, request, without_address
from tests.formats.meeting_cards import CHANGED_AT, a_meeting_card, an_invite, an_invitee

WELSH_TITLE = "Cyfarfod Grŵp Arweinyddiaeth Atal Masnachu Pobl Cymru yng Nglyndŵr, ŵŷ" * 4


def only_event(data: bytes) -> Any:
    [event] = Calendar.from_ical(data).events
    return event


def published_event(**what_matters: Any) -> Any:
    return only_event(publish([an_invite(**what_matters)]).data)


def test_a_second_export_is_the_same_to_the_byte() -> None:
    series: dict[str, Any] = {"recurrence": "FREQ=MONTHLY;BYDAY=1WE;COUNT=6"}
    assert publish([an_invite(**series), an_invite(uid="b")]) == publish([an_invite(**series), an_invite(uid="b")])
    assert request(an_invite()) == request(an_invite())
    assert cancel(an_invite()) == cancel(an_invite())


def test_stamps_come_from_the_record_and_not_from_the_clock() -> None:
    event = published_event()
    assert event["DTSTAMP"].dt == CHANGED_AT.replace(microsecond=0)
    assert event["LAST-MODIFIED"].dt == CHANGED_AT.replace(microsecond=0)


def test_a_stamp_without_an_offset_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="offset"):
        Invite(a_meeting_card(), datetime(2026, 6, 1))  # noqa: DTZ001  # the mistake itself


def test_a_file_to_import_names_its_method_and_nobody_who_is_invited() -> None:
    published = publish([an_invite()])
    assert published.meetings == 1
    assert Calendar.from_ical(published.data)["METHOD"] == "PUBLISH"
    assert b"ATTENDEE" not in published.data


def test_uid_and_sequence_are_those_of_the_record_in_each_method() -> None:
    invite = an_invite(uid="for-life@example.org", sequence=3)
    for data in (publish([invite]).data, request(invite), cancel(invite)):
        event = only_event(data)
        assert (event["UID"], event["SEQUENCE"]) == ("for-life@example.org", 3)


def test_a_cancellation_keeps_the_uid_and_says_cancelled_without_a_reminder() -> None:
    data = cancel(an_invite(state=MeetingState.CANCELLED, sequence=1))
    event = only_event(data)
    assert Calendar.from_ical(data)["METHOD"] == "CANCEL"
    assert event["UID"] == only_event(request(an_invite()))["UID"]
    assert event["STATUS"] == "CANCELLED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert b"VALARM" not in data
    assert b"RSVP" not in data


def test_a_request_asks_each_guest_who_has_an_address() -> None:
    event = only_event(request(an_invite()))
    guests = {str(guest): guest.params for guest in event["ATTENDEE"]}
    assert {name: (params["ROLE"], params["PARTSTAT"], params["RSVP"]) for name, params in guests.items()} == {
        "mailto:chair@example.org": ("CHAIR", "ACCEPTED", "TRUE"),
        "mailto:spoc@gwent.example.org": ("REQ-PARTICIPANT", "NEEDS-ACTION", "TRUE"),
        "mailto:office@bawso.example.org": ("OPT-PARTICIPANT", "TENTATIVE", "TRUE"),
    }
    assert str(event["ORGANIZER"]) == "mailto:sian.jones@example.org"
    assert event["ORGANIZER"].params["CN"] == "Siân Jones"


def test_the_office_learns_whom_no_mail_can_reach() -> None:
    assert [invitee.name for invitee in without_address(a_meeting_card())] == ["Welsh NRM First Responders"]


def test_somebody_invited_twice_is_asked_once() -> None:
    twice = (an_invitee("Bawso", "office@bawso.example.org"), an_invitee("Bawso again", "Office@bawso.example.org"))
    assert request(an_invite(invitees=twice)).count(b"ATTENDEE") == 1


def test_a_request_without_an_organiser_s_address_is_refused() -> None:
    for send in (request, cancel):
        with pytest.raises(Refused, match="LG-2026-07 has no organiser with an e-mail address"):
            send(an_invite(organiser_email=None))


def test_while_no_guest_has_an_address_the_organiser_stands_in_the_request() -> None:
    sent = request(an_invite(invitees=(an_invitee("First Responders", None),)))
    assert sent.count(b"ATTENDEE") == 1
    assert b"PARTSTAT=ACCEPTED" in sent


def test_a_request_for_a_cancelled_meeting_is_refused() -> None:
    with pytest.raises(Refused, match="send a cancellation"):
        request(an_invite(state=MeetingState.CANCELLED))


def test_a_meeting_whose_organiser_has_no_address_is_still_published() -> None:
    assert "ORGANIZER" not in published_event(organiser_email=None)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (MeetingState.TENTATIVE, "TENTATIVE"),
        (MeetingState.CONFIRMED, "CONFIRMED"),
        (MeetingState.HELD, "CONFIRMED"),
        (MeetingState.CANCELLED, "CANCELLED"),
    ],
)
def test_the_state_is_told_in_the_calendar_s_word(state: MeetingState, status: str) -> None:
    assert published_event(state=state)["STATUS"] == status


def test_a_reminder_rings_a_quarter_of_an_hour_before_or_the_day_before() -> None:
    assert [alarm["TRIGGER"].dt for alarm in published_event().walk("VALARM")] == [timedelta(minutes=-15)]
    assert [alarm["TRIGGER"].dt for alarm in published_event(start_time=None).walk("VALARM")] == [timedelta(days=-1)]


def test_a_meeting_that_was_held_does_not_ring() -> None:
    assert published_event(state=MeetingState.HELD).walk("VALARM") == []


def test_only_a_gathering_with_its_hours_known_makes_its_guests_busy() -> None:
    assert published_event()["TRANSP"] == "OPAQUE"
    assert published_event(all_day=True, start_time=None)["TRANSP"] == "OPAQUE"
    assert published_event(start_time=None)["TRANSP"] == "TRANSPARENT"
    assert published_event(kind=MeetingKind.PUBLICATION)["TRANSP"] == "TRANSPARENT"


def test_the_description_opens_with_the_marking_and_numbers_the_agenda() -> None:
    event = published_event(marking=Marking.OFFICIAL_SENSITIVE)
    lines = str(event["DESCRIPTION"]).split("\n")
    assert lines[0] == "OFFICIAL-SENSITIVE"
    assert lines[-3:] == ["Agenda", "1. Actions of the last meeting – AHTC (10 min)", "2. The NRM process"]
    assert event["CLASS"] == "CONFIDENTIAL"
    assert published_event()["CLASS"] == "PUBLIC"


def test_agenda_items_stand_in_their_order_under_their_sections() -> None:
    agenda = (AgendaRow(5, "B", "Second", None, None, False), AgendaRow(2, "A", "First", None, None, False))
    assert str(published_event(agenda=agenda)["DESCRIPTION"]).endswith("Agenda\nA\n1. First\nB\n2. Second")


def test_place_link_and_group_have_their_own_fields() -> None:
    event = published_event()
    assert event["LOCATION"] == "Cathays Park, Cardiff"
    assert event["URL"] == "https://meet.example.org/lg"
    assert event["CATEGORIES"].cats == ["Wales Anti Human Trafficking Leadership Group"]


def test_a_link_that_is_words_stays_in_the_description() -> None:
    event = published_event(link="the usual Teams room")
    assert "URL" not in event
    assert "Join online: the usual Teams room" in event["DESCRIPTION"]


def test_a_long_welsh_title_folds_at_75_octets_and_comes_back_whole() -> None:
    data = publish([an_invite(title=WELSH_TITLE)]).data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        line.decode()
    assert only_event(data)["SUMMARY"] == WELSH_TITLE


def test_words_that_look_like_calendar_lines_are_only_words() -> None:
    title = "Review\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Owned"
    data = publish(
        [an_invite(title=title, occasion="BEGIN:VEVENT\nUID:x", place="Cardiff\r\nATTENDEE:mailto:x@y.zz")]
    ).data
    assert only_event(data)["SUMMARY"] == "Review END:VEVENT BEGIN:VEVENT SUMMARY:Owned"
    assert data.split(b"\r\n").count(b"BEGIN:VEVENT") == 1
    assert b"\r\nATTENDEE" not in data


def test_line_ends_and_control_characters_in_a_name_are_harmless() -> None:
    guests = (
        an_invitee('Siân "Boss"\r\nATTENDEE:mailto:evil@example.org\x1b[2J', "sian@example.org", InviteRole.CHAIR),
    )
    data = request(an_invite(invitees=guests, title="Bell\x07 and\x00 escape\x1b[31m"))
    event = only_event(data)
    assert event["ATTENDEE"].params["CN"] == "Siân 'Boss' ATTENDEE:mailto:evil@example.org[2J"
    assert event["SUMMARY"] == "Bell and escape[31m"
    assert not any(octet < 32 and octet not in (10, 13) for octet in data)


@pytest.mark.parametrize("email", ["a@b.org\r\nBCC:x@y.org", "a@b.org, c@d.org", "Siân <a@b.org>", "nobody", "ŵ@b.org"])
def test_an_address_that_is_not_one_is_never_written(email: str) -> None:
    card = a_meeting_card(invitees=(an_invitee("Somebody", email),))
    assert [invitee.email for invitee in without_address(card)] == [email]
    attendee = str(only_event(request(Invite(card, CHANGED_AT)))["ATTENDEE"])
    assert attendee == f"mailto:{card.organiser_email}"


def test_meetings_without_a_day_are_named_with_the_reason() -> None:
    invites = [
        an_invite(),
        an_invite(ref="V-1", title="Visit to UKHTC", day="2013-06"),
        an_invite(ref="P-1", title="Paper 1", day=None),
    ]
    published = publish(invites)
    assert published.meetings == 1
    assert [(left.ref, left.reason) for left in published.left_out] == [
        ("V-1", '"Visit to UKHTC" has no day, only "June 2013".'),
        ("P-1", '"Paper 1" has no date.'),
    ]
    with pytest.raises(Refused, match="June 2013"):
        request(invites[1])


def test_an_empty_selection_is_an_empty_calendar() -> None:
    published = publish([])
    assert Calendar.from_ical(published.data).events == []


def test_a_changed_instance_of_a_series_says_which_one_it_replaces() -> None:
    data = request(an_invite(recurrence_id=datetime(2026, 12, 2, 10, 0), recurrence="FREQ=MONTHLY"))  # noqa: DTZ001  # a wall time
    event = only_event(data)
    assert event["RECURRENCE-ID"].dt.astimezone(UTC) == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    assert b"RECURRENCE-ID;TZID=Europe/London:20261202T100000" in data
    assert "RRULE" not in event


def test_the_end_of_an_all_day_meeting_is_the_day_after() -> None:
    event = published_event(day="2013-10-18", start_time=None, all_day=True)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2013, 10, 18), date(2013, 10, 19))


def test_asking_for_help_does_not_load_the_calendar_library() -> None:
    script = "import sys, ahtc_tui.formats.eml.invite; sys.exit('icalendar' in sys.modules or 'email' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
