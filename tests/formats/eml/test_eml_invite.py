"""Mail drafts of invitations, as mail programs read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from icalendar import Calendar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.formats.eml.invite import build_draft
from ahtc_tui.formats.ics.invites import Invite, Method, build_cancellation, build_request
from tests.formats.meeting_cards import an_invite, an_invitee

AWKWARD_NAMES = [
    "Jones, Siân (Gwent Police)",
    "Smith, John; OBE",
    "O'Neil <x>",
    "Ŵyn 'Boss' Ap Rhŷs, Cydgysylltydd Atal Masnachu Pobl, Llanfairpwllgwyngyll",
    "Heddlu Dyfed-Powys",
]


def parse_draft(invite: Invite, method: Method = Method.REQUEST) -> EmailMessage:
    message = message_from_bytes(build_draft(invite, method), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def read_text_part(invite: Invite) -> str:
    text, _calendar = parse_draft(invite).iter_parts()
    assert isinstance(text, EmailMessage)
    return str(text.get_content()).replace("\r\n", "\n")


def test_drafts_are_reproducible_and_undated() -> None:
    for method in (Method.REQUEST, Method.CANCEL):
        data = build_draft(an_invite(), method)
        assert data == build_draft(an_invite(), method)
        assert b"\nDate:" not in data
        assert b"\nMessage-ID:" not in data


def test_the_draft_is_addressed_to_guests_with_an_address() -> None:
    message = parse_draft(an_invite())
    assert message["X-Unsent"] == "1"
    assert [guest.addr_spec for guest in message["To"].addresses] == [
        "chair@example.org",
        "spoc@gwent.example.org",
        "office@bawso.example.org",
    ]
    assert str(message["From"]) == "Siân Jones <sian.jones@example.org>"


def test_the_subject_begins_with_the_marking() -> None:
    sensitive = an_invite(marking=Marking.OFFICIAL_SENSITIVE, title="Grŵp Arweinyddiaeth " * 6)
    assert parse_draft(an_invite())["Subject"] == "OFFICIAL: Leadership Group, 1 July 2026"
    assert (
        parse_draft(sensitive)["Subject"]
        == f"OFFICIAL-SENSITIVE: {'Grŵp Arweinyddiaeth ' * 6}".rstrip() + ", 1 July 2026"
    )
    cancelled = parse_draft(an_invite(state=MeetingState.CANCELLED), Method.CANCEL)
    assert cancelled["Subject"] == "OFFICIAL: Cancelled: Leadership Group, 1 July 2026"


def test_a_draft_in_welsh_has_the_welsh_names_of_meeting_and_organiser() -> None:
    invite = an_invite(title_cy="Grŵp Arwain")
    invite = replace(invite, card=replace(invite.card, organiser_cy="Ysgrifenyddiaeth"))
    with use_language(Language.CY):
        message, text = parse_draft(invite), read_text_part(invite)
    assert message["Subject"] == "SWYDDOGOL: Grŵp Arwain, 1 Gorffennaf 2026"
    assert message["From"].addresses[0].display_name == "Ysgrifenyddiaeth"
    assert "Beth: Grŵp Arwain\n" in text
    assert "Trefnydd: Ysgrifenyddiaeth\n" in text
    with use_language(Language.CY):
        assert "Beth: [Saesneg] Leadership Group\n" in read_text_part(an_invite())


def test_the_draft_has_a_text_part_and_a_calendar_part() -> None:
    message = parse_draft(an_invite())
    assert message.get_content_type() == "multipart/alternative"
    text, calendar = message.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert dict(calendar["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}


@pytest.mark.parametrize(("method", "build"), [(Method.REQUEST, build_request), (Method.CANCEL, build_cancellation)])
def test_the_calendar_part_equals_the_calendar_file(method: Method, build: object) -> None:
    assert callable(build)
    _text, calendar = parse_draft(an_invite(), method).iter_parts()
    assert calendar.get_payload(decode=True) == build(an_invite())
    assert Calendar.from_ical(build(an_invite()))["METHOD"] == method


def test_the_text_part_has_time_place_and_agenda() -> None:
    ends = datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001  # a wall time
    text = read_text_part(an_invite(ends=ends))
    assert text.startswith("OFFICIAL\n\nYou are invited to this meeting.\n")
    assert "When: Wednesday 1 July 2026, 10am to 12:30pm\n" in text
    assert "Where: Cathays Park, Cardiff\n" in text
    assert "Join online: https://meet.example.org/lg\n" in text
    assert "2. The NRM process\n" in text


def test_a_two_day_conference_shows_both_days() -> None:
    ends = datetime(2026, 7, 2, 17, 0)  # noqa: DTZ001  # a wall time
    text = read_text_part(an_invite(ends=ends, start_time=None, all_day=True))
    assert "When: Wednesday 1 July 2026 – Thursday 2 July 2026\n" in text


def test_awkward_names_survive_encoding() -> None:
    guests = tuple(an_invitee(name, f"guest{n}@example.org") for n, name in enumerate(AWKWARD_NAMES * 3))
    raw = message_from_bytes(build_draft(an_invite(invitees=guests), Method.REQUEST))["To"]
    assert [str(make_header(decode_header(name))) for name, _email in getaddresses([raw])] == AWKWARD_NAMES * 3


def test_line_ends_in_a_name_or_a_title_add_no_header() -> None:
    invite = an_invite(
        title="Review\r\nBcc: evil@example.org",
        organiser="Siân\r\nBcc: evil@example.org",
        invitees=(an_invitee("Bawso\nBcc: evil@example.org", "office@bawso.example.org"),),
    )
    message = parse_draft(invite)
    assert message["Bcc"] is None
    assert message["Subject"] == "OFFICIAL: Review Bcc: evil@example.org, 1 July 2026"


def test_lines_are_short_enough_for_mail() -> None:
    guests = tuple(an_invitee("Cydgysylltydd Grŵp " * 8, f"guest{n}@example.org") for n in range(40))
    data = build_draft(an_invite(invitees=guests, occasion="Diwrnod Gwrth-gaethwasiaeth " * 60), Method.REQUEST)
    assert max(len(line) for line in data.split(b"\r\n")) < 200
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_published_meeting_has_no_draft() -> None:
    with pytest.raises(BadInput, match="Choose request or cancel"):
        build_draft(an_invite(), Method.PUBLISH)


def test_a_draft_without_an_organiser_address_is_refused() -> None:
    with pytest.raises(Refused, match="no organiser"):
        build_draft(an_invite(organiser_email=None), Method.REQUEST)
