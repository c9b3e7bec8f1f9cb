"""Logs whose columns contradict each other, repeat each other or have headings that say little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM

PLANNED, DONE, STARTED = {"status": "planned"}, {"status": "done"}, {"status": "in_progress"}


def _rows(*columns: Sequence[object]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of columns of one length."""
    return zip(*columns, strict=True)


_TEXTS = (RING, LEAFLET, ROOM)
_OWNERS = ("Bawso", "New Pathways", "Gwent Police")
_OPEN = ("Open",) * 3
_BAWSO = ("Bawso",) * 3
_DAYS = ("10/01/2013", "11/01/2013", "14/01/2013")


def _build_closed(heading: str, *states: str) -> str:
    rows = _rows(_TEXTS, ("Bawso", "AHTC", "Bawso"), states, _DAYS)
    return build_csv(("Action", "Owner", "Status", heading), *rows)


CLOSING_DATES = [
    ForeignLog(
        f"open with a {heading.lower()}",
        _build_closed(heading, "Open", "Open", "Open"),
        {RING: PLANNED, LEAFLET: PLANNED, ROOM: PLANNED},
        asked=frozenset({("closing_date", "2013-01-10")}),
        answers={("closing_date", "2013-01-10"): "theirs"},
        taken_after=dict.fromkeys(_TEXTS, DONE),
    )
    for heading in ("Closed date", "Date completed", "Fixed Date", "Actual finish")
] + [
    ForeignLog(
        "one of three is open with a closing date",
        _build_closed("Closed date", "Closed", "In progress", "Complete"),
        {RING: DONE | {"closed_on": "2013-01-10"}, LEAFLET: STARTED, ROOM: DONE},
        asked=frozenset({("closing_date", "2013-01-11")}),
        answers={("closing_date", "2013-01-11"): "ours"},
        taken_after={RING: DONE, LEAFLET: STARTED | {"progress": "Closing date in log.csv: 2013-01-11"}, ROOM: DONE},
    ),
    ForeignLog(
        "half done with a closing date",
        build_csv(
            ("Action", "Owner", "% complete", "Closed date"),
            *_rows(_TEXTS, _BAWSO, ("50%", "100%", "100%"), _DAYS),
        ),
        {RING: STARTED, LEAFLET: DONE, ROOM: DONE},
        asked=frozenset({("closing_date", "2013-01-10")}),
    ),
    ForeignLog(
        "closing dates without a status",
        build_csv(("Action", "Owner", "Closed date"), *_rows(_TEXTS, _BAWSO, _DAYS)),
        dict.fromkeys(_TEXTS, DONE),
    ),
]

_LIST = [
    ("Action", "Owner", "Due date", "Status"),
    *_rows(_TEXTS, _BAWSO, _DAYS, ("Open", "Done", "Open")),
]
_TAKEN = {RING: PLANNED, LEAFLET: DONE, ROOM: PLANNED}
REPEATED_LISTS = [
    ForeignLog(
        "a copy of the sheet",
        (LogSheet("Log", _LIST), LogSheet("Copy of Log", _LIST)),
        _TAKEN,
        named=('"Copy of Log" (3 rows) is left out, because it repeats the rows of "Log"',),
    ),
    ForeignLog(
        "a part of the sheet for an owner",
        (LogSheet("Bawso", _LIST[:3]), LogSheet("All", _LIST)),
        _TAKEN,
        named=('"Bawso" (2 rows) is left out, because it repeats the rows of "All"',),
    ),
    ForeignLog(
        "the same rows with another status",
        (LogSheet("January", _LIST), LogSheet("February", [_LIST[0], *((*row[:3], "Done") for row in _LIST[1:])])),
        _TAKEN,
        asked=frozenset({("sheet", "February")}),
    ),
    ForeignLog(
        "a summary by owner",
        (
            LogSheet("Log", _LIST),
            LogSheet(
                "Sheet2", [("Row Labels", "Count of Action", "Status"), ("Bawso", 3, "Open"), ("AHTC", 2, "Done")]
            ),
        ),
        _TAKEN,
    ),
    ForeignLog(
        "an example beside the list",
        (LogSheet("Log", _LIST), LogSheet("Example", [_LIST[0], ("Buy the milk for tea", "AHTC", "1/2/2013", "Open")])),
        _TAKEN,
        named=('the sheet "Example" (1 rows) is left out',),
    ),
]

