"""Logs whose values are in other columns than they seem, or whose columns are other than their headings say."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, Values, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

_HEADINGS = ("Action", "Owner", "Due date", "Note")
_PLANNED = {text: {"status": "planned"} for text in TEXTS}


def _build_displaced(broken: str) -> str:
    """Return a log in which a comma without quotation marks splits a value of the last row."""
    lines = [f"{RING},Bawso,31/01/2014,None", f"{LEAFLET},AHTC,14/02/2014,None", broken]
    return "\n".join((",".join(_HEADINGS), *lines)) + "\n"


DISPLACED = [
    ForeignLog(
        f"a comma in {place}",
        _build_displaced(broken),
        {RING: {"due": "2014-01-31"}, LEAFLET: {"due": "2014-02-14"}},
        asked=frozenset({("new_action", title)}),
    )
    for place, broken, title in (
        ("the text", f"{ROOM}, and a hall,Bawso,28/02/2014,In town", ROOM),
        ("the owner", f"{ROOM},Bawso, AHTC,28/02/2014,In town", ROOM),
        ("the note", f"{ROOM},Bawso,28/02/2014,In town, near the station", ROOM),
    )
]
DISPLACED += [
    ForeignLog(
        "a last column without a heading",
        build_csv(
            ("Action", "Owner", "Due date"),
            *((text, "Bawso", "31/01/2014", "In town") for text in TEXTS),
        ),
        {text: {"due": "2014-01-31"} for text in TEXTS},
    )
]


def _build_days(heading: str, *days: Any) -> tuple[LogSheet, ...]:
    rows = [(text, "Bawso", day) for text, day in zip(TEXTS, days, strict=True)]
    return (LogSheet("S", [("Action", "Owner", heading), *rows]),)


def _ask_exchanged(heading: str, days: tuple[Any, ...], first: str, taken: str) -> ForeignLog:
    kept: dict[str, Values] = {text: {} for text in (RING, LEAFLET)}
    return ForeignLog(
        f"a program exchanged days under {heading}",
        _build_days(heading, *days),
        {**kept, ROOM: {"due": taken}},
        asked=frozenset({("month_first", first)}),
        answers={("month_first", first): "theirs"},
        taken_after={RING: {"due": "2014-04-05"}, LEAFLET: {"due": "2014-04-12"}, ROOM: {"due": taken}},
    )


EXCHANGED = [
    *(
        _ask_exchanged(heading, (date(2014, 5, 4), date(2014, 12, 4), last), "2014-05-04", "2014-04-15")
        for heading, last in (("Deadline", "15/4/2014"), ("Due date", "15.04.2014"), ("By when", "15-4-14"))
    ),
    ForeignLog(
        "days after the 12th beside a text",
        _build_days("Due date", date(2014, 5, 4), date(2014, 12, 24), "15/4/2014"),
        {RING: {"due": "2014-05-04"}, LEAFLET: {"due": "2014-12-24"}, ROOM: {"due": "2014-04-15"}},
    ),
    ForeignLog(
        "one day beside two texts",
        _build_days("Due date", date(2014, 5, 4), "24/12/2014", "15/4/2014"),
        {RING: {"due": "2014-05-04"}, LEAFLET: {"due": "2014-12-24"}, ROOM: {"due": "2014-04-15"}},
    ),
]
CERTAIN_MONTHS = [
    ForeignLog(
        f"{days[0]} and others with the month first",
        build_csv(("Action", "Owner", "Due date"), *zip(TEXTS, ("Bawso",) * 3, days, strict=True)),
        {
            RING: {"due": "2014-11-14"},
            LEAFLET: {"due": "2014-11-13"},
            ROOM: {"due": "2014-12-31"},
        },
        named=("the month first",),
    )
    for days in (
        ("11/14/2014", "11/13/2014", "12/31/2014"),
        ("11/14/14", "11/13/14", "12/31/14"),
        ("11-14-2014", "11-13-2014", "12-31-2014"),
    )
]


def _build_merged(last: str, width: int) -> tuple[LogSheet, ...]:
    """Return a sheet in which the heading of the text is merged over columns without values."""
    blanks: tuple[None, ...] = (None,) * (width - 1)
    rows = [
        (text, *blanks, "Bawso", day, "Mon 13/01/14")
        for text, day in zip(TEXTS, ("31/01/2014", "14/02/2014", "28/02/2014"), strict=True)
    ]
    headings = ("Task name", *blanks, "Owner", "Finish", last)
    return (LogSheet("S", [headings, *rows], (f"A1:{chr(ord('A') + width - 1)}1",)),)


_DUE: dict[str, Values] = {RING: {"due": "2014-01-31"}, LEAFLET: {"due": "2014-02-14"}, ROOM: {"due": "2014-02-28"}}
DATED = [ForeignLog(f"days under {last}", _build_merged(last, 3), _DUE) for last in ("Mile Stone", "Milestone", "Tasg")]
NAMED = [
    ForeignLog(
        f"texts under {heading}",
        (LogSheet("Tasks", [(heading, *extra), *((text, *values) for text in TEXTS)]),),
        dict.fromkeys(TEXTS, taken),
    )
    for heading, extra, values, taken in (
        ("Name", ("Due date",), ("31/01/2014",), {"due": "2014-01-31"}),
        ("Name", ("Status",), ("In progress",), {"status": "in_progress"}),
        ("Enw", ("Dyddiad cau",), ("31/01/2014",), {"due": "2014-01-31"}),
    )
]
UNTITLED = [
    ForeignLog(
        f"no text beside {', '.join(str(value) for value in beside if value)}",
        build_csv(("Action", "Owner", "Due date"), (RING, "Bawso", ""), ("", *beside), (ROOM, "Bawso", "")),
        {RING: {}, ROOM: {}},
        named=("1 row has a lead, a date or a status but no text",),
    )
    for beside in (("Bawso", "31/01/2014"), ("Bawso", ""), ("", "31/01/2014"))
]
_MEANS = {
    RING: {"lead": "Bawso", "status": "planned"},
    LEAFLET: {"lead": "Bawso", "status": "planned"},
    ROOM: {"lead": "Bawso", "status": "planned"},
}
RISKS = [
    ForeignLog(
        f"risks answered under {heading}",
        build_csv(
            ("ID", "Risk", "Likelihood", "Impact", heading, "Owner"),
            *(
                (f"R{n}", f"The forum has no room in {n} years", "High", "Low", text, "Bawso")
                for n, text in enumerate(TEXTS, 1)
            ),
        ),
        _MEANS,
    )
    for heading in ("Mitigation strategy", "Treatment plan", "Recommended mitigation")
]
KIND_WORDS = [
    ForeignLog(
        f"{heading} beside a state",
        build_csv((heading, "Task", "Progress"), *((value, text, "Not started") for text in TEXTS)),
        _PLANNED,
    )
    for heading, value in (("Audience", "Marketing"), ("Location", "Cardiff"), ("URL", "https://example.org/forum"))
]
