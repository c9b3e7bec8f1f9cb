"""Plans of communications and registers of risks: not lists of actions, or not in the column that looks like one."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM

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
