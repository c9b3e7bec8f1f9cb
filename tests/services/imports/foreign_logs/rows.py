"""Logs with rows that are no actions: headings, lines of a template, phases; and a program saved as .csv."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, LogSheet, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM

HEADINGS = ("Task", "Task Owner", "Due Date", "Status")
FIRST, SECOND, THIRD = (
    (RING, "Bawso", "31/01/2014", "Open"),
    (LEAFLET, "AHTC", "14/02/2014", "Open"),
    (ROOM, "Bawso", "28/02/2014", "Done"),
)
TAKEN = {RING: {"lead": "Bawso"}, LEAFLET: {}, ROOM: {"status": "done"}}
PYTHON = """import csv
from pathlib import Path

FIELDS = ["task", "owner", "due"]

def read_rows(path):
    with path.open() as stream:
        for row in csv.DictReader(stream):
            if row["task"]:
                yield row

for row in read_rows(Path("log.csv")):
    print(row["task"], row["owner"], row["due"])
"""
SCRIPT = """const fields = ["action", "owner", "due"];
let total = 0;
function addRow(row) {
  if (row.action) {
    total += 1;
  }
}
var rows = load("log", "action", "owner");
addRow(rows);
"""
SHELL = """#!/bin/sh
# action, owner, due, status
for row in $(cat log.csv); do
  if [ -n "$row" ]; then
    echo "$row", done
  fi
