"""Logs with percentages, dates in status cells, and dates with the month first."""

from __future__ import annotations

from typing import Any

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM

DONE, STARTED, PLANNED = {"status": "done"}, {"status": "in_progress"}, {"status": "planned"}
TAKEN = {RING: DONE, LEAFLET: STARTED, ROOM: PLANNED}


def _build_percents(
    heading: str, *values: Any, number_format: str = "General", extra: tuple[Any, ...] = ()
) -> tuple[LogSheet, ...]:
    """Return a sheet with a column of these values in this number format, and perhaps a status column."""
    headings = ("Action", "Lead", heading, *(["Status"] if extra else []))
    rows = [
        (text, "Bawso", value, *(extra[index : index + 1]))
        for index, (text, value) in enumerate(zip((RING, LEAFLET, ROOM), values, strict=True))
    ]
    return (LogSheet("S", [headings, *rows], formats={"C": number_format}),)


PERCENTAGES = [
    *(
        ForeignLog(f"states under {heading}", _build_percents(heading, "Completed", "Under way", "Not started"), TAKEN)
        for heading in ("Progress", "Hynt", "Update", "Cynnydd")
    ),
    ForeignLog("status in per cent", _build_percents("Status", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("status with decimals", _build_percents("Status", 1, 0.625, 0, number_format="0.00%"), TAKEN),
    ForeignLog(
        "status in a format of its own", _build_percents("Status", 1, 0.5, 0, number_format='0.0%;"-"0%'), TAKEN
    ),
    ForeignLog("progress in per cent", _build_percents("Progress", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("% complete in per cent", _build_percents("% complete", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("completion in per cent", _build_percents("Completion", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("pct of task complete", _build_percents("PCT of task complete", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("% cwblhau in per cent", _build_percents("% cwblhau", 1, 0.5, 0, number_format="0%"), TAKEN),
    ForeignLog("% complete as fractions", _build_percents("% complete", 1, 0.5, 0), TAKEN),
    *(
        ForeignLog(f"{heading} as whole numbers", _build_percents(heading, 100, 50, 0), TAKEN)
        for heading in ("Completion", "Percentage done", "Cwblhawyd (%)", "Canran a gyflawnwyd")
    ),
    ForeignLog(
        "share of the budget",
        _build_percents("Percentage of budget", 100, 50, 0),
        {RING: PLANNED, LEAFLET: {}, ROOM: {}},
    ),
    ForeignLog("% complete as whole numbers", _build_percents("% Complete", 100, 1, 0), TAKEN),
    ForeignLog(
        "percent done as words",
        build_csv(("Action", "Percent done"), (RING, "100%"), (LEAFLET, "50%"), (ROOM, "0%")),
        TAKEN,
    ),
    ForeignLog(
        "% complete beside a status",
        _build_percents("% complete", 1, 0.5, 0, number_format="0%", extra=("Closed", "Ongoing", "Not started")),
        {RING: DONE, LEAFLET: {"status": "continuing"}, ROOM: PLANNED},
    ),
    ForeignLog(
        "% complete against a status",
        _build_percents("% complete", 1, 0.8, 0, number_format="0%", extra=("In progress", "Done", "Not started")),
        {RING: PLANNED, LEAFLET: PLANNED, ROOM: PLANNED},
        asked=frozenset({("status", "in_progress"), ("status", "done")}),
    ),
]
_TWO_ROWS = [
    ("Action", "Lead", "Progress", None, "Due"),
    (None, None, "Status", "% complete", None),
    (RING, "Bawso", "Closed", 1, "31/01/2014"),
    (LEAFLET, "AHTC", "On hold", 0.5, "14/02/2014"),
    (ROOM, "Bawso", "Not started", 0, "28/02/2014"),
]
_HELD = {RING: {**DONE, "due": "2014-01-31"}, LEAFLET: {"status": "on_hold"}, ROOM: PLANNED}
TWO_ROW_HEADINGS = [
    ForeignLog("status and % under progress", (LogSheet("S", _TWO_ROWS, ("C1:D1",), {"D": "0%"}),), _HELD),
    ForeignLog(
        "status and % under progress, all merged",
        (LogSheet("S", _TWO_ROWS, ("A1:A2", "B1:B2", "C1:D1", "E1:E2"), {"D": "0%"}),),
        _HELD,
    ),
    ForeignLog(
        "% and status under update",
        (
            LogSheet(
                "S",
                [
                    ("Action", "Lead", "Update", None),
                    (None, None, "% done", "Status"),
                    *[(row[0], row[1], row[3], row[2]) for row in _TWO_ROWS[2:]],
                ],
                ("C1:D1",),
            ),
        ),
        {RING: DONE, LEAFLET: {"status": "on_hold"}, ROOM: PLANNED},
    ),
]


def _build_states(*states: str) -> str:
    return build_csv(
        ("Ref", "Action", "Status"), *zip(("F-1", "F-2", "F-3"), (RING, LEAFLET, ROOM), states, strict=True)
    )


STATUS_DAYS = [
    ForeignLog(
        "completed with a day",
        _build_states("Completed 13/11/2013", "Open", "Closed - 3 May 2013"),
        {RING: {**DONE, "closed_on": "2013-11-13"}, LEAFLET: PLANNED, ROOM: {**DONE, "closed_on": "2013-05-03"}},
    ),
    ForeignLog(
        "done on a day",
        _build_states("Done on 13.11.13", "Completed (13 November 2013)", "Not started"),
        {RING: {"closed_on": "2013-11-13"}, LEAFLET: {"closed_on": "2013-11-13"}, ROOM: PLANNED},
    ),
    ForeignLog(
        "completed in Welsh",
        _build_states("Wedi'i gwblhau 13/11/2013", "Cwblhawyd ar 13 Tachwedd 2013", "Ar y gweill"),
        {RING: {"closed_on": "2013-11-13"}, LEAFLET: {"closed_on": "2013-11-13"}, ROOM: STARTED},
    ),
    ForeignLog(
        "words after a status",
        _build_states("Complete (agreed by the board)", "Ongoing", "Continuing; see the minutes"),
        {
            RING: {**DONE, "progress": "Complete (agreed by the board)"},
            LEAFLET: {"status": "continuing"},
            ROOM: {"status": "continuing", "progress": "Continuing; see the minutes"},
        },
    ),
]


def _build_dated(first: str, second: str, third: str, heading: str = "Due date") -> str:
    return build_csv(
        ("Action", "Owner", heading), (RING, "Bawso", first), (LEAFLET, "AHTC", second), (ROOM, "Bawso", third)
    )


def _ask_month_first(name: str, dates: tuple[str, str, str], days: tuple[str, str, str], first: str) -> ForeignLog:
    """Return a log whose dates have the month first: a question, and the days after it is answered."""
    return ForeignLog(
        name,
        _build_dated(*dates),
        {RING: {}, LEAFLET: {}, ROOM: {}},
        asked=frozenset({("month_first", first)}),
        answers={("month_first", first): "theirs"},
        taken_after={title: {"due": day} for title, day in zip((RING, LEAFLET, ROOM), days, strict=True)},
    )


MONTH_FIRST = [
    ForeignLog(
        "month first, and the day first after all",
        _build_dated("02/13/2014", "03/04/2014", "05/05/2014"),
        {RING: {}, LEAFLET: {}, ROOM: {}},
        asked=frozenset({("month_first", "03/04/2014")}),
        answers={("month_first", "03/04/2014"): "ours"},
        taken_after={RING: {"due": "02/13/2014"}, LEAFLET: {"due": "2014-04-03"}, ROOM: {"due": "2014-05-05"}},
    ),
    _ask_month_first(
        "month first with slashes",
        ("02/13/2014", "03/04/2014", "01/31/2014"),
        ("2014-02-13", "2014-03-04", "2014-01-31"),
        "03/04/2014",
    ),
    _ask_month_first(
        "month first with hyphens",
        ("03-04-2014", "02-13-2014", "05-05-2014"),
        ("2014-03-04", "2014-02-13", "2014-05-05"),
        "03-04-2014",
    ),
    _ask_month_first(
        "month first, short years",
        ("1/31/14", "3/4/14", "12/12/13"),
        ("2014-01-31", "2014-03-04", "2013-12-12"),
        "3/4/14",
    ),
]
_SEEN = ("Ref", "Action", "Due", "Seen by the board")
DATES_ONLY = [
    ForeignLog(
        "unknown column of dates as text",
        build_csv(_SEEN, ("F-1", RING, "31/01/2014", "01/10/2013"), ("F-2", ROOM, "28/02/2014", "02/10/2013")),
        {RING: {"due": "2014-01-31"}, ROOM: {"due": "2014-02-28"}},
        named=("Seen by the board",),
    ),
    ForeignLog(
        "unknown column of dates in words",
        build_csv(_SEEN, ("F-1", RING, "31/01/2014", "1 Oct 2013"), ("F-2", ROOM, "28/02/2014", "2 Oct 2013")),
        {RING: {"due": "2014-01-31"}, ROOM: {"due": "2014-02-28"}},
        named=("Seen by the board",),
    ),
    ForeignLog(
        "column of dates where no due date is known",
        build_csv(
            ("Ref", "Action", "Seen by the board"),
            *[(f"F-{number}", text, "01/03/2014") for number, text in enumerate((RING, LEAFLET, ROOM))],
        ),
        {RING: {}, LEAFLET: {}, ROOM: {}},
        asked=frozenset({("column", "Seen by the board")}),
        answers={("column", "Seen by the board"): "theirs"},
        taken_after={RING: {"due": "2014-03-01"}, LEAFLET: {"due": "2014-03-01"}, ROOM: {"due": "2014-03-01"}},
    ),
]
