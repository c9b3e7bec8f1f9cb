"""Calendars of guests: counter-proposals, notices, invitations, cancellations, and files that mix them."""

from __future__ import annotations

from tests.services.imports.foreign_calendars.model import SERIES_UID, UID, ForeignCalendar, build_calendar, build_event

GUEST = "ATTENDEE;CN=Bawso;PARTSTAT=TENTATIVE:mailto:bawso@example.org"
OTHER_GUEST = "ATTENDEE;CN=New Pathways:mailto:np@example.org"
LATER = ("DTSTART:20140121T100000Z", "DTEND:20140121T120000Z")
AS_PLANNED = ("DTSTART;TZID=Europe/London:20140114T100000", "DTEND;TZID=Europe/London:20140114T120000")
ON_21 = ("starts", "2014-01-21T10:00:00")


def _counter(*lines: str, uid: str = UID, head: tuple[str, ...] = (), method: str = "COUNTER") -> str:
    return build_calendar(method, build_event(*lines, uid=uid), head=head)


COUNTERS = [
    ForeignCalendar(
        "another day",
        _counter(GUEST, *LATER),
        asked=frozenset({ON_21}),
        reasons=("Bawso proposes 21 January 2014, 10am instead",),
    ),
    ForeignCalendar(
        "in a Windows zone, as Outlook writes it",
        _counter(
            GUEST,
            "DTSTART;TZID=GMT Standard Time:20140121T100000",
            "DTEND;TZID=GMT Standard Time:20140121T120000",
            "X-MS-OLK-ORIGINALSTART;TZID=GMT Standard Time:20140114T100000",
            "COMMENT:The hall is free then",
        ),
        asked=frozenset({ON_21}),
        reasons=("Bawso proposes 21 January 2014, 10am instead",),
    ),
    ForeignCalendar(
        "method in lower case",
        _counter(GUEST, *LATER, method="counter"),
        asked=frozenset({ON_21}),
        reasons=("Bawso proposes",),
    ),
    ForeignCalendar(
        "method below the event",
        _counter(GUEST, *LATER, method="").replace("END:VCALENDAR", "METHOD:COUNTER\nEND:VCALENDAR"),
        asked=frozenset({ON_21}),
    ),
    ForeignCalendar(
        "with all guests",
        _counter(GUEST, OTHER_GUEST, *LATER),
        asked=frozenset({ON_21, ("invited", "Bawso <bawso@example.org>, New Pathways <np@example.org>")}),
        reasons=("a guest proposes 21 January 2014, 10am instead",),
    ),
    ForeignCalendar(
        "another place only",
        _counter(GUEST, *AS_PLANNED, "LOCATION:County Hall"),
        asked=frozenset({("venue", "County Hall")}),
        reasons=("Bawso proposes County Hall instead",),
    ),
    ForeignCalendar(
        "whole day",
        _counter(GUEST, "DTSTART;VALUE=DATE:20140121"),
        asked=frozenset({("starts", "2014-01-21")}),
        reasons=("Bawso proposes 21 January 2014 instead",),
    ),
    ForeignCalendar(
        "one day of a series",
        _counter(
            GUEST,
            "RECURRENCE-ID;TZID=Europe/London:20140211T100000",
            "DTSTART:20140212T100000Z",
            "DTEND:20140212T110000Z",
            uid=SERIES_UID,
        ),
        asked=frozenset({("starts", "2014-02-12T10:00:00")}),
        reasons=("Bawso proposes 12 February 2014, 10am instead",),
    ),
    ForeignCalendar(
        "the day of a series by its date",
        _counter(GUEST, "RECURRENCE-ID;VALUE=DATE:20140211", "DTSTART:20140212T100000Z", uid=SERIES_UID),
        asked=frozenset({("starts", "2014-02-12T10:00:00")}),
    ),
    ForeignCalendar(
        "unknown meeting",
        _counter(GUEST, *LATER, "SUMMARY:Visit", uid="other@example.org"),
        asked=frozenset({("counter", "21 January 2014, 10am")}),
        reasons=('no meeting has the UID "other@',),
    ),
    ForeignCalendar(
        "in an unknown zone",
        _counter(GUEST, "DTSTART;TZID=Office hours:20140121T100000"),
        asked=frozenset({("tz", "Office hours")}),
    ),
    ForeignCalendar("the time that is planned", _counter(GUEST, *AS_PLANNED)),
]

NOTICES = [
    ForeignCalendar(
        f"{method}, {name}",
        build_calendar(method, build_event(*lines, *LATER)),
        asked=frozenset({(method.lower(), "21 January 2014, 10am")}),
    )
    for method in ("DECLINECOUNTER", "REFRESH")
    for name, lines in {"guest": (GUEST,), "organiser": ("ORGANIZER:mailto:ahtc@example.org",), "bare": ()}.items()
] + [
    ForeignCalendar(
        f"{method} without a time", build_calendar(method, build_event(GUEST)), asked=frozenset({(method.lower(), "")})
    )
    for method in ("DECLINECOUNTER", "REFRESH")
]

