"""Calendars with series: excluded, added and moved days, and rules that end."""

from __future__ import annotations

from tests.services.imports.foreign_calendars.model import ForeignCalendar, build_calendar, build_event

_WEEKLY = ("DTSTART;TZID=Europe/London:20140304T090000", "DTEND;TZID=Europe/London:20140304T100000", "SUMMARY:Weekly")
_FIVE = "RRULE:FREQ=WEEKLY;COUNT=5"
DAYS = ("2014-03-04 09:00", "2014-03-11 09:00", "2014-03-18 09:00", "2014-03-25 09:00", "2014-04-01 09:00")
UID = "w@example.org"


def _weekly(*lines: str, rule: str = _FIVE, start: tuple[str, ...] = _WEEKLY, days: tuple[str, ...] = ()) -> str:
    """Return a calendar with a weekly series, and with these VEVENTs after it."""
    return build_calendar("", build_event(*start, rule, *lines, uid=UID), *days)


def _expect(name: str, text: str, days: tuple[str, ...], *, named: tuple[str, ...] = ()) -> ForeignCalendar:
    return ForeignCalendar(name, text, days={"Weekly": days}, named=named)


def _day(*lines: str) -> str:
    return build_event(*lines, "SUMMARY:Weekly", uid=UID)


_WITHOUT_11 = tuple(day for day in DAYS if "03-11" not in day)
_NEW_YORK = ("DTSTART;TZID=Eastern Standard Time:20140304T090000", "DURATION:PT1H", "SUMMARY:Weekly")

_FLOATING = ("DTSTART:20140325T090000", "DTEND:20140325T100000", "SUMMARY:Weekly")
EXCLUDED = [
    _expect(
        "in UTC, of a series without a zone",
        _weekly("EXDATE:20140401T090000Z", start=_FLOATING, rule="RRULE:FREQ=WEEKLY;COUNT=3"),
        ("2014-03-25 09:00", "2014-04-08 09:00"),
    ),
    _expect(
        "at another hour in UTC, of a series without a zone",
        _weekly("EXDATE:20140401T080000Z", start=_FLOATING, rule="RRULE:FREQ=WEEKLY;COUNT=3"),
        ("2014-03-25 09:00", "2014-04-08 09:00"),
    ),
    _expect("by its time", _weekly("EXDATE;TZID=Europe/London:20140311T090000"), _WITHOUT_11),
    _expect("in UTC", _weekly("EXDATE:20140311T090000Z"), _WITHOUT_11),
    _expect("in UTC in summer", _weekly("EXDATE:20140401T080000Z"), DAYS[:4]),
    _expect("by its date", _weekly("EXDATE;VALUE=DATE:20140311"), _WITHOUT_11),
    _expect(
        "two in a line", _weekly("EXDATE;TZID=Europe/London:20140311T090000,20140318T090000"), (DAYS[0], *DAYS[3:])
    ),
    _expect("in a Windows zone", _weekly("EXDATE;TZID=GMT Standard Time:20140311T090000"), _WITHOUT_11),
    _expect("without a zone", _weekly("EXDATE:20140311T090000"), _WITHOUT_11),
    _expect("no day of the series", _weekly("EXDATE:20140312T090000Z"), DAYS, named=("12 March 2014, 9am",)),
    _expect(
        "a day before and one after the series",
        _weekly("EXDATE:20140225T090000Z,20140311T090000Z,20140408T080000Z"),
        _WITHOUT_11,
        named=("25 February 2014, 9am; 8 April 2014, 9am",),
    ),
    _expect("the hour of another zone", _weekly("EXDATE:20140401T090000Z"), DAYS, named=("1 April 2014, 10am",)),
    _expect("an unreadable one", _weekly("EXDATE:sometime"), DAYS, named=("EXDATE",)),
    _expect("an added day", _weekly("RDATE;TZID=Europe/London:20140305T090000"), DAYS, named=("RDATE",)),
    _expect("an added period", _weekly("RDATE;VALUE=PERIOD:20140305T090000Z/PT1H"), DAYS, named=("RDATE",)),
    ForeignCalendar(
        "added days without a rule",
        build_calendar("", build_event(*_WEEKLY, "RDATE:20140305T090000Z,20140306T090000Z", uid=UID)),
        {"Weekly": {}},
        named=("RDATE",),
        days={"Weekly": DAYS[:1]},
    ),
    _expect("an excluding rule", _weekly("EXRULE:FREQ=WEEKLY;INTERVAL=2"), DAYS, named=("EXRULE",)),
]

