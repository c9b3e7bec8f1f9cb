"""Replies to invitations from calendar and mail programs, and files that are not replies."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.replies import InvitationAnswer
from ahtc_tui.domain.meetings.kinds import Reply
from ahtc_tui.formats.ics.replies import read_answers

ACCEPTED = "ATTENDEE;PARTSTAT=ACCEPTED;CN=SPOC:mailto:SPOC@Example.org"

BROKEN_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "TZID:Europe/London",
    "BEGIN:STANDARD",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""A time zone as some programmes write it, which no reader takes."""


def create_event(*lines: str) -> tuple[str, ...]:
    """Create one reply."""
    return ("BEGIN:VEVENT", "UID:lg-1@ahtc", "DTSTAMP:20140105T100000Z", "SEQUENCE:2", *lines, "END:VEVENT")


def create_calendar(*lines: str, method: str = "METHOD:REPLY", end: str = "\r\n") -> bytes:
    """Create a calendar from the lines."""
    all_lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", method, *lines, "END:VCALENDAR", "")
    return end.join(line for line in all_lines if line or line is all_lines[-1]).encode()


def read_reply_file(tmp_path: Path, data: bytes, name: str = "answer.ics") -> list[InvitationAnswer]:
    (tmp_path / name).write_bytes(data)
    return read_answers(tmp_path / name)


def read_refusal(tmp_path: Path, data: bytes) -> str:
    """Return the sentence about a file that cannot be used."""
    with pytest.raises(BadFile) as refused:
        read_reply_file(tmp_path, data)
    assert refused.value.exit_code == 4
    assert "\n" not in str(refused.value)
    assert "answer.ics" in str(refused.value)
    return str(refused.value)


def create_mail(*calendars: bytes, subtype: str = "calendar") -> bytes:
    """Create a mail with a text and the calendars."""
    message = EmailMessage()
    message["Subject"] = "Derbyniwyd: Grŵp Arweinyddiaeth"
    message.set_content("Yes")
    for data in calendars:
        maintype = "text" if subtype == "calendar" else "application"
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename="invite.ics")
    return message.as_bytes()


def test_an_answer_is_read_with_a_lower_case_address(tmp_path: Path) -> None:
    (answer,) = read_reply_file(tmp_path, create_calendar(*create_event(ACCEPTED, "COMMENT:Diolch\\, byddaf\\nyno")))
    assert answer == InvitationAnswer(
        "VEVENT 1",
        "lg-1@ahtc",
        2,
        datetime(2014, 1, 5, 10, tzinfo=UTC),
        1,
        "spoc@example.org",
        "ACCEPTED",
        comment="Diolch, byddaf yno",
    )
    assert answer.reply is Reply.ACCEPTED


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n", "\r\n\r\n"])
def test_every_line_end_is_read(end: str, tmp_path: Path) -> None:
    assert len(read_reply_file(tmp_path, create_calendar(*BROKEN_ZONE, *create_event(ACCEPTED), end=end))) == 1


def test_folded_lines_are_joined(tmp_path: Path) -> None:
    (answer,) = read_reply_file(
        tmp_path, create_calendar(*create_event("ATTENDEE;PARTSTAT=DECL", " INED:mailto:spoc@exa", " mple.org"))
    )
    assert (answer.email, answer.partstat) == ("spoc@example.org", "DECLINED")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_welsh_letters_are_read_in_common_encodings(encoding: str, tmp_path: Path) -> None:
    text = create_calendar(*create_event(ACCEPTED, "COMMENT:Diolch Siân")).decode()
    assert read_reply_file(tmp_path, text.encode(encoding))[0].comment == "Diolch Siân"


@pytest.mark.parametrize("subtype", ["calendar", "octet-stream", "ics"])
def test_a_calendar_in_a_mail_is_read_once(subtype: str, tmp_path: Path) -> None:
    data = create_calendar(*create_event(ACCEPTED))
    (answer,) = read_reply_file(tmp_path, create_mail(data, data, subtype=subtype), "answer.eml")
    assert answer.email == "spoc@example.org"