VISIT = ("DTSTART:20140128T100000Z", "DTEND:20140128T110000Z", "SUMMARY:Visit")
INVITATIONS = [
    ForeignCalendar(
        "moved", build_calendar("REQUEST", build_event(*LATER, "LOCATION:Cathays Park")), asked=frozenset({ON_21})
    ),
    ForeignCalendar(
        "another place",
        build_calendar("REQUEST", build_event(*AS_PLANNED, "LOCATION:County Hall")),
        asked=frozenset({("venue", "County Hall")}),
    ),
    ForeignCalendar(
        "with a guest",
        build_calendar("REQUEST", build_event(*AS_PLANNED, "LOCATION:Cathays Park", GUEST)),
        asked=frozenset({("invited", "Bawso <bawso@example.org>")}),
    ),
    ForeignCalendar(
        "to an unknown meeting",
        build_calendar("REQUEST", build_event(*VISIT, uid="v@example.org")),
        asked=frozenset({("request", "28 January 2014, 10am")}),
    ),
    ForeignCalendar(
        "to one more day of a known series",
        build_calendar(
            "REQUEST",
            build_event("RECURRENCE-ID:20140401T090000Z", "DTSTART:20140401T090000Z", "SUMMARY:Extra", uid=SERIES_UID),
        ),
        asked=frozenset({("starts", "2014-04-01T10:00:00")}),
    ),
]

CANCELLATIONS = [
    ForeignCalendar(
        "of a meeting of this office",
        build_calendar("CANCEL", build_event(*AS_PLANNED)),
        asked=frozenset({("state", "cancelled")}),
    ),
    ForeignCalendar(
        "without a time", build_calendar("CANCEL", build_event(GUEST)), asked=frozenset({("state", "cancelled")})
    ),
    ForeignCalendar(
        "of one day",
        build_calendar(
            "CANCEL",
            build_event("RECURRENCE-ID:20140211T100000Z", "DTSTART:20140211T100000Z", uid=SERIES_UID),
        ),
        asked=frozenset({("state", "2014-02-11T10:00:00")}),
    ),
    ForeignCalendar(
        "of one day without a time",
        build_calendar("CANCEL", build_event("RECURRENCE-ID:20140211T100000Z", uid=SERIES_UID)),
        asked=frozenset({("state", "2014-02-11T10:00:00")}),
    ),
    ForeignCalendar(
        "of an unknown meeting",
        build_calendar("CANCEL", build_event(*VISIT, uid="v@example.org")),
        named=("cancels an unknown meeting",),
    ),
    ForeignCalendar(
        "by its state, in an invitation",
        build_calendar("REQUEST", build_event(*AS_PLANNED, "LOCATION:Cathays Park", "STATUS:CANCELLED")),
        asked=frozenset({("state", "cancelled")}),
    ),
]

_CALENDARS = {
    "REPLY": build_calendar("REPLY", build_event(GUEST, *AS_PLANNED)),
    "COUNTER": _counter(GUEST, *LATER),
    "REFRESH": build_calendar("REFRESH", build_event(GUEST, *AS_PLANNED)),
    "REQUEST": build_calendar("REQUEST", build_event(*VISIT, uid="v@example.org")),
    "CANCEL": build_calendar("CANCEL", build_event(*VISIT, uid="w@example.org")),
    "": build_calendar("", build_event(*VISIT[:2], "SUMMARY:Seminar", uid="s@example.org")),
}
_REPLY_IS_NAMED = "is a reply to an invitation"
MIXED = [
    ForeignCalendar(
        "a calendar of each method",
        "".join(_CALENDARS.values()),
        {"Seminar": {}},
        asked=frozenset({ON_21, ("refresh", "14 January 2014, 10am"), ("request", "28 January 2014, 10am")}),
        named=(_REPLY_IS_NAMED, "cancels an unknown meeting"),
    ),
    ForeignCalendar(
        "known and unknown meetings in one counter-proposal",
        build_calendar("COUNTER", build_event(GUEST, *LATER), build_event(*VISIT, uid="v@example.org")),
        asked=frozenset({ON_21, ("counter", "28 January 2014, 10am")}),
    ),
    ForeignCalendar(
        "a damaged event beside a counter-proposal",
        build_calendar("COUNTER", "BEGIN:VEVENT\nUID:x\nDTSTART:nonsense\nEND:VEVENT", build_event(GUEST, *LATER)),
        asked=frozenset({ON_21}),
        named=("DTSTART",),
    ),
    ForeignCalendar(
        "two answers and a to-do",
        build_calendar("COUNTER", build_event(GUEST, *LATER), "BEGIN:VTODO\nUID:t\nSUMMARY:Ring\nEND:VTODO")
        + build_calendar("COUNTER", build_event(OTHER_GUEST, "DTSTART:20140122T100000Z", "DTEND:20140122T120000Z")),
        asked=frozenset({ON_21, ("starts", "2014-01-22T10:00:00")}),
        named=("VTODO",),
        reasons=("Bawso proposes 21 January", "New Pathways proposes 22 January"),
    ),
]
