"""Calendars of other programs: every VEVENT is read in London time or refused with a reason."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.meetings import CalendarEvent, CalendarFile, Guest
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Reply
from ahtc_tui.formats.ics.meetings import read_meetings

START = "DTSTART:20131105T100000"
WINDOWS_ZONE = """\
BEGIN:VTIMEZONE
TZID:Customized Time Zone
TZID:Second
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
ODD_ZONE = """\
BEGIN:VTIMEZONE
TZID:Two hours ahead
TZID:The same by another name
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""


def create_event(*lines: str) -> str:
    """Create a VEVENT from the lines."""
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def create_calendar(*events: str, head: str = "PRODID:-//Google Inc//Google Calendar//EN\nMETHOD:PUBLISH\n") -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{''.join(events)}END:VCALENDAR\n"


def read_calendar(folder: Path, data: str | bytes) -> CalendarFile:
    file = folder / "work.ics"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_meetings(file)


def read_single_event(folder: Path, *lines: str, head: str = "", uid: str = "UID:a") -> CalendarEvent:
    contents = read_calendar(folder, create_calendar(create_event(uid, *lines), head=head))
    assert contents.warnings == ()
    (event,) = contents.events
    return event


START_TIMES = {
    "floating": (START, "10:00"),
    "in UTC in winter": ("DTSTART:20131105T100000Z", "10:00"),
    "in UTC in summer": ("DTSTART:20130705T100000Z", "11:00"),
    "in London": ("DTSTART;TZID=Europe/London:20130705T100000", "10:00"),
    "in London as Windows calls it": ("DTSTART;TZID=GMT Standard Time:20130705T100000", "10:00"),
    "in London in quotation marks": ('DTSTART;TZID="GMT Standard Time":20130705T100000', "10:00"),
    "in London as Exchange shows it": (
        'DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20130705T100000',
        "10:00",
    ),
    "in London by a longer name": (
        "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20130705T100000",
        "10:00",
    ),
    "in New York": ("DTSTART;TZID=America/New_York:20130705T100000", "15:00"),
    "in New York as Windows calls it": ("DTSTART;TZID=Eastern Standard Time:20130705T100000", "15:00"),
    "by a zone of the file": ("DTSTART;TZID=Two hours ahead:20130705T100000", "09:00"),
    "by the second name of that zone": ("DTSTART;TZID=The same by another name:20130705T100000", "09:00"),
    "with seconds": ("DTSTART:20131105T100030", "10:00"),
}


@pytest.mark.parametrize("case", START_TIMES)
def test_a_start_becomes_wall_time_in_london(case: str, tmp_path: Path) -> None:
    line, hour = START_TIMES[case]
    event = read_single_event(tmp_path, line, "SUMMARY:x", head=ODD_ZONE)
    assert event.starts is not None
    assert (f"{event.starts:%H:%M}", event.starts.tzinfo, event.tz) == (hour, None, "Europe/London")


def test_the_calendar_zone_applies_to_floating_times(tmp_path: Path) -> None:
    event = read_single_event(tmp_path, START, head="X-WR-TIMEZONE:America/New_York\n")
    assert event.starts == datetime(2013, 11, 5, 15)  # noqa: DTZ001


def test_the_repeated_hour_in_october_is_kept_in_utc(tmp_path: Path) -> None:
    event = read_single_event(tmp_path, "DTSTART:20131027T013000Z")
    assert (event.starts, event.tz) == (datetime(2013, 10, 27, 1, 30), "UTC")  # noqa: DTZ001


def test_events_of_an_unreadable_zone_wait(tmp_path: Path) -> None:
    line = "DTSTART;TZID=Customized Time Zone:20130705T100000"
    broken = create_calendar(create_event("UID:a", line), create_event("UID:b", line), head=WINDOWS_ZONE)
    contents = read_calendar(tmp_path, broken.replace("TZOFFSETTO:+0000", "TZOFFSETTO:nonsense"))
    assert (contents.events, contents.warnings) == ((), ())
    assert [(zone.name, zone.events) for zone in contents.unclear_zones] == [("Customized Time Zone", 2)]


END_TIMES = {
    "an hour": ("DTEND:20131105T110000", "2013-11-05T11:00:00"),
    "a length": ("DURATION:PT90M", "2013-11-05T11:30:00"),
    "nothing": ("X-NONE:1", None),
    "no length at all": ("DTEND:20131105T100000", None),
    "a day": ("DTEND;VALUE=DATE:20131106", "2013-11-06T00:00:00"),
}


@pytest.mark.parametrize("case", END_TIMES)
def test_an_end_is_a_time_a_duration_or_absent(case: str, tmp_path: Path) -> None:
    line, ends = END_TIMES[case]
    event = read_single_event(tmp_path, START, line)
    assert (event.ends.isoformat() if event.ends else None) == ends


def test_all_day_events_end_at_the_following_midnight(tmp_path: Path) -> None:
    day = "DTSTART;VALUE=DATE:20131225"
    for end, ends in (("X-NONE:1", None), ("DTEND;VALUE=DATE:20131226", None), ("DTEND;VALUE=DATE:20131228", 28)):
        event = read_single_event(tmp_path, day, end)
        assert (event.day, event.starts, event.ends and event.ends.day) == (date(2013, 12, 25), None, ends)


def test_a_series_keeps_rule_exceptions_and_moved_days(tmp_path: Path) -> None:
    zone = ";TZID=GMT Standard Time"
    contents = read_calendar(
        tmp_path,
        create_calendar(
            create_event(
                "UID:a", f"RECURRENCE-ID{zone}:20131112T100000", f"DTSTART{zone}:20131113T140000", "SUMMARY:Moved"
            ),
            create_event(
                "UID:a",
                f"DTSTART{zone}:20131105T100000",
                "RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20131231T235959Z;BYDAY=TU",
                f"EXDATE{zone}:20131119T100000,20131126T100000",
                "EXDATE:20131203T100000Z",
                "EXDATE;VALUE=DATE:20131210",
            ),
        ),
    )
    series, day = contents.events
    assert series.recurrence == "FREQ=WEEKLY;UNTIL=20131231T235959Z;BYDAY=TU;WKST=MO"
    assert [f"{when:%d %H:%M}" for when in series.exceptions] == ["19 10:00", "26 10:00", "03 10:00", "10 10:00"]
    assert (day.position, day.instance) == ("VEVENT 1", datetime(2013, 11, 12, 10))  # noqa: DTZ001


def test_the_other_properties_of_an_event_are_read(tmp_path: Path) -> None:
    event = read_single_event(
        tmp_path,
        START,
        "SUMMARY:Grŵp\\, Gwent  ",
        "LOCATION:County Hall\\, Cwmbran",
        "URL:https://meet.example.invalid/1",
        "DESCRIPTION:One\\nTwo",
        "CATEGORIES:Gwent,Forum",
        "STATUS:TENTATIVE",
        "SEQUENCE:3",
        "LAST-MODIFIED:20131101T090000Z",
        "CLASS:CONFIDENTIAL",
        "ORGANIZER;CN=Secretariat:MAILTO:Sec@example.invalid",
        "ATTENDEE;CN=AHTC;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:ahtc@example.invalid",
        "ATTENDEE;CN=ahtc@example.invalid:mailto:AHTC@example.invalid",
        "ATTENDEE;EMAIL=apple@example.invalid:urn:uuid:1",
        "ATTENDEE;CN=No Address:invalid:nomail",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room@example.invalid",
        "ATTENDEE:mailto:",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
        " BBBB",
        "X-ALT-DESC;FMTTYPE=text/html:<html>",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "DESCRIPTION:Alarm",
        "END:VALARM",
    )
    assert (event.title, event.place, event.note) == ("Grŵp, Gwent", "County Hall, Cwmbran", "One\nTwo")
    assert (event.link, event.categories) == ("https://meet.example.invalid/1", ("Gwent", "Forum"))
    assert (event.state, event.sequence, event.sensitive) == (MeetingState.TENTATIVE, 3, True)
    assert event.modified == datetime(2013, 11, 1, 9, tzinfo=UTC)
    assert event.organiser == Guest("sec@example.invalid", "Secretariat")
    assert event.guests == (
        Guest("ahtc@example.invalid", "AHTC", InviteRole.CHAIR, Reply.ACCEPTED),
        Guest("apple@example.invalid", ""),
        Guest("", "No Address"),
    )


def test_invalid_properties_are_dropped_from_the_event(tmp_path: Path) -> None:
    broken = ("LAST-MODIFIED:yesterday", "SEQUENCE:many", "CATEGORIES:")
    event = read_single_event(tmp_path, START, "RRULE:FREQ=WEEKLY", "SUMMARY:x", *broken)
    assert (event.modified, event.exceptions, event.sequence, event.categories) == (None, (), 0, ())


@pytest.mark.parametrize("line", ["EXDATE:never", "EXDATE:00010101T000000Z", "EXRULE:FREQ=WEEKLY;INTERVAL=2"])
def test_excluded_days_that_are_not_read_are_named(tmp_path: Path, line: str) -> None:
    contents = read_calendar(tmp_path, create_calendar(create_event("UID:a", START, "RRULE:FREQ=WEEKLY", line)))
    assert [event.exceptions for event in contents.events] == [()]
    assert ["in the series" in warning.reason for warning in contents.warnings] == [True]


def test_an_event_without_uid_gets_a_stable_one(tmp_path: Path) -> None:
    first = read_single_event(tmp_path, START, "SUMMARY:x", uid="X-NONE:1").uid
    assert first.endswith("@imported.ahtc")
    assert read_single_event(tmp_path, START, "SUMMARY:x", uid="UID:").uid == first
    assert read_single_event(tmp_path, START, "SUMMARY:y", uid="UID:").uid != first
    assert read_single_event(tmp_path, "DTSTART:20140101T100000", "SUMMARY:x", uid="UID:").uid != first
    days = [read_single_event(tmp_path, f"DTSTART;VALUE=DATE:2014010{n}", "SUMMARY:x", uid="UID:").uid for n in (1, 2)]
    assert len(set(days)) == 2


REFUSED = {
    "has no start": create_event("UID:a", "SUMMARY:x"),
    "(DTSTART)": create_event("UID:a", "DTSTART:tomorrow"),
    "has an invalid start": create_event("UID:a", "DTSTART:00010101T000000Z"),
    "has an invalid RECURRENCE-ID": create_event("UID:a", START, "RECURRENCE-ID:99990101T000000"),
    "is marked as private": create_event("UID:a", START, "CLASS:PRIVATE"),
    "FREQ=SECONDLY": create_event("UID:a", START, "RRULE:FREQ=SECONDLY;COUNT=999999999"),
    "COUNT=99999999": create_event("UID:a", START, "RRULE:FREQ=DAILY;COUNT=99999999"),
    "FREQ=WEEKLY; FREQ=DAILY": create_event("UID:a", START, "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"),
    "without END:VEVENT": "BEGIN:VEVENT\nUID:a\nDTSTART:20131105T100000\n",
    "is too large": create_event("UID:a", START, *["X-BIG:" + "x" * 900] * 300),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_an_invalid_event_is_refused_with_a_reason(reason: str, tmp_path: Path) -> None:
    contents = read_calendar(tmp_path, create_calendar(REFUSED[reason], create_event("UID:z", START)))
    assert contents.read == 2
    assert [event.uid for event in contents.events] == ["z"]
    (warning,) = contents.warnings
    assert warning.cell == "VEVENT 1"
    assert reason in warning.reason


def test_a_library_error_drops_only_that_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import icalendar

    from_ical = icalendar.Event.from_ical

    def fail_for_first(text: str) -> object:
        if "UID:a" in text:
            raise IndexError("nothing of ours")
        return from_ical(text)

    monkeypatch.setattr(icalendar.Event, "from_ical", fail_for_first)
    contents = read_calendar(tmp_path, create_calendar(create_event("UID:a", START), create_event("UID:z", START)))
    assert [event.uid for event in contents.events] == ["z"]
    assert [(warning.cell, warning.reason) for warning in contents.warnings] == [
        ("VEVENT 1", "cannot be read, because it is damaged")
    ]


WARNED = {
    "ends before it starts": create_event("UID:a", START, "DTEND:20131105T090000"),
    "the end cannot be read": create_event("UID:a", START, "DTEND:00010101T000000Z"),
    "extra dates (RDATE)": create_event("UID:a", START, "RDATE:20131112T100000"),
    "2 VTODO left out": create_event("UID:a", START) + "BEGIN:VTODO\nUID:t\nEND:VTODO\n" * 2,
    "is in the file twice": create_event("UID:a", START) + create_event("UID:a", START, "SEQUENCE:1"),
    "the newer one is used": create_event("UID:a", START, "SEQUENCE:1") + create_event("UID:a", START),
}


@pytest.mark.parametrize("reason", WARNED)
def test_dropped_parts_of_an_event_give_a_warning(reason: str, tmp_path: Path) -> None:
    contents = read_calendar(tmp_path, create_calendar(WARNED[reason]))
    (event,) = contents.events
    assert event.uid == "a"
    (warning,) = contents.warnings
    assert reason in warning.reason
    assert event.sequence == (1 if contents.read == 2 else 0)


ODD_FORMS = {
    "two carriage returns a line": lambda text: text.replace("\n", "\r\r\n"),
    "carriage returns alone": lambda text: text.replace("\n", "\r"),
    "a mark at the beginning": lambda text: "\ufeff" + text,
    "tabs before folded words": lambda text: text.replace("Arwein", "Arwe\n\tin"),
    "small letters": lambda text: text.replace("BEGIN:VEVENT", "begin:vevent").replace("SUMMARY", "summary"),
    "spaces after the words": lambda text: text.replace("VEVENT", "VEVENT  "),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "an alarm without an end": lambda text: text.replace("END:VEVENT", "BEGIN:VALARM\nACTION:DISPLAY\nEND:VEVENT"),
    "a zone without an end": lambda text: text.replace("BEGIN:VEVENT", "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:VEVENT"),
    "no calendar around it": lambda text: text.replace("BEGIN:VCALENDAR\n", "").replace("END:VCALENDAR\n", ""),
    "lines that are none": lambda text: text.replace("SUMMARY", "what is this\n;;;\nSUMMARY"),
}


@pytest.mark.parametrize("case", ODD_FORMS)
def test_odd_files_give_their_meeting(case: str, tmp_path: Path) -> None:
    text = create_calendar(create_event("UID:a", "SUMMARY:Grŵp Arweinyddiaeth", START))
    (event,) = read_calendar(tmp_path, ODD_FORMS[case](text)).events
    assert (event.title, event.starts) == ("Grŵp Arweinyddiaeth", datetime(2013, 11, 5, 10))  # noqa: DTZ001


def test_windows_and_utf_16_encodings_are_read(tmp_path: Path) -> None:
    text = create_calendar(create_event("UID:a", "SUMMARY:Siân", START))
    for data in (text.encode("cp1252"), text.encode("utf-16")):
        assert read_calendar(tmp_path, data).events[0].title == "Siân"
    for encoding in ("utf-16-le", "utf-16-be", "utf-32"):
        data = text.replace("Siân", "Ŵyn").encode(encoding)
        assert read_calendar(tmp_path, data).events[0].title == "Ŵyn"
    assert read_calendar(tmp_path, text.encode().replace(b"\xc3\xa2", b"\x81\xff")).read == 1


def test_files_without_meetings_are_refused(tmp_path: Path) -> None:
    cases: list[tuple[str, str]] = [
        ("", "is empty"),
        ("garbage", "is not a calendar"),
        (create_calendar(), "contains no meeting"),
        (create_calendar(create_event("UID:a", START), head="METHOD:REPLY\n"), "Use import replies"),
        ("BEGIN:VEVENT\n" * 60_001, "holds 60001 events"),
        ("x" * (60 * 1024 * 1024 + 1), "is larger than 60 MB"),
    ]
    for data, words in cases:
        with pytest.raises(BadFile, match=words):
            read_calendar(tmp_path, data)


HOSTILE = {
    "components without an end": "BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 200_000,
    "zones within zones": "BEGIN:VCALENDAR\n" + "BEGIN:VTIMEZONE\nTZID:x\n" * 100_000,
    "many folded lines": create_calendar(create_event("UID:a", START, "DESCRIPTION:x", *[" aaaa"] * 200_000)),
    "many guests": create_calendar(
        create_event("UID:a", START, *[f"ATTENDEE:mailto:a{n}@example.invalid" for n in range(4000)])
    ),
    "many exceptions": create_calendar(create_event("UID:a", START, "EXDATE:" + ",".join(["20131105T100000"] * 8000))),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_read_within_five_seconds(case: str, tmp_path: Path) -> None:
    start = time.process_time()
    with suppress(BadFile):
        read_calendar(tmp_path, HOSTILE[case])
    assert time.process_time() - start < 5
