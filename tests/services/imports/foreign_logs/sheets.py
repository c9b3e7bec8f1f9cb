"""Workbooks with sheets that are no lists of actions beside one that is, or alone."""

from __future__ import annotations

from typing import Any

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet
from tests.services.imports.foreign_logs.text_columns import RING, ROOM, TEXTS

LOG = LogSheet("Actions", [("Action", "Owner", "Due"), (RING, "Bawso", "31/01/2014"), (ROOM, "AHTC", "28/02/2014")])
TAKEN = {RING: {"lead": "Bawso"}, ROOM: {}}
LINK = "https://example.org/forum/papers"


def _build_beside(name: str, sheet: str, *rows: tuple[Any, ...]) -> ForeignLog:
    """Return a log with a second sheet, which must be left out and named."""
    return ForeignLog(name, (LOG, LogSheet(sheet, rows)), TAKEN, named=(f'"{sheet}"',))


SHEETS = [
    _build_beside(
        "legend", "Key", ("Status", "Meaning"), ("Open", "Work has not ended"), ("Closed", "The work is over")
    ),
    _build_beside(
        "legend of ratings",
        "Ratings",
        ("RAG", "Description"),
        ("Red", "The date will be missed"),
        ("Amber", "The date may be missed"),
        ("Green", "The date will be kept"),
    ),
    _build_beside(
        "reference list",
        "Work areas",
        ("Code", "Description"),
        *[(number, f"Area {text.lower()} of the region") for number, text in enumerate(TEXTS)],
    ),
    _build_beside(
        "resource links",
        "Useful pages",
        ("Title", "Link", "Description"),
        *[(f"Paper {number}", LINK, f"Paper about how to {text.lower()}") for number, text in enumerate(TEXTS)],
    ),
    _build_beside(
        "asset list",
        "Equipment",
        ("Asset", "Description", "Owner", "Location"),
        ("L1", "Laptop for the regional forum", "Bawso", "Newport"),
        ("L2", "Projector for the regional forum", "AHTC", "Cardiff"),
    ),
    _build_beside(
        "change log",
        "Change log",
        ("Version", "Date", "Description", "Author"),
        ("0.1", "01/10/2013", "First draft of this list made", "AHTC"),
        ("0.2", "01/11/2013", "Dates of the forum added here", "AHTC"),
    ),
    _build_beside(
        "stand-up notes",
        "Daily",
        ("Date", "Name", "Yesterday", "Today", "Blockers"),
        ("01/10/2013", "Bawso", "Wrote to the ports again", "Ring the ports once more", "No numbers to ring"),
        ("02/10/2013", "AHTC", "Rang the ports once more", "Write the note of calls", "None that we know"),
    ),
    ForeignLog(
        "hidden sheet of last year",
        (LOG, LogSheet("2012", [("Action", "Owner", "Due"), (TEXTS[1], "Bawso", "31/01/2013")], is_hidden=True)),
        TAKEN,
        asked=frozenset({("sheet", "2012")}),
        answers={("sheet", "2012"): "theirs"},
        taken_after={**TAKEN, TEXTS[1]: {}},
    ),
    ForeignLog(
        "second list of actions",
        (LOG, LogSheet("South", [("Task", "Lead", "Status"), (TEXTS[1], "Bawso", "Open")])),
        {**TAKEN, TEXTS[1]: {"lead": "Bawso"}},
    ),
    ForeignLog(
        "list of descriptions alone",
        (LogSheet("Sheet1", [("Code", "Description"), *enumerate(TEXTS)]),),
        asked=frozenset({("sheet", "Sheet1")}),
        answers={("sheet", "Sheet1"): "ours"},
    ),
    ForeignLog(
        "list of actions alone",
        (LogSheet("Sheet1", [("Ref", "Action"), *[(f"F-{number}", text) for number, text in enumerate(TEXTS)]]),),
        {text: {} for text in TEXTS},
    ),
    ForeignLog(
        "one column of milestones in a charter",
        (LogSheet("Charter", [("Purpose of the forum",), ("Milestones",), *[(text,) for text in TEXTS]]),),
        asked=frozenset({("sheet", "Charter")}),
        answers={("sheet", "Charter"): "theirs"},
        taken_after={text: {} for text in TEXTS},
    ),
    ForeignLog(
        "tickets with links",
        (
            LogSheet(
                "Tickets",
                [
                    ("Summary", "Issue key", "Issue link", "Status", "Assignee", "Due date"),
                    (RING, "T-1", LINK, "To Do", "Bawso", "31/01/2014"),
                    (ROOM, "T-2", LINK, "Done", "AHTC", "28/02/2014"),
                ],
            ),
        ),
        {RING: {"lead": "Bawso", "due": "2014-01-31"}, ROOM: {"status": "done"}},
    ),
    ForeignLog(
        "asset list alone",
        (LogSheet("Kit", [("Description", "Owner", "Serial no"), ("Laptop for the forum", "AHTC", "X1")]),),
        asked=frozenset({("sheet", "Kit")}),
    ),
]
