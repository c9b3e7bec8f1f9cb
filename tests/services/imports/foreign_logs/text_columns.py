"""Logs whose text column has a heading of another office, none, or one of a reference."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, build_csv

RING = "Ring the harbour about the rota"
LEAFLET = "Print the leaflet in both languages"
ROOM = "Book a room for the forum"
_OWNERS = ("Bawso", "Gwent Police", "New Pathways")
_DAYS = ("31/01/2014", "14/02/2014", "28/02/2014")
TEXTS = (RING, LEAFLET, ROOM)


def _build_rows(heading: str, *others: str, number: str = "No") -> str:
    """Return a log with numbers, owners and dates, and a text column with this heading."""
    rows = [(number, heading, "Who", "By when"), *zip((1, 2, 3), TEXTS, _OWNERS, _DAYS, strict=True)]
    return build_csv(*rows, *others)


TAKEN = {
    RING: {"lead": "Bawso", "due": "2014-01-31"},
    LEAFLET: {"lead": "Gwent Police", "due": "2014-02-14"},
    ROOM: {"lead": "New Pathways", "due": "2014-02-28"},
}
_BARE_ROWS = [(text, owner, day) for text, owner, day in zip(TEXTS, ("Bawso", "Bawso", "AHTC"), _DAYS, strict=True)]
_TWO_PROSE = [
    ("Zyx of it", "Wvu of it", "Who", "By when"),
    *[
        (f"Since the spring {text.lower()} was promised at every meeting of the forum", text, owner, day)
        for text, owner, day in zip(TEXTS, _OWNERS, _DAYS, strict=True)
    ],
]
_LONG = "Since the spring ring the harbour about the rota was promised at every meeting of the forum"

TEXT_COLUMNS = [
    ForeignLog("issue description", _build_rows("Issue Description"), TAKEN),
    ForeignLog("query", _build_rows("Query", number="Sl No"), TAKEN),
    ForeignLog("issue summary", _build_rows("Issue Summary", number="#"), TAKEN),
    ForeignLog("job left", _build_rows("Job Left"), TAKEN),
    ForeignLog("action needed from them", _build_rows("Action needed from them"), TAKEN),
    ForeignLog("what is needed of the partners", _build_rows("What is needed of the partners"), TAKEN),
    ForeignLog("steps that the force shall take", _build_rows("Steps that the force shall take"), TAKEN),
    ForeignLog(
        "item with sentences", build_csv(("Item", "Who", "By when"), *zip(TEXTS, _OWNERS, _DAYS, strict=True)), TAKEN
    ),
    ForeignLog(
        "item with sentences beside numbers",
        build_csv(("No", "Item", "Who", "By when"), *zip((1, 2, 3), TEXTS, _OWNERS, _DAYS, strict=True)),
        TAKEN,
    ),
    ForeignLog(
        "item with sentences on a sheet",
        (LogSheet("Forum", [("Item", "Owner", "Deadline"), *zip(TEXTS, _OWNERS, _DAYS, strict=True)]),),
        TAKEN,
    ),
    ForeignLog(
        "unknown heading",
        _build_rows("Zyx of it"),
        asked=frozenset({("column", "Zyx of it")}),
        answers={("column", "Zyx of it"): "theirs"},
        taken_after=TAKEN,
    ),
    ForeignLog(
        "two unknown columns of prose",
        build_csv(*_TWO_PROSE),
        asked=frozenset({("column", "Zyx of it")}),
        answers={("column", "Zyx of it"): "Wvu of it"},
        taken_after=TAKEN,
    ),
    ForeignLog(
        "two unknown columns, best guess",
        build_csv(*_TWO_PROSE),
        asked=frozenset({("column", "Zyx of it")}),
        answers={("column", "Zyx of it"): "theirs"},
        taken_after={
            _LONG: {"lead": "Bawso"},
            _LONG.replace(RING.lower(), LEAFLET.lower()): {},
            _LONG.replace(RING.lower(), ROOM.lower()): {},
        },
    ),
    ForeignLog(
        "only unknown headings above values with a state that is a heading too",
        build_csv(
            ("Zyx of it", "Wvu of it", "Tsr of it", "Qpo of it"),
            (RING, "Bawso", "31/01/2014", "In progress"),
            (LEAFLET, "AHTC", "28/02/2014", "Complete"),
        ),
        refused='--map "Zyx of it=title"',
    ),
    ForeignLog(
        "no heading row, mapped by letter",
        build_csv(*_BARE_ROWS),
        taken={text: {} for text in TEXTS},
        asked=frozenset({("column", "Column B"), ("column", "Column C")}),
        columns={"Column A": "title"},
    ),
    ForeignLog(
        "no heading row, mapped by the first cells",
        build_csv(*_BARE_ROWS),
        taken={RING: {"lead": "Bawso"}, LEAFLET: {"lead": "Bawso"}, ROOM: {}},
        asked=frozenset({("column", "Column C")}),
        columns={RING: "title", "Bawso": "lead"},
    ),
    ForeignLog(
        "no heading row, on a sheet",
        (LogSheet("S", [(1, *row) for row in _BARE_ROWS]),),
        asked=frozenset({("column", "Column B"), ("column", "Column C"), ("column", "Column D")}),
        answers={("column", "Column B"): "theirs", ("column", "Column C"): "theirs", ("column", "Column D"): "theirs"},
        taken_after={RING: {"lead": "Bawso", "due": "2014-01-31"}, LEAFLET: {"due": "2014-02-14"}, ROOM: {}},
    ),
]
