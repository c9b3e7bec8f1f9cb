"""Logs whose lists, texts and answers to risks are known by their shape."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, Values, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

_OWNERS = ("Bawso", "Gwent Police", "New Pathways")
_DAYS = ("31/01/2014", "14/02/2014", "28/02/2014")
_STATES = ("Open", "Complete", "In progress")
_TASKS = [("1.1", RING, "Bawso", "Open"), ("1.2", LEAFLET, "Gwent Police", "Complete")]
_BOTH = {RING: {"lead": "Bawso"}, LEAFLET: {"lead": "Gwent Police", "status": "done"}, ROOM: {"due": "2014-02-28"}}


def _build_sheet(*rows: tuple[object, ...]) -> tuple[LogSheet, ...]:
    return (LogSheet("Week", rows),)


STACKED_LISTS = [
    ForeignLog(
        "a list with more headings below",
        _build_sheet(
            ("Task #", "Action Item", "Lead", "Status", "Metric", "Sign", "Colour"), *_TASKS, ("",),
            ("Milestone", "Status", "Due date", "Comments", "Lead"), (ROOM, "Open", "28/02/2014", "", "AHTC"),
        ),
        _BOTH,
    ),
    ForeignLog(
        "a form above a list and another one below",
        _build_sheet(
            ("Issues", "Resources", "Week of"), ("None", "None", "6 January"), ("",),
            ("Task #", "Action Item", "Lead", "Status", "Metric", "Sign", "Colour"), *_TASKS, ("",),
            ("Milestone", "Status", "Due date", "Comments", "Lead"), (ROOM, "Open", "28/02/2014", "", "AHTC"),
        ),
        _BOTH,
    ),
    ForeignLog(
        "a form with progress above the headings",
        _build_sheet(
            ("Overall progress", "Completed"), ("",),
            ("Item", "Tasks", "Hours", "Start date", "End date", "Length", "Status"),
            (1, RING, 3, "01/01/2014", "31/01/2014", 31, "Open"), (2, ROOM, 4, "01/02/2014", "28/02/2014", 28, "Open"),
        ),
        {RING: {"due": "2014-01-31"}, ROOM: {"due": "2014-02-28"}},
    ),
]  # fmt: skip


def _build_answers(risk: str, answer: str, *others: str) -> str:
    """Return a register with the texts of risks, their answers, owners, dates and states."""
    risks = ("The harbour may not know who is on duty", "Nobody may read the leaflet", "The forum may have no room")
    rows = zip("123", risks, *[("High", "Low", "Low")] * len(others), _OWNERS, TEXTS, _DAYS, _STATES, strict=True)
    return build_csv(("ID", risk, *others, "Risk owner", answer, "Target date", "Status"), *rows)


_ANSWERED = {
    RING: {"lead": "Bawso", "due": "2014-01-31", "detail": "The harbour may not know who is on duty"},
    LEAFLET: {"lead": "Gwent Police", "status": "done"},
    ROOM: {"lead": "New Pathways", "status": "in_progress"},
}
ANSWERS_TO_RISKS = [
    ForeignLog("mitigation action", _build_answers("Risk description", "Mitigation action", "Impact"), _ANSWERED),
    ForeignLog("recommended treatment", _build_answers("Vulnerability", "Recommended treatment", "Risk"), _ANSWERED),
    ForeignLog("corrective action for it", _build_answers("Finding", "Corrective action for it"), _ANSWERED),
    ForeignLog("agreed next steps", _build_answers("Issue description", "Agreed next steps"), _ANSWERED),
]


def _build_names(name: str, other: str, texts: tuple[str, ...]) -> str:
    rows = zip(range(1, 7), [*TEXTS, *(f"{text} again" for text in TEXTS)], texts, _OWNERS * 2, _DAYS * 2, strict=True)
    return build_csv(("No", name, other, "Owner", "Due"), *rows)


_NAMED: dict[str, Values] = {text: {} for title in TEXTS for text in (title, f"{title} again")}
_STAGES = ("Before the forum", "Before the forum", "After it", "After it", "After it", "After it")
_DETAILS = tuple(f"The group wants this done soon, for reason {number}" for number in range(6))
NAMES_OF_TASKS = [
    ForeignLog("issue names beside milestones", _build_names("Issue name", "Milestones", _STAGES), _NAMED),
    ForeignLog("activities beside details", _build_names("Activity", "Details", _DETAILS), _NAMED),
    ForeignLog("issue titles beside descriptions", _build_names("Issue title", "Description", _DETAILS), _NAMED),
]

_SCORED = ("Risk ID", "Risk", "Vulnerability", "Risk score", "Risk owner", "Status")
_SCORES = [("1", "Loss of papers", RING, 9, "Bawso", "Open"), ("2", "Loss of a key", ROOM, 4, "Gwent Police", "Open")]
SCORED_RISKS = [
    ForeignLog(
        name,
        (LogSheet(name, rows),),
        asked=frozenset({("sheet", name)}),
        answers={("sheet", name): "theirs"},
        taken_after={RING: {"lead": "Bawso"}, ROOM: {"lead": "Gwent Police"}},
    )
    for name, rows in (
        ("Register", (_SCORED, *_SCORES)),
        ("Scores below headings", (("", "", "", "Impact", "", ""), _SCORED, *_SCORES)),
        ("Joined", (("id", "risk", "riskdescription", "riskscore", "riskowner", "state"), *_SCORES)),
        ("Risks", (tuple(heading.replace("Vulnerability", "Weakness") for heading in _SCORED), *_SCORES)),
    )
]

_COUNTED = (("Project", 5, 2, 1, "Low"), ("Other project", 3, 3, 0, "Low"))
COUNTS = [
    ForeignLog(
        name,
        (
            LogSheet("Overview", (headings, *_COUNTED)),
            LogSheet("List", (("Action", "Owner", "Due"), (RING, "Bawso", "31/01/2014"))),
        ),
        {RING: {"lead": "Bawso"}},
        named=("Overview",),
    )
    for name, headings in (
        ("counts of states", ("Task", "All", "Open", "Closed", "Priority")),
        ("counts in Welsh", ("Tasg", "Pob un", "Ar agor", "Ar gau", "Blaenoriaeth")),
        ("a board", ("To do", "In progress", "Testing", "Done", "Priority")),
    )
]

_JOINED = (("MilestoneName", "PlannedDate"), ("Action_Item", "Due_Date"), ("TaskDescription", "TargetDate"))
JOINED_HEADINGS = [
    ForeignLog(
        f"{heading} and {due}",
        build_csv(
            (heading, f"{heading[:4]}ID", "Owner", due),
            *zip(TEXTS, ("T1", "T2", "T3"), _OWNERS, _DAYS, strict=True),
        ),
        {RING: {"lead": "Bawso", "due": "2014-01-31"}, LEAFLET: {}, ROOM: {}},
    )
    for heading, due in _JOINED
]

_TELLS = "We rang each harbour twice since the last report and printed the leaflet, but the room was " * 2
_LOWER = (("Milestone", "Status", "Owner"), (RING, "Done", "Bawso"), (ROOM, "Open", "AHTC"))
REPORTS = [
    ForeignLog(
        name,
        (LogSheet("Report", (head, (_TELLS, *values), (), *_LOWER)),),
        {RING: {"status": "done"}, ROOM: {}},
        named=("summary",),
    )
    for name, head, values in (
        ("a summary with a rating", ("Summary", "Overall status (RAG)"), ("Amber",)),
        ("a task with a state", ("Task", "Status"), ("In progress",)),
        ("progress in percent", ("Activity", "% complete"), ("50%",)),
    )
]

_GROUPED = ("Harbour", "Printing", "Forum")
CATEGORIES = [
    ForeignLog(
        f"rows without an owner have a {heading}",
        build_csv(
            ("Action", heading, "Owner", "Due"),
            *zip(TEXTS, _GROUPED, _OWNERS, _DAYS, strict=True),
            *((f"{text} again", group, "", "") for text, group in zip(TEXTS[1:], _GROUPED[1:], strict=True)),
        ),
        {text: {} for title in TEXTS[1:] for text in (title, f"{title} again")} | {RING: {}},
    )
    for heading in ("Kind", "Type", "Category")
]
NUMBERED_BELOW = [
    ForeignLog(
        name,
        build_csv(("Action", "Owner", "Due"), *rows),
        {f"{number}. {text}": {} for text in (RING, ROOM) for number in (1, 2)} | {LEAFLET: {}},
        named=('a heading between the rows, left out: "Police"',),
    )
    for name, rows in (
        (
            "an action above",
            (
                (LEAFLET, "Bawso", "31/01/2014"),
                ("Police", "", ""),
                *((f"{n}. {text}", "AHTC", "31/03/2014") for n, text in ((1, RING), (2, RING))),
                ("Health", "", ""),
                *((f"{n}. {text}", "AHTC", "31/03/2014") for n, text in ((1, ROOM), (2, ROOM))),
            ),
        ),
        (
            "brackets",
            (
                (LEAFLET, "Bawso", "31/01/2014"),
                ("Police", "", ""),
                *((f"{n}. {text}", "AHTC", "") for n in (1, 2) for text in (RING,)),
                *((f"{n}. {text}", "AHTC", "") for n in (1, 2) for text in (ROOM,)),
            ),
        ),
        (
            "an action at the end",
            (
                ("Police", "", ""),
                *((f"{n}. {text}", "AHTC", "31/03/2014") for text in (RING, ROOM) for n in (1, 2)),
                (LEAFLET, "Bawso", "31/01/2014"),
            ),
        ),
    )
]
LATENESS = [
    ForeignLog(
        f"{word} as a state",
        build_csv(("Action", "Owner", "Due", "Status"), *zip(TEXTS, _OWNERS, _DAYS, words, strict=True)),
        {RING: {"brag": letter}, LEAFLET: {"status": "done"}, ROOM: {}},
    )
    for word, letter in (("Overdue", "R"), ("At risk", "A"), ("On track", "G"))
    for words in ((word, "Done", "Open"),)
]
DAILY = [
    ForeignLog(
        name,
        tuple(LogSheet(f"Day {day}", (headings, *((f"{text} on day {day}", "-") for text in TEXTS))) for day in days),
        asked=frozenset({("sheet", "Day 1")}),
        answers={("sheet", "Day 1"): "theirs"},
        taken_after={f"{text} on day {day}": {} for text in TEXTS for day in days},
    )
    for name, headings, days in (
        ("four days", ("Action", "Room"), range(1, 5)),
        ("twenty days", ("Task", "Room"), range(1, 21)),
        ("days in Welsh", ("Gweithred", "Ystafell"), range(1, 4)),
    )
]
OBJECTIVES = [
    ForeignLog(
        name,
        build_csv(("Action", "Owner", "Objective"), *((f"{RING} {n}", "Bawso", f"{name} {n}") for n in range(count))),
        {f"{RING} {n}": {} for n in range(count)},
        asked=frozenset({("objective", "; ".join(f"{name} {n}" for n in range(count)))}),
    )
    for name, count in (("Harbours", 4), ("Ports of Wales", 6), ("Porthladd", 5))
]

_SIX = [f"{text} {number}" for text in TEXTS for number in (1, 2)]
CLOSING_DAYS = [
    ForeignLog(
        heading,
        build_csv(
            ("Task", "Owner", "Status", heading),
            *(
                (text, "Bawso", "Done" if n % 2 else "Open", "13/11/2013" if n % 2 else "")
                for n, text in enumerate(_SIX)
            ),
        ),
        {text: {"closed_on": "2013-11-13", "status": "done"} if n % 2 else {} for n, text in enumerate(_SIX)},
    )
    for heading in ("Completion_Date", "Completion date", "CompletedOn")
]
HELP_LINES = [
    ForeignLog(
        name,
        build_csv(
            ("No", "Mitigation action", "Impact", "Likelihood", "Owner"),
            help_line,
            *((n, text, n, n + 1, "Bawso") for n, text in enumerate(TEXTS, 1)),
        ),
        {text: {"lead": "Bawso"} for text in TEXTS},
        named=("a line of the template",),
    )
    for name, help_line in (
        ("questions", ("", "What will be done?", "How big is it?", "How likely is it?", "")),
        ("one word", ("Mandatory", "Mandatory", "Mandatory", "Optional", "Mandatory")),
        ("in Welsh", ("", "Beth fydd yn cael ei wneud?", "Pa mor fawr?", "Pa mor debygol?", "")),
    )
]
NAMED_SHEETS = [
    ForeignLog(
        name,
        tuple(
            LogSheet(sheet, (("Action", "Owner", "Done"), *((f"{text}: {sheet}", "Bawso", "no") for text in TEXTS)))
            for sheet in ("Harbours", "Rooms", name)
        ),
        {f"{text}: {sheet}": {"lead": "Bawso"} for text in TEXTS for sheet in ("Harbours", "Rooms", name)},
    )
    for name in ("Analytics dashboard", "Contacts", "Budget list")
]
_PLACES = ("Harbour", "Printing", "Forum", "Level Design", "Main Menu", "Room", "Leaflet")
NAMES_WITHOUT_TEXTS = [
    ForeignLog(
        name,
        build_csv(
            ("#", "Name", "Description", "Due date", "Status"),
            *((n, place, text if n == 1 else "", "31/01/2014", "Open") for n, place in enumerate(_PLACES, 1)),
        ),
        {place: {"due": "2014-01-31"} for place in _PLACES},
    )
    for name, text in (("no description", ""), ("one description", RING), ("a short one", "Ring"))
] + [
    ForeignLog(
        "names that come back",
        build_csv(
            ("#", "Name", "Description", "Status"),
            *((f"{n}.{m}", place, "", "Open") for n in (1, 2) for m, place in enumerate(_PLACES[: 8 - 3 * n], 1)),
        ),
        {place: {} for place in _PLACES[:5]},
    )
]
ITEM_SIGNS = [
    ForeignLog(
        f"items with {sign}",
        build_csv(
            ("Action", "Owner", "Due"),
            *(
                (f"{sign} {text}" if number else text, "", "31/01/2014" if number == 1 else "")
                for text in TEXTS
                for number in range(2)
            ),
            (f"{sign} {RING} again", "", ""),
        ),
        {f"{prefix}{text}": {} for text in TEXTS for prefix in ("", f"{sign} ")} | {f"{sign} {RING} again": {}},
    )
    for sign in ("-", "•", "–")
]
OFTEN_TITLED = [
    ForeignLog(
        name,
        build_csv(
            ("No", "Action", "Owner"),
            *(
                (number, text, "Bawso")
                for number in range(1, 6)
                for text in (f"{RING} {number}", "Estimated effort", "Estimated time")
            ),
        ),
        {f"{RING} {number}": {} for number in range(1, 6)},
        asked=frozenset({("new_action", "Estimated effort")}),
    )
    for name in ("one number a task",)
]
TICKS = [
    ForeignLog(
        f"ticks under {sign}",
        _build_sheet((sign, "Task", "Owner"), *((number < 2, text, "Bawso") for number, text in enumerate(TEXTS))),
        {text: {"lead": "Bawso"} for text in TEXTS},
        asked=frozenset({("column", sign)}),
    )
    for sign in ("✓", "☑", "✔")
]
NOTES_BELOW = [
    ForeignLog(
        f"{label} below the list",
        build_csv(
            ("ID", "Kind", "Action", "Owner", "Status"),
            *((f"A{n}", "Work", text, "Bawso", "Open") for n, text in enumerate(TEXTS, 1)),
            *((f"A{n}", "Work", f"{text} again", "Bawso", "Open") for n, text in enumerate(TEXTS, 4)),
            (label, "MoSCoW", "", "", ""),
            ("", "Must", "Needs that are critical for the project", "", ""),
            ("", "Should", "Needs that are important for the project", "", ""),
        ),
        {text: {} for text in (*TEXTS, *(f"{text} again" for text in TEXTS))},
        asked=frozenset(("new_action", f"Needs that are {word} for the project") for word in ("critical", "important")),
    )
    for label in ("Notes:", "Key:", "Nodiadau:")
]
TESTED_STORIES = [
    ForeignLog(
        f"stories with {heading}",
        build_csv(
            ("Story ID", "User story", "Status", "Owner", heading, "Test owner"),
            *((f"S{n}", text, "Open", "Bawso", f"Check that it works {n}", "AHTC") for n, text in enumerate(TEXTS, 1)),
        ),
        {text: {"lead": "Bawso"} for text in TEXTS},
    )
    for heading in ("Test case (tasks)", "Test steps to do", "Test script")
]
