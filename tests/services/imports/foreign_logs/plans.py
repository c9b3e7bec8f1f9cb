"""Plans of projects: outline numbers, rows of totals, ranks, names of people and of actions, and lists of risks."""

from __future__ import annotations

from collections.abc import Sequence

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, Rows, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

_OWNERS = ("Bawso", "AHTC", "Bawso")
_DAYS = ("31/01/2014", "28/02/2014", "31/03/2014")
_PLAIN = {text: {"status": "planned"} for text in TEXTS}
_DUE = {RING: {"due": "2014-01-31"}, LEAFLET: {"due": "2014-02-28"}, ROOM: {"due": "2014-03-31"}}
_LONG = (
    f"{RING}, and ask each of the four forces and both health boards for the name of somebody who can answer at night"
)


def _number(name: str, *numbers: str, headings: tuple[str, ...] = ()) -> ForeignLog:
    """Return a plan whose titles begin with these numbers, below headings between the rows."""
    rows = [(f"{number} {text}", *rest) for number, text, *rest in zip(numbers, TEXTS, _OWNERS, _DAYS, strict=True)]
    rows[:0] = [(heading, "", "") for heading in headings[:1]]
    rows[-1:-1] = [(heading, "", "") for heading in headings[1:]]
    return ForeignLog(
        name, build_csv(("Task name", "Owner", "End date"), *rows), _DUE, named=headings and ("Beginning",)
    )


OUTLINES = [
    _number("two levels", "1.1", "1.2", "2.1", headings=("1 Beginning", "2 Ending")),
    _number("dots after the numbers", "1.1.", "1.2.", "2.1.", headings=("1. Beginning", "2. Ending")),
    _number("one level below another", "1", "1.1", "1.2"),
    _number("three levels", "4.1.1", "4.1.2", "4.2.1"),
    ForeignLog(
        "numbers of things",
        build_csv(("Task", "Owner"), ("3 leaflets in Welsh", "Bawso"), ("12 rooms in the north", "AHTC")),
        {"3 leaflets in Welsh": {}, "12 rooms in the north": {}},
    ),
]

TOTALS = [
    ForeignLog(
        f"{total} below the rows",
        build_csv(
            ("ID", "Milestone", "Duration"), *zip("123", TEXTS, ("2", "4", "6"), strict=True), ("", total, "12 days")
        ),
        _PLAIN,
        named=(total,),
    )
    for total in ("Total", "TOTAL:", "Grand total", "Cyfanswm")
]

RANKS = [
    ForeignLog(
        name,
        build_csv(("Task", "Owner", "Priority"), *zip(TEXTS, _OWNERS, ranks, strict=True)),
        _PLAIN,
        named=(named,),
    )
    for name, ranks, named in (
        ("one rank", ("1", "1", "1"), '"1" is not a priority'),
        ("words", ("soon", "never", "soon"), '"never" is not a priority'),
        ("letters", ("A", "B", "C"), '"B" is not a priority'),
    )
] + [
    ForeignLog(
        "many ranks",
        build_csv(("Task", "Priority"), *((f"{text} {n}", n) for n in (1, 2) for text in TEXTS), (_LONG, 3), (RING, 4)),
        {f"{text} {n}": {} for n in (1, 2) for text in TEXTS} | {_LONG: {}, RING: {}},
        named=('4 values such as "1"',),
    )
]

_ACTION_NAMES = ("Ring for the rota at night", "Leaflet in two languages", "Forum room in Wrexham")
NAMES = [
    ForeignLog(
        f"{heading} of the actions",
        build_csv((heading, "Description", "Deadline"), *zip(_ACTION_NAMES, TEXTS, _DAYS, strict=True)),
        {name: {"detail": text} for name, text in zip(_ACTION_NAMES, TEXTS, strict=True)},
    )
    for heading in ("name", "Name", "Task name")
] + [
    ForeignLog(
        f"people under {heading}",
        build_csv(
            ("Task", "Assigned to", heading, "Status"),
            *zip(TEXTS, _OWNERS, ("Bawso", "Bawso", "AHTC"), ("Done", "Open", "Done"), strict=True),
        ),
        {RING: {"status": "done", "lead": "Bawso"}, LEAFLET: {}, ROOM: {}},
        named=(heading,),
    )
    for heading in ("Completed by", "COMPLETED BY", "Done by")
]

_RISK_HEADINGS = ("Likelihood", "Impact", "Owner", "Target date", "Status")
_SCORES = (("High", "Low", "Bawso", "31/01/2014", "Open"),) * 3
RISKS = [
    ForeignLog(
        f"{heading} without an action",
        build_csv((heading, *_RISK_HEADINGS), *((text, *rest) for text, rest in zip(TEXTS, _SCORES, strict=True))),
        asked=frozenset({("sheet", "log.csv")}),
    )
    for heading in ("Risk description", "Risk_Description", "Vulnerability")
] + [
    ForeignLog(
        f"{heading} of risks",
        build_csv(
            ("Risk ID", heading, *_RISK_HEADINGS),
            *((f"R{n}", text, *rest) for n, (text, rest) in enumerate(zip(TEXTS, _SCORES, strict=True))),
        ),
        _DUE | {text: {"due": "2014-01-31"} for text in TEXTS},
    )
    for heading in ("Mitigation", "Recommended action", "Action")
]

DIVIDERS = [
    ForeignLog(
        f"{name} between the rows",
        build_csv(("Task", "Status"), ("Sprint 1", ""), (RING, "Done"), ("Sprint 2", ""), (LEAFLET, "Open"), *rows),
        {RING: {"status": "done"}, LEAFLET: {}, ROOM: {}},
        asked=frozenset({("new_action", _LONG)}),
        named=("Sprint 1", "Sprint 2"),
    )
    for name, rows in (
        ("a long text", ((_LONG, ""), (ROOM, "Open"))),
        ("a long text above the last two", ((_LONG, ""), (ROOM, "Open"), ("Print the posters", "Open"))),
        ("a long text at the end", ((ROOM, "Open"), (_LONG, ""))),
    )
]
DIVIDERS[1].taken["Print the posters"] = {}  # type: ignore[index]

WORDS_JOINED = [
    ForeignLog(
        f"{state} as one word",
        build_csv(("Task", "Owner", "Status"), *zip(TEXTS, _OWNERS, (state, "Open", "Done"), strict=True)),
        {RING: {"status": status}, LEAFLET: {}, ROOM: {"status": "done"}},
    )
    for state, status in (("Inprogress", "in_progress"), ("OnHold", "on_hold"), ("notstarted", "planned"))
]


def _name_sheet(sheet: str, *rows: Sequence[object]) -> ForeignLog:
    return ForeignLog(sheet, (LogSheet(sheet, rows),), {text: {} for text in TEXTS})


_DAY_ROWS: Rows = [
    ("Tasks", "Responsible", "Status", 1, 2, 3, 4),
    *((text, "Bawso", "Open", 5, 5, 3, 0) for text in TEXTS),
]
NAMED = [
    _name_sheet("Task list", ("Description", "Priority"), *((text, "High") for text in TEXTS)),
    _name_sheet("Product backlog", ("ID", "Description"), *enumerate(TEXTS, 1)),
    _name_sheet("Actions", ("Description", "No"), *((text, n) for n, text in enumerate(TEXTS, 1))),
    _name_sheet("Days with numbers", *_DAY_ROWS),
]
