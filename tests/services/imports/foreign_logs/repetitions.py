"""Logs with two columns of one field, rows with one title, headings without marks and words of other lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.services.imports.foreign_logs.model import Asked, ForeignLog, Values, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

_OWNERS = ("Bawso", "AHTC", "Bawso")
_DAYS = ("31/01/2014", "28/02/2014", "31/03/2014")
_STATES = ("Open", "Closed", "In progress")
_SHEET = ("sheet", "log.csv")
_ALL: Mapping[str, Values] = {text: {} for text in TEXTS}


def _build_list(*columns: tuple[str, Sequence[object]]) -> str:
    """Return a log with texts, owners, dates and these columns."""
    head = (("Action", TEXTS), ("Owner", _OWNERS), ("Due", _DAYS))
    headings, values = zip(*head, *columns, strict=True)
    return build_csv(headings, *zip(*values, strict=True))


def _ask(name: str, question: Asked, *columns: tuple[str, Sequence[object]]) -> ForeignLog:
    return ForeignLog(name, _build_list(*columns), _ALL, asked=frozenset({question}))


RIVALS = [
    _ask("two states", ("column", "Status (E)"), ("Status", _STATES), ("Status", ("Open", "Open", "Open"))),
    _ask("two dates", ("column", "Target date (D)"), ("Target date", ("31/01/2014", "28/02/2014", "30/04/2014"))),
    _ask("two ratings", ("column", "RAG Q2 (E)"), ("RAG", ("R", "A", "G")), ("RAG Q2", ("A", "A", "G"))),
    ForeignLog("equal states", _build_list(("Status", _STATES), ("Current status", _STATES)), _ALL),
    *(
        ForeignLog(
            f"states under {heading}",
            _build_list(("Status", _STATES), (heading, ("Yes", "No", "Yes"))),
            {RING: {"status": "planned"}, LEAFLET: {"status": "done"}, ROOM: {"status": "in_progress"}},
        )
        for heading in ("Escalated?", "In scope", "Critical")
    ),
]

_AGAIN = ("new_action", RING)


def _repeat(name: str, *cells: str, asked: tuple[Asked, ...] = (), named: str = "so both are actions") -> ForeignLog:
    """Return a log with a row that has the title of the first one and these cells."""
    rows = [*zip(TEXTS, _OWNERS, _DAYS, ("Open",) * 3, strict=True), (RING, *cells)]
    content = build_csv(("Action", "Owner", "Due", "Status"), *rows)
    return ForeignLog(name, content, _ALL, asked=frozenset(asked), named=() if asked else (named,))


REPETITIONS = [
    _repeat("another date", "Bawso", "30/04/2014", "Open"),
    _repeat("another owner", "AHTC", "31/01/2014", "Open"),
    _repeat("another owner without a date", "AHTC", "", "Not started"),
    _repeat("another state of an open action", "Bawso", "31/01/2014", "In progress"),
    _repeat("the same row", "Bawso", "31/01/2014", "Open", asked=(_AGAIN,)),
    _repeat("a later state", "Bawso", "28/02/2014", "Closed", asked=(_AGAIN,)),
    _repeat("nothing else", "", "", "", asked=(_AGAIN,)),
    ForeignLog(
        "a category of its own",
        build_csv(("Action", "Owner", "Area"), (RING, "Bawso", "Holyhead"), (RING, "Bawso", "Fishguard")),
        {RING: {}},
        named=("so both are actions",),
    ),
    ForeignLog(
        "one number for two actions",
        build_csv(("No", "Action", "Owner"), ("1.4", RING, "Bawso"), ("1.4", LEAFLET, "AHTC"), ("1.5", ROOM, "AHTC")),
        _ALL,
        named=("in use",),
    ),
]

_HEADS = ("Harbour", "Printing", "Forum")
_TITLES = [f"{text} {number}" for text in TEXTS for number in (1, 2)]
_PARTED: Mapping[str, Values] = {title: {} for title in _TITLES}
_PARTS = [
    row
    for head, text, owner, day in zip(_HEADS, TEXTS, _OWNERS, _DAYS, strict=True)
    for row in ((head, "", ""), (f"{text} 1", owner, day), (f"{text} 2", owner, day))
]
_PHASES = [
    ("Milestone 1: the harbour is told", "", ""),
    *_PARTS[1:3],
    *_PARTS[4:6],
    *_PARTS[7:],
    ("Milestone 2 - all is printed", "", ""),
]
HEADINGS = [
    ForeignLog(name, build_csv(("Action", "Owner", "Due"), *rows), _PARTED, named=(named,))
    for name, rows, named in (
        ("above all actions", _PARTS, 'left out: "Harbour"'),
        ("above the first and the last", [*_PARTS[:3], *_PARTS[4:]], 'left out: "Forum"'),
        ("milestones around the actions", _PHASES, 'left out: "Milestone 2 - all is printed"'),
    )
] + [
    ForeignLog(
        "texts that do not begin the list",
        build_csv(("Action", "Owner", "Due"), *_PARTS[1:]),
        _PARTED,
        asked=frozenset({("new_action", "Printing"), ("new_action", "Forum")}),
    )
]

KINDS = [
    *(
        ForeignLog(
            f"{heading} beside three marks",
            _build_list(("Status", _STATES), (heading, "abc")),
            _ALL,
        )
        for heading in ("Report link", "Location", "Version", "Impact")
    ),
    ForeignLog(
        "places and costs",
        build_csv(
            ("Item", "Description", "Location", "Price", "Owner"),
            *((n, text, "Barry", 5, "Bawso") for n, text in enumerate(TEXTS)),
        ),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "register of risks",
        build_csv(
            ("Risk description", "Likelihood", "Impact", "Risk owner", "Status"),
            *((text, 3, 4, "Bawso", "Open") for text in TEXTS),
        ),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "attendance",
        build_csv(("Attendees", "Topic", "Task"), *(("Staff", text, "Completed") for text in TEXTS)),
        asked=frozenset({_SHEET}),
    ),
]

_DETAILS = ("It is answered by noon each day", "Both are printed in colour at once", "A note is on the door of it")
HEADED = [
    ForeignLog(
        "issues",
        build_csv(
            ("No", "Issues", "Status", "Resolved by"), *((n, text, "Open", "Bawso") for n, text in enumerate(TEXTS))
        ),
        {text: {"status": "planned"} for text in TEXTS},
        asked=frozenset({("column", "Resolved by")}),
    ),
    ForeignLog(
        "resolved",
        build_csv(("Issue summary", "Resolved?", "Detail"), *zip(TEXTS, ("Yes", "No", "Yes"), _DETAILS, strict=True)),
        {RING: {"status": "done", "detail": _DETAILS[0]}, LEAFLET: {"status": "planned"}, ROOM: {"status": "done"}},
    ),
    ForeignLog(
        "a description beside the text",
        _build_list(("Description", _DETAILS)),
        {text: {"detail": detail} for text, detail in zip(TEXTS, _DETAILS, strict=True)},
    ),
    ForeignLog(
        "the date of what is resolved",
        _build_list(("Status", ("Closed",) * 3), ("Issue resolved date", ("31/01/2013", "28/02/2013", "31/03/2013"))),
        {RING: {"closed_on": "2013-01-31"}, LEAFLET: {}, ROOM: {}},
    ),
]

FILLED = [
    ForeignLog(
        f"to fill in: {cells[0]}",
        build_csv(("Action", "Owner", "Due", "Status"), cells, *zip(TEXTS, _OWNERS, _DAYS, _STATES, strict=True)),
        _ALL,
        named=("a line of the template",),
    )
    for cells in (
        ("<type the action here>", "<who>", "<dd/mm/yyyy>", ""),
        ("{describe the action}", "", "", ""),
        ("Describe the action to be taken", "Name of person", "When it will be done", ""),
        ("Type the action here", "Name of the lead", "", "Choose one"),
        ("Teipiwch y cam gweithredu yma", "Pwy", "Pryd", ""),
    )
]

WELSH_STATES = [
    ForeignLog(
        heading,
        build_csv(("Cam gweithredu", "Arweinydd", "Erbyn", heading), *zip(TEXTS, _OWNERS, _DAYS, states, strict=True)),
        _ALL,
        asked=frozenset({("column", heading)}),
        answers={("column", heading): "theirs"},
        taken_after={RING: {"status": "in_progress"}, LEAFLET: {"status": "done"}, ROOM: {}},
    )
    for heading, states in (
        ("Sut mae'n mynd", ("Ar y gweill", "Wedi'i gwblhau", "Heb ddechrau")),
        ("Sut mae'n mynd?", ("Ar waith", "Cwblhawyd", "Heb ddechrau")),
        ("Sut mae pethau", ("Ar y gweill", "Wedi cau", "Agored")),
    )
]

HINTS = [
    ForeignLog(name, build_csv(*rows), refused=refused)
    for name, rows, refused in (
        (
            "contacts",
            [("Name", "Email"), ("Bawso", "a@example.org"), ("AHTC", "b@example.org")],
            "none of them has sentences",
        ),
        ("codes", [("Step Id", "Name", "TPM"), (1, "Start", "R"), (2, "Design", "A")], "none of them has sentences"),
        ("controls", [("Control ID", "Control Name"), *enumerate(TEXTS)], '--map "Control Name=title"'),
    )
]

_WRAPPED = ("A force that loses the form needs", "The leaflet of each council has", "Each room in the west of it is")
_REST = ("to ask for another one of them.", "to be printed in both languages.", "booked for the forum of March.")
WRAPPED = [
    ForeignLog(
        name,
        build_csv(
            ("Action", "Status"),
            *(row for text, rest in zip(_WRAPPED, _REST, strict=True) for row in ((text, word), (rest, ""))),
        ),
        {text: {} for text in _WRAPPED},
        asked=frozenset({("new_action", text) for text in asked}),
    )
    for name, word, asked in (
        ("wrapped and open", "Open", _REST),
        ("wrapped and closed", "Closed", _REST),
        ("wrapped and started", "In progress", _REST),
    )
]
TICKED = [
    ForeignLog(
        f"{yes} and {no} with a date",
        build_csv(
            ("Task", "Done?", "Finished"), *zip(TEXTS, (yes, no, yes), ("31/01/2013", "", "28/02/2013"), strict=True)
        ),
        {RING: {"status": "done", "closed_on": "2013-01-31"}, LEAFLET: {"status": "planned"}, ROOM: {"status": "done"}},
    )
    for yes, no in (("TRUE", "FALSE"), ("True", "False"), ("Yes", "No"))
]
DATES_OF_OTHERS = [
    ForeignLog(
        heading,
        build_csv(("Action", "Status", heading), *zip(TEXTS, _STATES, _DAYS, strict=True)),
        _ALL,
        named=(heading,),
    )
    for heading in ("Date of login", "Decision date", "Detectd on date")
]
