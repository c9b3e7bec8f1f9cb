"""Plans of communications, registers of risks and other lists: no actions, or not in the column that seems so."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

_WHEN = ("January 2014", "31/01/2014", "28/02/2014")
_OWNERS = ("Bawso", "AHTC", "Gwent Police")
_NEWS = ("The rota for the harbour changes in March", "The leaflet is out in both languages", "The room was changed")
_SHEET = ("sheet", "log.csv")


def _plan_communications(name: str, *headings: str) -> ForeignLog:
    """Return a plan with these headings of the text, the audience, the channel, the owner and the time."""
    rows = zip(
        _NEWS, ("All members", "Local press", "Staff"), ("Email", "Release", "Talk"), _OWNERS, _WHEN, strict=True
    )
    return ForeignLog(
        name,
        build_csv(headings, *rows),
        asked=frozenset({_SHEET}),
        answers={_SHEET: "ours"},
    )


COMMUNICATIONS = [
    _plan_communications("by message", "Message", "Audience", "Channel", "Owner", "Timing"),
    _plan_communications("by key message", "Key messages", "Stakeholder", "Method", "Responsible", "When"),
    _plan_communications("by activity", "Activity", "Audience", "Channel", "Lead", "Date"),
    _plan_communications("by communication", "Communication", "To whom", "Format", "Owner", "Due date"),
    _plan_communications("by plain questions", "What", "Who to", "How", "Who", "When"),
    _plan_communications("by questions with marks", "What?", "To whom?", "How?", "By whom?", "By when?"),
    _plan_communications("by who it is for", "What", "Who for", "Via", "Who by", "When"),
    _plan_communications("by recipients", "What", "Recipients", "Method", "Owner", "Date"),
    _plan_communications("by group and medium", "Key points", "Target group", "Medium", "Lead", "Timing"),
    _plan_communications("by plain questions in Welsh", "Beth", "I bwy", "Sut", "Pwy", "Pryd"),
    _plan_communications("in Welsh", "Neges", "Cynulleidfa", "Sianel", "Perchennog", "Pryd"),
    ForeignLog(
        "list of actions with a channel",
        build_csv(
            ("Action", "Channel", "Owner", "Due date"),
            (RING, "Email", "Bawso", _WHEN[1]),
            (LEAFLET, "Web", "AHTC", _WHEN[2]),
        ),
        {RING: {"lead": "Bawso"}, LEAFLET: {"due": "2014-02-28"}},
    ),
]

COMMUNICATIONS += [
    ForeignLog(
        "plan with states",
        build_csv(
            ("What", "Who to", "How", "Who", "When", "Status"),
            *zip(_NEWS, ("All members", "Press", "Staff"), ("Email",) * 3, _OWNERS, _WHEN, ("Open",) * 3, strict=True),
        ),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "list of actions by plain questions",
        build_csv(("What", "How", "Who", "When"), (RING, "By phone", "Bawso", _WHEN[1])),
        {RING: {"lead": "Bawso", "due": "2014-01-31"}},
        named=("How",),
    ),
]

_LETTERS = ("R", "A/C", "I"), ("A", "R", "C"), ("C", "I", "R/A"), ("I", "C", "I")
RESPONSIBILITIES = [
    ForeignLog(
        name,
        build_csv(headings, *((text, *letters) for text, *letters in zip(TEXTS, *_LETTERS, strict=True))),
        asked=frozenset({_SHEET}),
    )
    for name, headings in {
        "by post": ("Task", "Lead officer", "Team", "Partners", "Police"),
        "by organisation": ("Activity", "Bawso", "AHTC", "Responsible officer", "Support"),
        "with a state": ("Deliverable", "Status", "Owner", "Sponsor", "Project team"),
    }.items()
]
RESPONSIBILITIES.append(
    ForeignLog(
        "list of actions with two ratings",
        build_csv(
            ("Action", "Lead", "BRAG Q2", "BRAG Q3"),
            *zip(TEXTS, _OWNERS, ("R", "A", "R"), ("A", "A", "R"), strict=True),
        ),
        {RING: {"lead": "Bawso", "brag": "R"}, LEAFLET: {"brag": "A"}, ROOM: {}},
        asked=frozenset({("column", "BRAG Q3 (D)")}),
        answers={("column", "BRAG Q3 (D)"): "theirs"},
        taken_after={RING: {"brag": "A"}, LEAFLET: {"brag": "A"}, ROOM: {"brag": "R"}},
    )
)
_STEPS = [(1, RING, "It is answered", "Open"), (2, LEAFLET, "Both are printed", "Open"), (3, ROOM, "A note", "Open")]
TESTS = [
    ForeignLog(name, build_csv(headings, *_STEPS), asked=frozenset({_SHEET}))
    for name, headings in {
        "by case": ("No", "Test case", "Expected result", "Status"),
        "by step": ("Test step", "Action", "Expected results", "Status"),
        "by script": ("Test script", "Action", "Notes", "Result"),
    }.items()
]
WITHOUT_MARKS = [
    ForeignLog(
        "tasks with estimates",
        build_csv(("Task", "Notes", "Days"), *((text, "Soon", 3) for text in TEXTS)),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "ideas of a review",
        build_csv(("Feedback from", "Evidence", "Actions"), *(("Staff", "A survey", text) for text in TEXTS)),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "levels with times in words",
        build_csv(("Severity", "Description", "Timeframe"), *(("High", text, "Within a few hours") for text in TEXTS)),
        asked=frozenset({_SHEET}),
    ),
    ForeignLog(
        "schedule by activity",
        build_csv(
            ("Activity ID", "Activity Name", "Finish Date", "Assigned Resource"),
            *zip((1, 2, 3), TEXTS, ("31/01/2014",) * 3, _OWNERS, strict=True),
        ),
        {text: {"due": "2014-01-31"} for text in TEXTS},
    ),
]

_EVENTS = ("The harbour was not rung for a year", "The leaflet is in one language only", "The room is not booked yet")
_IMPACTS = (
    "The forum would lose the trust of all of its partners",
    "Some people would not understand it at all",
    "The meeting would have to be moved once again",
)
IMPACTS = [
    ForeignLog(
        "risk beside impact",
        build_csv(
            ("ID", "Risk", "Impact", "Likelihood", "Owner"),
            *zip((1, 2, 3), _EVENTS, _IMPACTS, (4, 2, 3), _OWNERS, strict=True),
        ),
        asked=frozenset({("column", "Risk")}),
    ),
    ForeignLog(
        "impact alone",
        build_csv(("ID", "Impact", "Likelihood", "Owner"), *zip((1, 2, 3), _IMPACTS, (4, 2, 3), _OWNERS, strict=True)),
        refused="has no table of actions",
    ),
    ForeignLog(
        "cause, event and consequence",
        build_csv(
            ("Cause", "Event", "Consequence", "Owner", "Target date"),
            *zip(_IMPACTS, _EVENTS, _IMPACTS, _OWNERS, _WHEN, strict=True),
        ),
        asked=frozenset({("column", "Event")}),
    ),
    ForeignLog(
        "mitigation beside impact",
        build_csv(
            ("Impact", "Mitigation", "Risk owner", "Status"),
            *zip(_IMPACTS, (RING, LEAFLET, ROOM), _OWNERS, ("Open",) * 3, strict=True),
        ),
        {RING: {"lead": "Bawso"}, LEAFLET: {}, ROOM: {}},
        named=("Impact",),
    ),
    ForeignLog(
        "impact in Welsh",
        build_csv(("Rhif", "Risg", "Effaith", "Perchennog"), *zip((1, 2, 3), _EVENTS, _IMPACTS, _OWNERS, strict=True)),
        asked=frozenset({("column", "Risg")}),
    ),
]
