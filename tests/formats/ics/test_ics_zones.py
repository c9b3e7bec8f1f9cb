"""Time zones of calendars: expected hours are computed with zoneinfo from the IANA zone that is meant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ahtc_tui.domain.imports.meetings import CalendarEvent, CalendarFile
from ahtc_tui.domain.meetings.wall_time import to_utc
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.formats.ics.zone_names import find_named_zone
from tests.formats.ics.test_ics_meetings import create_calendar, create_event

AMSTERDAM = "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
DAYS = ("20140115", "20140321", "20140715")
"""Winter, the weeks in which America alone has summer time, and summer."""


def describe_zone(tzid: str, standard: str, daylight: str, *, american: bool = False) -> str:
    """Create the VTIMEZONE that Outlook writes for a zone of Europe or America."""
    begins, ends = ("BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11") if american else ("BYDAY=-1SU;BYMONTH=3",) * 2
    ends = ends if american else "BYDAY=-1SU;BYMONTH=10"
    hours = ("020000", "020000") if american else ("020000", "030000")
    return (
        f"BEGIN:VTIMEZONE\n{tzid}\nBEGIN:STANDARD\nDTSTART:16010101T{hours[1]}\nTZOFFSETFROM:{daylight}\n"
        f"TZOFFSETTO:{standard}\nRRULE:FREQ=YEARLY;INTERVAL=1;{ends}\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
        f"DTSTART:16010101T{hours[0]}\nTZOFFSETFROM:{standard}\nTZOFFSETTO:{daylight}\n"
        f"RRULE:FREQ=YEARLY;INTERVAL=1;{begins}\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )


def read_file(folder: Path, *events: str, head: str = "", zones: dict[str, str] | None = None) -> CalendarFile:
    file = folder / "work.ics"
    file.write_text(create_calendar(*events, head=head), encoding="utf-8")
    return read_meetings(file, zones)


def read_instants(contents: CalendarFile) -> list[datetime]:
    assert contents.warnings == ()
    assert contents.unclear_zones == ()
    return [to_utc(event.starts, event.tz) for event in contents.events if event.starts]


def compute_instants(zone: str) -> list[datetime]:
    """Return 10:00 on each day in a zone."""
    return [datetime.strptime(day, "%Y%m%d").replace(hour=10, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in DAYS]


def create_events(parameter: str) -> list[str]:
    return [create_event(f"UID:{day}", f"DTSTART;{parameter}:{day}T100000") for day in DAYS]


DESCRIBED = {
    "escaped commas": (
        r"TZID:(UTC+01:00) Amsterdam\, Berlin\, Bern\, Rome\, Stockholm\, Vienna",
        f'TZID="{AMSTERDAM}"',
    ),
    "a folded name": (
        "TZID:(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Sto\n ckholm\\, Vienna",
        f'TZID="{AMSTERDAM}"',
    ),
    "a parameter without quotation marks": (
        r"TZID:(UTC+01:00) Amsterdam\, Berlin\, Bern\, Rome\, Stockholm\, Vienna",
        f"TZID={AMSTERDAM}",
    ),
    "an escaped parameter": (r"TZID:Our office\; Berlin\, Rome", r'TZID="Our office\; Berlin\, Rome"'),
    "escaped only in the event": ("TZID:Our office, Rome", r"TZID=Our office\, Rome"),
    "quotation marks and capital letters": ('TZID:"OUR OFFICE"', "TZID=Our Office"),
    "a parameter before a kind of value": ("TZID:Our office", "TZID=Our office;VALUE=DATE-TIME"),
}


@pytest.mark.parametrize("case", DESCRIBED)
def test_a_time_has_the_zone_that_the_file_describes(case: str, tmp_path: Path) -> None:
    line, parameter = DESCRIBED[case]
    contents = read_file(tmp_path, *create_events(parameter), head=describe_zone(line, "+0100", "+0200"))
    assert read_instants(contents) == compute_instants("Europe/Berlin")


NAMED = {
    "tzone://Microsoft/Utc": "UTC",
    '"tzone://Microsoft/Utc"': "UTC",
    "Coordinated Universal Time": "UTC",
    "US-Eastern": "America/New_York",
    "US/Eastern": "America/New_York",
    "Europe-Paris": "Europe/Paris",
    "europe/lisbon": "Europe/Lisbon",
    "America/New York": "America/New_York",
    "/mozilla.org/20050126_1/Europe/Berlin": "Europe/Berlin",
    "/freeassociation.sourceforge.net/Tzfile/America/Chicago": "America/Chicago",
    "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "/mozilla.org/20070129_1/America/Indiana/Knox": "America/Indiana/Knox",
    "W. Europe": "Europe/Berlin",
    "W. Europe Standard Time": "Europe/Berlin",
    "W. Europe Daylight Time": "Europe/Berlin",
    "W. Europe Standard Time 1": "Europe/Berlin",
    "Romance": "Europe/Paris",
    "Eastern": "America/New_York",
    "Pacific Time": "America/Los_Angeles",
    "GMT Daylight Time": "Europe/London",
    "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC-05:00) Eastern\u2026": "America/New_York",
    "(UTC-05:00) Eastern...": "America/New_York",
    "(GMT-08.00) Pacific Time (US & Canada)": "America/Los_Angeles",
    AMSTERDAM: "Europe/Berlin",
    AMSTERDAM.replace(",", "\\,"): "Europe/Berlin",
    "(GMT+02:00) Athens, Bucharest": "Europe/Athens",
    "(UTC) Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata",
    "(UTC+10:00) Canberra, Melbourne, Sydney": "Australia/Sydney",
    "(UTC+05:45) Somewhere": "Asia/Kathmandu",
    "GMT+0100": "Etc/GMT-1",
    "UTC-5": "Etc/GMT+5",
    "+02:00": "Etc/GMT-2",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_time_has_the_zone_of_its_name(name: str, tmp_path: Path) -> None:
    contents = read_file(tmp_path, *create_events(f"TZID={name}"))
    assert read_instants(contents) == compute_instants(NAMED[name])


UNKNOWN = (
    "Customized Time Zone",
    "Pacific/Cymru",
    "(UTC+01:00) Somewhere",
    "(UTC-05:00) Havana, Lima",
    "GMT -0500 (Standard) / GMT -0400 (Daylight)",
    "tzone://Microsoft/Custom",
    "../etc",
    "Europe",
    "UTC+99",
    "/",
)


@pytest.mark.parametrize("name", UNKNOWN)
def test_events_of_an_unknown_zone_wait(name: str, tmp_path: Path) -> None:
    assert find_named_zone(name) is None
    other = create_event("UID:z", "DTSTART:20140115T100000")
    contents = read_file(tmp_path, *create_events(f"TZID={name}"), other)
    assert [event.uid for event in contents.events] == ["z"]
    [zone] = contents.unclear_zones
    assert (zone.name, zone.position, zone.events, zone.described) == (name, "VEVENT 1", 3, None)
    assert contents.warnings == ()
    given = read_file(tmp_path, *create_events(f"TZID={name}"), zones={name.casefold(): "Europe/Paris"})
    assert read_instants(given) == compute_instants("Europe/Paris")


def test_an_unknown_zone_of_the_calendar_is_unclear_for_floating_times(tmp_path: Path) -> None:
    events = [create_event("UID:a", "DTSTART:20140115T100000"), create_event("UID:b", "DTSTART:20140115T100000Z")]
    contents = read_file(tmp_path, *events, head="X-WR-TIMEZONE:Nowhere\n")
    assert [event.uid for event in contents.events] == ["b"]
    assert [zone.name for zone in contents.unclear_zones] == ["Nowhere"]


def test_an_unknown_zone_of_an_end_is_unclear(tmp_path: Path) -> None:
    event = create_event("UID:a", "DTSTART:20140115T100000", "DTEND;TZID=Nowhere:20140115T110000")
    contents = read_file(tmp_path, event)
    assert (contents.events, [zone.name for zone in contents.unclear_zones]) == ((), ["Nowhere"])


def test_a_description_that_contradicts_the_name_is_unclear(tmp_path: Path) -> None:
    head = describe_zone("TZID:Europe/London", "+0100", "+0200")
    contents = read_file(tmp_path, *create_events("TZID=Europe/London"), head=head)
    [zone] = contents.unclear_zones
    assert (contents.events, zone.events) == ((), 3)
    assert zone.described
    assert [f"{when:%H:%M}" for when in zone.described] == ["09:00", "10:00"]
    for answer, meant in (("", "Europe/Berlin"), ("Europe/London", "Europe/London")):
        given = {"europe/london": answer}
        answered = read_file(tmp_path, *create_events("TZID=Europe/London"), head=head, zones=given)
        assert read_instants(answered) == compute_instants(meant)


def test_a_description_that_begins_later_leaves_the_name(tmp_path: Path) -> None:
    head = describe_zone("TZID:Europe/London", "+0100", "+0200").replace("16010101", "20150101")
    contents = read_file(tmp_path, *create_events("TZID=Europe/London"), head=head)
    assert read_instants(contents) == compute_instants("Europe/London")


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland", "Eastern Standard Time"])
def test_a_date_with_a_zone_stays_a_date(zone: str, tmp_path: Path) -> None:
    lines = (f"DTSTART;TZID={zone};VALUE=DATE:20140115", f"DTEND;VALUE=DATE;TZID={zone}:20140116")
    [event] = read_file(tmp_path, create_event("UID:a", *lines)).events
    assert (event.day.isoformat(), event.starts, event.ends) == ("2014-01-15", None, None)


def read_series(folder: Path, start: str, head: str = "") -> CalendarEvent:
    contents = read_file(folder, create_event("UID:a", start, "RRULE:FREQ=WEEKLY"), head=head)
    assert (contents.warnings, contents.unclear_zones) == ((), ())
    return contents.events[0]


SERIES = {
    "IANA": ("DTSTART;TZID=America/New_York:20140304T090000", "", "America/New_York"),
    "Windows": ("DTSTART;TZID=Eastern Standard Time:20140304T090000", "", "America/New_York"),
    "display name": ('DTSTART;TZID="(UTC-08:00) Pacific Time":20140304T090000', "", "America/Los_Angeles"),
    "described": (
        "DTSTART;TZID=Our office:20140304T090000",
        describe_zone("TZID:Our office", "-0500", "-0400", american=True),
        "America/New_York",
    ),
    "UTC": ("DTSTART:20140304T090000Z", "", "UTC"),
    "London": ("DTSTART;TZID=GMT Standard Time:20140304T090000", "", "Europe/London"),
    "the hours of London": ("DTSTART;TZID=Europe/Lisbon:20140304T090000", "", "Europe/London"),
    "floating": ("DTSTART:20140304T090000", "", "Europe/London"),
}


@pytest.mark.parametrize("case", SERIES)
def test_a_series_keeps_its_zone(case: str, tmp_path: Path) -> None:
    start, head, tz = SERIES[case]
    event = read_series(tmp_path, start, head)
    assert (f"{event.starts:%H:%M}", event.tz) == ("09:00", tz)


def test_a_series_in_a_zone_without_a_name_waits(tmp_path: Path) -> None:
    head = describe_zone("TZID:Our office", "+0117", "+0217")
    event = create_event("UID:a", "DTSTART;TZID=Our office:20140304T090000", "RRULE:FREQ=WEEKLY")
    assert [zone.name for zone in read_file(tmp_path, event, head=head).unclear_zones] == ["Our office"]