def test_the_address_is_read_from_the_email_parameter(tmp_path: Path) -> None:
    line = "ATTENDEE;PARTSTAT=TENTATIVE;EMAIL=Spoc@example.org:urn:uuid:1c0e"
    assert read_reply_file(tmp_path, create_calendar(*create_event(line)))[0].email == "spoc@example.org"


def test_a_delegation_has_guest_and_delegate(tmp_path: Path) -> None:
    guest = 'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Deputy@example.org":mailto:spoc@example.org'
    deputy = 'ATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:spoc@example.org":mailto:deputy@example.org'
    (answer,) = read_reply_file(tmp_path, create_calendar(*create_event(guest, deputy)))
    assert (answer.guest_count, answer.email, answer.delegated_to) == (1, "spoc@example.org", ("deputy@example.org",))


def test_missing_and_invalid_properties_of_an_answer_are_none(tmp_path: Path) -> None:
    event = ("BEGIN:VEVENT", "UID:x", "SEQUENCE:many", "DTSTAMP:yesterday", "ATTENDEE:mailto:a@b.example", "END:VEVENT")
    (answer,) = read_reply_file(tmp_path, create_calendar(*event))
    assert (answer.sequence, answer.sent, answer.partstat) == (None, None, "NEEDS-ACTION")
    (bare,) = read_reply_file(tmp_path, create_calendar("BEGIN:VEVENT", "UID:x", "END:VEVENT"))
    assert (bare.sequence, bare.guest_count, bare.email) == (0, 0, "")


def test_control_characters_are_removed(tmp_path: Path) -> None:
    (answer,) = read_reply_file(tmp_path, create_calendar(*create_event(ACCEPTED, "COMMENT:\x1b[31mred\x07\x00")))
    assert answer.comment == "[31mred"


def create_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("answer.ics", create_calendar(*create_event(ACCEPTED)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"garbage", "neither a calendar nor an email"),
        (bytes(range(256)) * 40, "neither a calendar nor an email"),
        (create_zip(), "workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "Outlook message"),
        (create_mail(), "neither a calendar nor an email"),
        (create_calendar(*create_event(ACCEPTED), method=""), "has no METHOD:REPLY"),
        (create_calendar(*create_event(ACCEPTED), method="METHOD:PUBLISH"), "is METHOD:PUBLISH, not a reply"),
        (create_calendar(*create_event(ACCEPTED), method="METHOD:CANCEL"), "is METHOD:CANCEL, not a reply"),
        (create_calendar(), "no reply to an invitation"),
        (create_calendar("BEGIN:VTODO", "UID:x", "END:VTODO"), "no reply to an invitation"),
        (b"BEGIN:VCALENDAR\r\n", "is incomplete"),
        (create_calendar(*create_event(ACCEPTED))[:-30], "is incomplete"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nno colon here\r\nEND:VEVENT\r\n", "c"),
        (create_calendar(*create_event(ACCEPTED) * 2001), "has 2001 entries"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 30_000_000, "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_without_answers_are_refused_in_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    assert words in read_refusal(tmp_path, data)


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.ics", Path("/dev/null"), tmp_path / ("x" * 300)):
        with pytest.raises(BadFile) as refused:
            read_answers(path)
        assert "\n" not in str(refused.value)


def test_hostile_files_are_read_quickly(tmp_path: Path) -> None:
    read_refusal(tmp_path, b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VTIMEZONE\r\n" * 400_000)
    assert len(read_reply_file(tmp_path, create_calendar(*create_event(ACCEPTED, "\r" * 5_000_000)))) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 200), damage=st.binary(max_size=12))
def test_a_damaged_file_only_raises_bad_file(at: int, damage: bytes, tmp_path: Path) -> None:
    data = create_calendar(*BROKEN_ZONE, *create_event(ACCEPTED))
    sentence = ""
    try:
        read_reply_file(tmp_path, data[:at] + damage + data[at + len(damage) :])
    except BadFile as refused:
        sentence = str(refused)
    assert "\n" not in sentence
