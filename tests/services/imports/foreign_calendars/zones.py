"""Calendars with zones of all kinds: known and unknown names, wrong descriptions, none at all, and whole days."""

from __future__ import annotations

from tests.services.imports.foreign_calendars.model import ForeignCalendar, build_calendar, build_event

_JULY = "20140701T090000"
VISIT = "SUMMARY:Visit"


def describe_zone(name: str, *parts: str) -> str:
    """Return a VTIMEZONE; each part is "STANDARD|DAYLIGHT from to start rule"."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for part in parts:
        kind, offset_from, offset_to, start, *rule = part.split()
        lines += [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{offset_from}", f"TZOFFSETTO:{offset_to}"]
        lines += [*(f"RRULE:{each}" for each in rule), f"END:{kind}"]
    return "\n".join((*lines, "END:VTIMEZONE"))


_LAST_MARCH, _LAST_OCTOBER = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
_ALWAYS = "16010101T000000"
LONDON_ZONE = (
    f"STANDARD +0100 +0000 16010101T020000 {_LAST_OCTOBER}",
    f"DAYLIGHT +0000 +0100 16010101T010000 {_LAST_MARCH}",
)
PARIS_ZONE = (
    f"STANDARD +0200 +0100 16010101T030000 {_LAST_OCTOBER}",
    f"DAYLIGHT +0100 +0200 16010101T020000 {_LAST_MARCH}",
)


def _visit(start: str, *zones: str, head: tuple[str, ...] = (), lines: tuple[str, ...] = ()) -> str:
    """Return a calendar with one event that has this DTSTART line."""
    return build_calendar("", *zones, build_event(start, VISIT, *lines, uid="v@example.org"), head=head)


def _at(
    name: str, start: str, london: str, *zones: str, head: tuple[str, ...] = (), lines: tuple[str, ...] = ()
) -> ForeignCalendar:
    """Return a calendar whose event is at this time in London."""
    values = {"starts": london.replace(" ", "T") + (":00" if " " in london else "")}
    return ForeignCalendar(
        name, _visit(start, *zones, head=head, lines=lines), {"Visit": values}, days={"Visit": (london,)}
    )


def _unclear(name: str, zone: str, *zones: str) -> ForeignCalendar:
    """Return a calendar whose zone is a question."""
    text = _visit(f"DTSTART;TZID={zone}:{_JULY}", *zones)
    return ForeignCalendar(name, text, asked=frozenset({("tz", zone.strip('"'))}))


_NAMES = {
    "GMT Standard Time": "09:00",
    "W. Europe Standard Time": "08:00",
    "Romance Standard Time": "08:00",
    "Central Europe Standard Time": "08:00",
    "GTB Standard Time": "07:00",
    "Eastern Standard Time": "14:00",
    "India Standard Time": "04:30",
    "AUS Eastern Standard Time": "00:00",
    "Greenwich Standard Time": "10:00",
    "US/Eastern": "14:00",
    "Europe/Dublin": "09:00",
    "GB": "09:00",
    "EST5EDT": "14:00",
    "Etc/GMT-1": "09:00",
}
NAMES = [_at(name, f"DTSTART;TZID={name}:{_JULY}", f"2014-07-01 {hour}") for name, hour in _NAMES.items()]

_PATHS = {
    "/freeassociation.sourceforge.net/Europe/London": "09:00",
    "/mozilla.org/20050126_1/Europe/Berlin": "08:00",
    "/citadel.org/20190914_1/America/New_York": "14:00",
    '"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"': "09:00",
    '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"': "08:00",
    "GMT+0200": "08:00",
    "UTC": "10:00",
}
UNDESCRIBED = [
    *(_at(name, f"DTSTART;TZID={name}:{_JULY}", f"2014-07-01 {hour}") for name, hour in _PATHS.items()),
    _unclear("name of an office", "Office hours"),
    _unclear("Customized Time Zone", "Customized Time Zone"),
    _unclear("tzone of Microsoft", "tzone://Microsoft/Custom"),
    _unclear("abbreviation of several zones", "IST"),
    _unclear("an offset with two zones", '"(UTC+01:00) Somewhere"'),
]

WRONG_DESCRIPTIONS = [
    _at(
        "custom name with a description",
        f"DTSTART;TZID=Our time:{_JULY}",
        "2014-07-01 08:00",
        describe_zone("Our time", *PARIS_ZONE),
    ),
    _at(
        "description agrees",
        f"DTSTART;TZID=Europe/London:{_JULY}",
        "2014-07-01 09:00",
        describe_zone("Europe/London", *LONDON_ZONE),
    ),
    _unclear(
        "London without summer time", "Europe/London", describe_zone("Europe/London", f"STANDARD +0000 +0000 {_ALWAYS}")
    ),
    _unclear("Paris under the name of London", "Europe/London", describe_zone("Europe/London", *PARIS_ZONE)),
    _unclear(
        "Windows name with the hours of another", "GMT Standard Time", describe_zone("GMT Standard Time", *PARIS_ZONE)
    ),
    _at(
        "in winter both are the same",
        "DTSTART;TZID=Europe/London:20140114T090000",
        "2014-01-14 09:00",
        describe_zone("Europe/London", f"STANDARD +0000 +0000 {_ALWAYS}"),
    ),
    _at(
        "damaged description of a known name",
        f"DTSTART;TZID=Europe/Paris:{_JULY}",
        "2014-07-01 08:00",
        "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nTZOFFSETTO:nonsense\nEND:STANDARD\nEND:VTIMEZONE",
    ),
    _unclear(
        "damaged description of an unknown name",
        "Our time",
        "BEGIN:VTIMEZONE\nTZID:Our time\nBEGIN:STANDARD\nTZOFFSETTO:nonsense\nEND:STANDARD\nEND:VTIMEZONE",
    ),
    ForeignCalendar(
        "description below the event",
        build_calendar(
            "",
            build_event(f"DTSTART;TZID=Our time:{_JULY}", VISIT, uid="v@example.org"),
            describe_zone("Our time", *PARIS_ZONE),
        ),
        {"Visit": {"starts": "2014-07-01T08:00:00"}},
    ),
]

FLOATING = [
    _at("without any zone", f"DTSTART:{_JULY}", "2014-07-01 09:00"),
    _at("zone of the calendar", f"DTSTART:{_JULY}", "2014-07-01 08:00", head=("X-WR-TIMEZONE:Europe/Paris",)),
    _at(
        "zone of the calendar in Windows words",
        f"DTSTART:{_JULY}",
        "2014-07-01 14:00",
        head=("X-WR-TIMEZONE:Eastern Standard Time",),
    ),
    _at("in UTC, whatever the calendar", f"DTSTART:{_JULY}Z", "2014-07-01 10:00", head=("X-WR-TIMEZONE:Europe/Paris",)),
    _at(
        "start in UTC, end with a zone",
        f"DTSTART:{_JULY}Z",
        "2014-07-01 10:00",
        lines=("DTEND;TZID=Europe/Paris:20140701T130000",),
    ),
    _at("hour that does not exist", "DTSTART;TZID=Europe/London:20140330T013000", "2014-03-30 02:30"),
    ForeignCalendar(
        "unknown zone of the calendar",
        _visit(f"DTSTART:{_JULY}", head=("X-WR-TIMEZONE:Office hours",)),
        asked=frozenset({("tz", "Office hours")}),
    ),
]

WHOLE_DAYS = [
    _at("one day", "DTSTART;VALUE=DATE:20140701", "2014-07-01"),
    _at("two days", "DTSTART;VALUE=DATE:20140701", "2014-07-01", lines=("DTEND;VALUE=DATE:20140703",)),
    _at("with a zone", "DTSTART;VALUE=DATE;TZID=America/New_York:20140701", "2014-07-01"),
    _at("without VALUE", "DTSTART:20140701", "2014-07-01"),
    _at("by a duration", "DTSTART;VALUE=DATE:20140701", "2014-07-01", lines=("DURATION:P1D",)),
    _at("in an unknown zone", "DTSTART;VALUE=DATE;TZID=Office hours:20140701", "2014-07-01"),
    ForeignCalendar(
        "weekly",
        _visit("DTSTART;VALUE=DATE:20140701", lines=("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20140708")),
        days={"Visit": ("2014-07-01", "2014-07-15")},
    ),
]