_MOVED = ("2014-03-04 09:00", "2014-03-12 11:00", *DAYS[2:])
_TO_12 = ("DTSTART;TZID=Europe/London:20140312T110000", "DTEND;TZID=Europe/London:20140312T120000")
MOVED = [
    _expect("by its time", _weekly(days=(_day("RECURRENCE-ID;TZID=Europe/London:20140311T090000", *_TO_12),)), _MOVED),
    _expect("in UTC", _weekly(days=(_day("RECURRENCE-ID:20140311T090000Z", *_TO_12),)), _MOVED),
    _expect("by its date", _weekly(days=(_day("RECURRENCE-ID;VALUE=DATE:20140311", *_TO_12),)), _MOVED),
    _expect(
        "before its series",
        build_calendar("", _day("RECURRENCE-ID:20140311T090000Z", *_TO_12), build_event(*_WEEKLY, _FIVE, uid=UID)),
        _MOVED,
    ),
    _expect(
        "in a Windows zone",
        _weekly(days=(_day("RECURRENCE-ID;TZID=GMT Standard Time:20140311T090000", *_TO_12),)),
        _MOVED,
    ),
    _expect(
        "cancelled",
        _weekly(
            days=(_day("RECURRENCE-ID:20140311T090000Z", *_WEEKLY[:0], "DTSTART:20140311T090000Z", "STATUS:CANCELLED"),)
        ),
        _WITHOUT_11,
    ),
    _expect(
        "of New York",
        _weekly(
            start=_NEW_YORK,
            rule="RRULE:FREQ=WEEKLY;COUNT=3",
            days=(_day("RECURRENCE-ID;TZID=Eastern Standard Time:20140311T090000", *_TO_12),),
        ),
        ("2014-03-04 14:00", "2014-03-12 11:00", "2014-03-18 13:00"),
    ),
    ForeignCalendar(
        "of an unknown series",
        build_calendar("", _day("RECURRENCE-ID:20140311T090000Z", *_TO_12)),
        days={"Weekly": ("2014-03-12 11:00",)},
        named=("one date in an unknown series",),
    ),
]