done
"""
SQL = """-- actions of the forum
CREATE TABLE actions (id INTEGER, action TEXT, owner TEXT, due DATE);
INSERT INTO actions VALUES (1, 'Ring the harbour', 'Bawso', '2014-01-31');
"""
PAGE = """<html>
<body>
<table>
<tr>
<td>
Action, Owner, Due
</td>
</tr>
</table>
</body>
</html>
"""


def _build_line(name: str, line: str) -> ForeignLog:
    """Return a log with one line that must be left out and named."""
    return ForeignLog(name, build_csv(HEADINGS, FIRST, SECOND, THIRD, (line, "", "", "")), TAKEN, named=(line,))


_MERGED = [HEADINGS, (None,) * 4, FIRST, SECOND, THIRD]

ROWS = [
    ForeignLog("headings merged downwards", (LogSheet("S", _MERGED, ("A1:A2", "B1:B2", "C1:C2", "D1:D2")),), TAKEN),
    ForeignLog(
        "headings merged downwards beside a pair",
        (
            LogSheet(
                "S",
                [
                    ("Task", "Task Owner", "Due Date", "Remarks", None),
                    (None, None, None, "of them", "of us"),
                    (*FIRST[:3], "Rang twice so far", None),
                    (*SECOND[:3], None, None),
                    THIRD[:3],
                ],
                ("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
            ),
        ),
        {RING: {"lead": "Bawso"}, LEAFLET: {}, ROOM: {}},
    ),
    *(
        ForeignLog(
            f"{line} in the column of references",
            build_csv(("No", *HEADINGS), (1, *FIRST), (line, "", "", "", ""), (2, *SECOND), (3, *THIRD)),
            TAKEN,
            named=(line,),
        )
        for line in ("Workstream A - Training", "Insert new rows here", "Nodyn: y cadeirydd sy'n pennu'r statws")
    ),
    ForeignLog(
        "closed rows under a heading in the column of references",
        build_csv(("No", *HEADINGS), (1, *FIRST), ("Closed actions", *[""] * 4), (2, *SECOND[:3], ""), (3, *THIRD)),
        {**TAKEN, LEAFLET: {"status": "done"}},
    ),
    ForeignLog("headings again", build_csv(HEADINGS, FIRST, ("Task", "Owner", "Due", "State"), SECOND, THIRD), TAKEN),
    ForeignLog(
        "headings of another list below",
        build_csv(
            ("Action Item", "Date", "RAG", "Owner", "Comments"),
            (RING, "31/01/2014", "G", "Bawso", ""),
            (LEAFLET, "14/02/2014", "A", "AHTC", ""),
            ("Budget Spent", "% Spent", "Notes", "", "RAG"),
            ("RAG", "", "Notes", "", ""),
        ),
        {RING: {"lead": "Bawso"}, LEAFLET: {}},
        named=("row of headings",),
    ),
    ForeignLog(
        "headings again in part",
        build_csv(HEADINGS, FIRST, ("Task", "", "", ""), SECOND, THIRD),
        TAKEN,
        named=("row of headings",),
    ),
    _build_line("insert rows above", "To add more data insert new rows ABOVE this one"),
    _build_line("do not delete", "Do not delete this row"),
    _build_line("copyright", "© 2013 Example Templates"),
    _build_line("copyright in words", "Copyright 2013 Example Ltd. All rights reserved."),
    _build_line("link of a template", "https://example.org/templates"),
    _build_line("note of the chair", "Notes: RAG is set by the chair"),
    _build_line("key", "Key: D done and O open"),
    _build_line("add tasks above", "Add additional tasks above here, formulas will not copy below"),
    _build_line("add rows in Welsh", "Ychwanegwch resi newydd uwchben y llinell hon"),
    _build_line("number of the page", "Page 1 of 3"),
    _build_line("figure of open actions", "Total open actions: 2"),
    _build_line("day of the last change", "Last updated 14/01/2014 by the secretariat"),
    _build_line("place for a name", "Signed off by:"),
    ForeignLog(
        "an example among the first rows",
        build_csv(HEADINGS, ("e.g. Write to all partners", "Name of lead", "01/01/2014", "Open"), FIRST, SECOND, THIRD),
        TAKEN,
        named=("e.g. Write",),
    ),
    *(
        ForeignLog(
            f"legend below: {heading}",
            build_csv(
                HEADINGS, FIRST, SECOND, THIRD, ("",) * 4, (heading, "Meaning", "", ""),
                ("Open", "Work has not ended yet", "", ""), ("Done", "The work is over", "", ""),
            ),
            TAKEN,
            named=(heading, "Open", "Done"),
        )
        for heading in ("Key", "RAG ratings", "Allwedd")
    ),
    ForeignLog(
        "document control below",
        build_csv(HEADINGS, FIRST, SECOND, THIRD, ("Version: 01", "Approved by: AHTC", "01/12/2013", "")),
        TAKEN,
        named=("Version: 01",),
    ),
    ForeignLog(
        "how to fill it in",
        build_csv(
            HEADINGS, ("Describe the task", "Mention the owner", "Enter the date", "Select one"), FIRST, SECOND, THIRD
        ),
        TAKEN,
        named=("Describe the task",),
    ),
    ForeignLog(
        "phases",
        build_csv(
            HEADINGS, ("Phase 1: Before the forum", "", "", ""), FIRST, SECOND, ("Phase 2 - After", "", "", ""), THIRD
        ),
        TAKEN,
        named=("Phase 1: Before the forum", "Phase 2 - After"),
    ),
    ForeignLog(
        "headings in capitals",
        build_csv(HEADINGS, ("NORTH AND MID WALES", "", "", ""), FIRST, SECOND, ("SOUTH WALES", "", "", ""), THIRD),
        TAKEN,
        named=("NORTH AND MID WALES", "SOUTH WALES"),
    ),
    ForeignLog(
        "outline numbers",
        build_csv(
            ("No", *HEADINGS), ("1", "Before the forum meets", "", "", ""), ("1.1", *FIRST), ("1.2", *SECOND),
            ("2", "After the forum has met", "", "", ""), ("2.1", *THIRD),
        ),
        TAKEN,
        named=("Before the forum meets", "After the forum has met"),
    ),
    ForeignLog(
        "a text alone among full rows",
        build_csv(HEADINGS, FIRST, ("Write to the ports", "", "", ""), SECOND, THIRD),
        TAKEN,
        asked=frozenset({("new_action", "Write to the ports")}),
        answers={("new_action", "Write to the ports"): "theirs"},
        taken_after={**TAKEN, "Write to the ports": {}},
    ),
    ForeignLog(
        "few actions between phases and a note",
        build_csv(
            HEADINGS, ("Phase 1: Before the forum", "", "", ""), FIRST, ("PHASE 2 – AFTER", "", "", ""), THIRD,
            ("Note: RAG is set by the chair", "", "", ""),
        ),
        {RING: {"lead": "Bawso"}, ROOM: {"status": "done"}},
        named=("Phase 1: Before the forum", "PHASE 2 – AFTER", "RAG is set by the chair"),
    ),
    ForeignLog(
        "type above this line",
        build_csv(HEADINGS, FIRST, ("Type above this line to add rows", "", "", ""), THIRD),
        {RING: {"lead": "Bawso"}, ROOM: {"status": "done"}},
        named=("Type above this line",),
    ),
    ForeignLog(
        "an example with values",
        build_csv(HEADINGS, ("Example: write your task here", "Your name", "dd/mm/yyyy", "Open"), FIRST, SECOND, THIRD),
        TAKEN,
        named=("Example: write",),
    ),
    *(
        ForeignLog(
            f"{words} in place of an action",
            build_csv(HEADINGS, (words, "Bawso", "", ""), FIRST, SECOND, THIRD),
            TAKEN,
            named=(f'a line of the template, left out: "{words}"',),
        )
        for words in ("<type the action here>", "<Task 1>", "<teipiwch y cam yma>")
    ),
    ForeignLog("a dump of a database", SQL, refused="code of a program"),
    ForeignLog("a program in Python", PYTHON, refused="code of a program"),
    ForeignLog("a program in JavaScript", SCRIPT, refused="code of a program"),
    ForeignLog("a program of a shell", SHELL, refused="code of a program"),
    ForeignLog("a program of a shell without its first line", SHELL.partition("\n")[2], refused="code of a program"),
    ForeignLog("a web page", PAGE, refused="web page"),
]  # fmt: skip