_TOPICS = [("Sound", "Ring", "Sound", "Ring", "Sound", "Ring", "Sound"), [f"{RING} in week {n}" for n in range(7)]]
TEXTS_AND_TOPICS = [
    *(
        ForeignLog(
            f"{heading} beside topics",
            build_csv(("Topic", heading, "Assigned", "Status"), *_rows(*_TOPICS, ["Bawso"] * 7, ["Open"] * 7)),
            dict.fromkeys(_TOPICS[1], PLANNED),
        )
        for heading in ("To Do List", "TASK TITLE", "Recommended Action(s)")
    ),
    ForeignLog(
        "topics beside an unknown column of sentences",
        build_csv(("Topic", "Zyx", "Assigned", "Status"), *_rows(*_TOPICS, ["Bawso"] * 7, ["Open"] * 7)),
        asked=frozenset({("column", "Zyx")}),
        answers={("column", "Zyx"): "theirs"},
        taken_after=dict.fromkeys(_TOPICS[1], PLANNED),
    ),
    ForeignLog(
        "the control and its owner beside the asset and its owner",
        build_csv(
            ("Asset name", "Owner", "Description", "RECOMMENDED CONTROL(S)", "CONTROL OWNER", "Date due"),
            *((f"Server {n}", "AHTC", "Weak", f"{RING} {n}", "Bawso", "31/01/2014") for n in range(4)),
        ),
        {f"{RING} {n}": {"lead": "Bawso", "due": "2014-01-31"} for n in range(4)},
    ),
    ForeignLog(
        "names and descriptions",
        build_csv(
            ("Task Name", "Description", "Owner", "Status"),
            ("Harbour rota", RING, "Bawso", "Open"),
            ("Bilingual leaflet", LEAFLET, "Bawso", "Open"),
            ("Forum room", ROOM, "Bawso", "Open"),
        ),
        {"Harbour rota": {"detail": RING}, "Bilingual leaflet": {"detail": LEAFLET}, "Forum room": {"detail": ROOM}},
    ),
    ForeignLog(
        "states under the heading of a text",
        build_csv(
            ("Topic", "Task", "Owner"), (RING, "Completed", "Bawso"), (LEAFLET, "Done", "AHTC"), (ROOM, "Open", "AHTC")
        ),
        {RING: DONE, LEAFLET: DONE, ROOM: PLANNED},
    ),
]

MISSPELT = [
    ForeignLog(
        f"{heading} for the owner",
        build_csv(
            ("Action", heading, "Status"),
            *_rows(_TEXTS, _OWNERS, ("Open",) * 3),
        ),
        {RING: {"lead": "Bawso"}, LEAFLET: {"lead": "New Pathways"}, ROOM: {"lead": "Gwent Police"}},
    )
    for heading in ("Actionee", "Resp", "Resourse Names", "Responsability", "Resp.", "Responsibilities")
] + [
    ForeignLog(
        f"{heading} for the owner",
        build_csv(
            ("Action", heading, "Status"),
            *_rows(_TEXTS, _OWNERS, ("Open",) * 3),
        ),
        dict.fromkeys(_TEXTS, PLANNED),
        asked=frozenset({("column", heading)}),
        answers={("column", heading): "theirs"},
        taken_after={RING: {"lead": "Bawso"}, LEAFLET: {"lead": "New Pathways"}, ROOM: {"lead": "Gwent Police"}},
    )
    for heading in ("Responsibilies", "Responsbilty", "Respnsible offcr")
]


def _build_dated(heading: str, *states: str) -> str:
    return build_csv(("Action", "Owner", heading, "Status"), *_rows(_TEXTS, _BAWSO, _DAYS, states))


PLAIN_DATES = [
    *(
        ForeignLog(
            f"{heading} of rows that are {states[0].lower()}",
            _build_dated(heading, *states),
            dict.fromkeys(_TEXTS, DONE),
            asked=frozenset({("column", heading)}),
            answers={("column", heading): "closed_on"},
            taken_after={RING: {"closed_on": "2013-01-10"}, LEAFLET: {"closed_on": "2013-01-11"}, ROOM: {}},
        )
        for heading, states in (("Date", ("Done",) * 3), ("DATE", ("Closed",) * 3), ("Dyddiad", ("Complete",) * 3))
    ),
    ForeignLog(
        "date of open rows",
        _build_dated("Date", "Open", "Open", "Done"),
        {RING: PLANNED, LEAFLET: PLANNED, ROOM: DONE},
        asked=frozenset({("column", "Date")}),
        answers={("column", "Date"): "theirs"},
        taken_after={RING: {"due": "2013-01-10"}, LEAFLET: {"due": "2013-01-11"}, ROOM: {"due": "2013-01-14"}},
    ),
]

PERCENTS = [
    *(
        ForeignLog(
            f"{heading} from 30 to 100",
            build_csv(("Action", "Owner", heading), *_rows(_TEXTS, _BAWSO, (30, 90, 100))),
            {RING: STARTED, LEAFLET: STARTED, ROOM: DONE},
        )
        for heading in ("Complete in %", "Completion in %", "% of work complete")
    ),
    *(
        ForeignLog(
            f"{heading} in every sheet",
            tuple(
                LogSheet(name, [("Action", "Owner", heading), *((f"{text} {name}", "Bawso", 40) for text in _TEXTS)])
                for name in ("North", "South")
            ),
            {f"{text} {name}": PLANNED for text in _TEXTS for name in ("North", "South")},
            asked=frozenset({("column", heading)}),
            answers={("column", heading): "theirs"},
            taken_after={f"{text} {name}": STARTED for text in _TEXTS for name in ("North", "South")},
        )
        for heading in ("% Build", "Build %", "% Designed")
    ),
    ForeignLog(
        "two columns of per cent",
        build_csv(
            ("Action", "Owner", "% Build", "% Test"),
            *_rows(_TEXTS, _BAWSO, (30, 90, 100), (0, 50, 100)),
        ),
        dict.fromkeys(_TEXTS, PLANNED),
        named=('unknown columns, left out: "% Build", "% Test"',),
    ),
]
