"""Times of meetings, in the file and in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.formats.ics.invites import Invite, build_publication, explain_omission
from ahtc_tui.formats.ics.vtimezone import VTIMEZONE
from tests.formats.meeting_cards import CHANGED_AT, a_meeting_card, parse_known_date


def parse_wall_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def parse_utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def publish_event(card: MeetingCard) -> tuple[bytes, Any]:
    data = build_publication([Invite(card, CHANGED_AT)]).data
    [event] = Calendar.from_ical(data).events
    return data, event


def publish_instants(**overrides: object) -> tuple[datetime, datetime]:
    _data, event = publish_event(a_meeting_card(**overrides))
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


def test_summer_time_applies_in_july_only() -> None:
    assert publish_instants(day="2026-07-01") == (parse_utc("2026-07-01T09:00"), parse_utc("2026-07-01T10:00"))
    assert publish_instants(day="2026-12-01") == (parse_utc("2026-12-01T10:00"), parse_utc("2026-12-01T11:00"))


def test_times_are_written_as_wall_time() -> None:
    data, _event = publish_event(a_meeting_card(ends=parse_wall_time("2026-07-01T12:30")))
    assert b"DTSTART;TZID=Europe/London:20260701T100000\r\n" in data
    assert b"DTEND;TZID=Europe/London:20260701T123000\r\n" in data


def test_the_zone_is_described_once_by_two_rules() -> None:
    data, _event = publish_event(a_meeting_card())
    assert VTIMEZONE.replace("\n", "\r\n").encode() in data
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert b"RDATE" not in data


def test_the_repeated_hour_is_the_first_one() -> None:
    assert publish_instants(day="2026-10-25", start_time="01:30") == (
        parse_utc("2026-10-25T00:30"),
        parse_utc("2026-10-25T01:30"),
    )
    data, _event = publish_event(a_meeting_card(day="2026-10-25", start_time="01:30"))
    assert b"DTSTART:20261025T003000Z" in data


def test_a_series_in_the_repeated_hour_keeps_its_wall_time() -> None:
    data, _event = publish_event(a_meeting_card(day="2026-10-25", start_time="01:30", recurrence="FREQ=WEEKLY"))
    assert b"DTSTART;TZID=Europe/London:20261025T013000" in data


def test_a_meeting_across_the_clock_change_keeps_its_wall_times() -> None:
    assert publish_instants(day="2026-10-25", start_time="00:30", ends=parse_wall_time("2026-10-25T03:00")) == (
        parse_utc("2026-10-24T23:30"),
        parse_utc("2026-10-25T03:00"),
    )


def test_the_skipped_hour_is_the_following_hour() -> None:
    data, _event = publish_event(a_meeting_card(day="2026-03-29", start_time="01:30"))
    assert b"DTSTART;TZID=Europe/London:20260329T023000" in data
    assert publish_instants(day="2026-03-29", start_time="01:30") == (
        parse_utc("2026-03-29T01:30"),
        parse_utc("2026-03-29T02:30"),
    )


def test_a_meeting_in_another_zone_is_written_in_london_time() -> None:
    assert publish_instants(start_time="10:00", tz="Europe/Warsaw")[0] == parse_utc("2026-07-01T08:00")


def test_a_meeting_without_time_is_an_all_day_event() -> None:
    data, event = publish_event(a_meeting_card(day="2026-07-01", start_time=None))
    assert b"DTSTART;VALUE=DATE:20260701\r\n" in data
    assert b"DTEND;VALUE=DATE:20260702\r\n" in data
    assert "Time to be confirmed." in event["DESCRIPTION"]
    held = a_meeting_card(day="2026-07-01", start_time=None, state=MeetingState.HELD)
    assert "Time to be confirmed." not in publish_event(held)[1]["DESCRIPTION"]


@pytest.mark.parametrize("ends", ["2026-07-02T00:00", "2026-07-02T17:00", "2026-07-03T00:00"])
def test_the_last_day_of_a_conference_is_included(ends: str) -> None:
    _data, event = publish_event(a_meeting_card(all_day=True, start_time=None, ends=parse_wall_time(ends)))
    expected = date(2026, 7, 2) if ends == "2026-07-02T00:00" else date(2026, 7, 3)
    assert event["DTEND"].dt == expected


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("FREQ=MONTHLY;BYDAY=1WE", b"RRULE:FREQ=MONTHLY;BYDAY=1WE\r\n"),
        ("FREQ=WEEKLY;UNTIL=20260731", b"RRULE:FREQ=WEEKLY;UNTIL=20260731T225959Z\r\n"),
        ("FREQ=WEEKLY;UNTIL=20261202T100000", b"RRULE:FREQ=WEEKLY;UNTIL=20261202T100000Z\r\n"),
        ("FREQ=WEEKLY;UNTIL=20260731T090000Z", b"RRULE:FREQ=WEEKLY;UNTIL=20260731T090000Z\r\n"),
    ],
)
def test_until_is_utc_for_timed_series(rule: str, written: bytes) -> None:
    data, _event = publish_event(a_meeting_card(recurrence=rule))
    assert written in data


def test_until_is_a_day_for_all_day_series() -> None:
    data, _event = publish_event(a_meeting_card(start_time=None, recurrence="FREQ=WEEKLY;UNTIL=20260731T090000Z"))
    assert b"UNTIL=20260731\r\n" in data


def test_recurrence_id_is_a_day_for_all_day_series() -> None:
    data, _event = publish_event(a_meeting_card(start_time=None, recurrence_id=parse_wall_time("2026-07-08T00:00")))
    assert b"RECURRENCE-ID;VALUE=DATE:20260708\r\n" in data


def test_a_meeting_with_a_day_is_not_omitted() -> None:
    assert explain_omission(a_meeting_card()) is None
    assert explain_omission(a_meeting_card(start_time=None)) is None


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"day": None}, '"Leadership Group" has no date.'),
        ({"day": "2013-06"}, '"Leadership Group" has no date, only "June 2013".'),
        ({"day": "2013"}, '"Leadership Group" has no date, only "2013".'),
        (
            {"day": parse_known_date("by the end of 2013", "2013-12")},
            '"Leadership Group" has no date, only "by the end of 2013".',
        ),
        (
            {"tz": "Europe/Cardiff"},
            '"Leadership Group" is in the time zone "Europe/Cardiff". There is no such time zone.',
        ),
        ({"tz": "../etc"}, '"Leadership Group" is in the time zone "../etc". There is no such time zone.'),
        ({"ends": parse_wall_time("2026-07-01T09:00")}, '"Leadership Group" ends before it starts.'),
        ({"all_day": True, "ends": parse_wall_time("2026-06-30T09:00")}, '"Leadership Group" ends before it starts.'),
        ({"recurrence": "now and then"}, '"Leadership Group" has an invalid recurrence rule, "now and then".'),
        ({"recurrence": "FREQ=BOO"}, '"Leadership Group" has an invalid recurrence rule, "FREQ=BOO".'),
    ],
)
def test_a_meeting_that_a_calendar_cannot_hold_is_omitted(overrides: dict[str, object], sentence: str) -> None:
    assert explain_omission(a_meeting_card(**overrides)) == sentence