_FROM_18 = "RECURRENCE-ID;RANGE=THISANDFUTURE:20140318T090000Z"
_AT_10 = ("DTSTART;TZID=Europe/London:20140318T100000", "DURATION:PT1H")
_LATER = (*DAYS[:2], *(day.replace("09:00", "10:00") for day in DAYS[2:]))
ONWARD = [
    _expect("with a number of days", _weekly(days=(_day(_FROM_18, *_AT_10),)), _LATER),
    _expect(
        "with a last day",
        _weekly(rule="RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20140401T080000Z", days=(_day(_FROM_18, *_AT_10),)),
        _LATER,
    ),
    _expect(
        "on another weekday",
        _weekly(
            rule="RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5",
            days=(_day(_FROM_18, "DTSTART;TZID=Europe/London:20140319T090000", "DURATION:PT1H"),),
        ),
        (*DAYS[:2], "2014-03-19 09:00", "2014-03-26 09:00", "2014-04-02 09:00"),
    ),
    _expect(
        "from the first day on",
        _weekly(
            days=(
                _day(
                    "RECURRENCE-ID;RANGE=THISANDFUTURE:20140304T090000Z",
                    "DTSTART;TZID=Europe/London:20140304T100000",
                ),
            )
        ),
        tuple(day.replace("09:00", "10:00") for day in DAYS),
    ),
    _expect(
        "with a day moved, one excluded and a second change later",
        _weekly(
            "EXDATE:20140401T080000Z",
            rule="RRULE:FREQ=WEEKLY;COUNT=6",
            days=(
                _day("RECURRENCE-ID:20140325T090000Z", "DTSTART;TZID=Europe/London:20140326T140000"),
                _day("RECURRENCE-ID;RANGE=THISANDFUTURE:20140408T080000Z", "DTSTART:20140408T110000Z"),
                _day(_FROM_18, *_AT_10),
            ),
        ),
        (*DAYS[:2], "2014-03-18 10:00", "2014-03-26 14:00", "2014-04-08 12:00"),
    ),
    _expect("called off from then on", _weekly(days=(_day(_FROM_18, *_AT_10, "STATUS:CANCELLED"),)), DAYS[:2]),
    ForeignCalendar(
        "on another weekday of a month",
        _weekly(
            rule="RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3",
            days=(
                _day(
                    "RECURRENCE-ID;RANGE=THISANDFUTURE:20140401T080000Z", "DTSTART;TZID=Europe/London:20140402T090000"
                ),
            ),
        ),
        days={"Weekly": ("2014-03-04 09:00", "2014-04-01 09:00", "2014-05-06 09:00")},
        asked=frozenset({("repeat", "2 April 2014, 9am")}),
        reasons=("all later ones",),
    ),
    ForeignCalendar(
        "of a series that is not in the file",
        build_calendar("", _day(_FROM_18, *_AT_10)),
        asked=frozenset({("repeat", "18 March 2014, 10am")}),
        reasons=("all later ones",),
    ),
]

_SUMMER = tuple(f"2014-{day} 09:00" for day in ("03-25", "04-01", "04-08"))
_FROM_25 = ("DTSTART;TZID=Europe/London:20140325T090000", "DURATION:PT1H", "SUMMARY:Weekly")
ENDS = [
    _expect("count over the change of the clocks", _weekly(start=_FROM_25, rule="RRULE:FREQ=WEEKLY;COUNT=3"), _SUMMER),
    _expect("until in UTC", _weekly(start=_FROM_25, rule="RRULE:FREQ=WEEKLY;UNTIL=20140408T080000Z"), _SUMMER),
    _expect(
        "until just before, in UTC",
        _weekly(start=_FROM_25, rule="RRULE:FREQ=WEEKLY;UNTIL=20140408T075959Z"),
        _SUMMER[:2],
    ),
    _expect("until a day", _weekly(start=_FROM_25, rule="RRULE:FREQ=WEEKLY;UNTIL=20140408"), _SUMMER),
    _expect("until without a zone", _weekly(start=_FROM_25, rule="RRULE:FREQ=WEEKLY;UNTIL=20140408T090000"), _SUMMER),
    _expect(
        "in UTC",
        _weekly(start=("DTSTART:20140325T090000Z", "SUMMARY:Weekly"), rule="RRULE:FREQ=WEEKLY;COUNT=2"),
        ("2014-03-25 09:00", "2014-04-01 10:00"),
    ),
    _expect(
        "of New York",
        _weekly(start=_NEW_YORK, rule="RRULE:FREQ=WEEKLY;UNTIL=20140401T130000Z"),
        ("2014-03-04 14:00", "2014-03-11 13:00", "2014-03-18 13:00", "2014-03-25 13:00", "2014-04-01 14:00"),
    ),
    ForeignCalendar(
        "two rules",
        _weekly("RRULE:FREQ=DAILY;COUNT=2"),
        named=("unsupported recurrence rule",),
    ),
    ForeignCalendar(
        "every hour",
        _weekly(rule="RRULE:FREQ=HOURLY;COUNT=4"),
        named=("unsupported recurrence rule",),
    ),
]
