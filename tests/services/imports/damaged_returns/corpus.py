"""The corpus of damaged returns by fault: at least three variants each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.services.exports.return_files import StyledValue
from tests.services.imports.damaged_returns.model import FIRST, LAST, OPEN, Cells, DamagedReturn, Found


def _change(name: str, cells: Cells, *changed: Found, named: tuple[str, ...] = ()) -> DamagedReturn:
    return DamagedReturn(name, cells, changed=frozenset(changed), named=named)


def _ask(name: str, cells: Cells, *asked: Found) -> DamagedReturn:
    return DamagedReturn(name, cells, asked=frozenset(asked))


_PROPOSED = "proposed_complete"
_CLOSING = (
    "Done",
    "Closed",
    "Complete",
    "Completed",
    "COMPLETED",
    "100 %",
    "100%",
    "Wedi cwblhau",
    "Wedi’i gwblhau",
    "Caewyd",
    "Finished",
    "Complete - agreed",
)
_IN_BRAG = ("Complete", "Completed", "Done", "Wedi'i gwblhau")
CLOSED = [
    *(
        _change(f"{word} on {ref}", {(ref, "Status"): word}, (ref, "status", _PROPOSED))
        for word in _CLOSING[:-1]
        for ref in (FIRST, OPEN)
    ),
    *(
        _change(f"{word} as BRAG", {(ref, "BRAG"): word}, (ref, "status", _PROPOSED))
        for word in _IN_BRAG
        for ref in (FIRST, OPEN)
    ),
    _ask("a number for 100%", {(OPEN, "Status"): 1}, (OPEN, "status", "1")),
    *(
        _change(
            word,
            {(OPEN, "Status"): word},
            (OPEN, "status", _PROPOSED),
            (OPEN, "progress", f"Status: {word}"),
            named=("returned as cancelled",),
        )
        for word in ("Cancelled", "Canceled", "Withdrawn", "Wedi'i ganslo")
    ),
    _change(
        "with words",
        {(OPEN, "Status"): _CLOSING[-1]},
        (OPEN, "status", _PROPOSED),
        (OPEN, "progress", _CLOSING[-1]),
    ),
    _change(
        "beside a green rating",
        {(OPEN, "Status"): "Done", (OPEN, "BRAG"): "Green"},
        (OPEN, "status", _PROPOSED),
        (OPEN, "brag", "G"),
    ),
    _change(
        "with the day", {(OPEN, "Status"): "Completed 13/11/2013"}, (OPEN, "status", _PROPOSED), named=("closed on",)
    ),
]
_STATES = {"On hold": "on_hold", "Ongoing": "continuing", "Not started": "planned", "Ar y gweill": "in_progress"}
STATES = [
    *(
        _change(word, {(ref, "Status"): word}, *(((ref, "status", status),) if status != current else ()))
        for word, status in _STATES.items()
        for ref, current in ((FIRST, "continuing"), (OPEN, "in_progress"))
    ),
    *(
        _change(word, {(OPEN, "BRAG"): word}, (OPEN, "brag", letter))
        for word, letter in {"A": "A", "Gwyrdd": "G", "amber": "A"}.items()
    ),
    *(_ask(word, {(OPEN, "BRAG"): word}, (OPEN, "brag_reason", "R")) for word in ("Red", "R Red", "coch")),
    _ask("unknown word", {(OPEN, "Status"): "Sometime"}, (OPEN, "status", "Sometime")),
    _ask("a question", {(OPEN, "Status"): "Complete?"}, (OPEN, "status", "done")),
]

_GROUP_CELLS: list[tuple[str, Any, str, str]] = [
    ("Action", "A title of my own", "title", "A title of my own"),
    ("Support", "Bawso", "support", "Bawso"),
    ("Support", "Somebody else", "support", "Somebody else"),
    ("Due", date(2014, 6, 1), "due", "2014-06-01"),
    ("Due", "1 June 2014", "due", "2014-06-01"),
    ("Due", "01/06/2014", "due", "2014-06-01"),
    ("Due", "end of June 2014", "due_text", "end of June 2014"),
    ("Due", "ASAP", "due_text", "ASAP"),
    ("Proposed date", date(2014, 6, 1), "due", "2014-06-01"),
    ("Proposed date", "1 Mehefin 2014", "due", "2014-06-01"),
    ("Proposed date", "June", "due_text", "June"),
    ("Proposed date", "to be agreed", "due_text", "to be agreed"),
    ("Objective", "5", "objective", "5"),
    ("Objective", "Something new", "objective", "Something new"),
    ("Ref", "ZZ-99", "reference", "ZZ-99"),
    ("Ref", "our 7", "reference", "our 7"),
]
OF_THE_GROUP = [
    _ask(f"{heading}: {value} on {ref}", {(ref, heading): value}, (ref, field, theirs))
    for heading, value, field, theirs in _GROUP_CELLS
    for ref in (FIRST, OPEN)
]

_NEW = "Visit the harbour at Holyhead"
NEW_ROWS = [
    DamagedReturn(
        name,
        new_rows=({"Action": _NEW, **cells},),
        asked=frozenset({("DP-99" if cells.get("Ref") == "DP-99" else "", "new_action", _NEW)}),
    )
    for name, cells in {
        "without a reference": {},
        "with a reference of its own": {"Ref": "DP-99"},
        "with a word": {"Ref": "new"},
        "complete": {"Status": "Complete"},
        "with a date": {"Due": "01/06/2014"},
        "with an update": {"Your update": "Two days are agreed"},
    }.items()
]

_LABELS = {"red": "late or stuck", "amber": "at risk", "green": "on track"}


def _tint_row(ref: str, colour: str, columns: range = range(1, 12)) -> Callable[[Any], None]:
    """Return an edit that colours cells of a row."""
    from tests.services.exports.return_files import COLOURS

    def edit(sheet: Any) -> None:
        from openpyxl.styles import PatternFill

        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == ref)
        for column in columns:
            sheet.cell(row, column).fill = PatternFill("solid", fgColor=COLOURS[colour])

    return edit


COLOURS = [
    *(
        _ask(
            f"{colour} BRAG cell of {ref}",
            {(ref, "BRAG"): StyledValue(fill=colour)},
            (ref, "status_from_colour", label),
        )
        for colour, label in _LABELS.items()
        for ref in (OPEN,)
    ),
    *(
        _ask(
            f"{colour} BRAG cell of a duty",
            {(FIRST, "BRAG"): StyledValue(fill=colour)},
            (FIRST, "status_from_colour", "continuing" if colour == "green" else label),
        )
        for colour, label in _LABELS.items()
    ),
    _ask("blue BRAG cell", {(OPEN, "BRAG"): StyledValue(fill="blue")}, (OPEN, "status_from_colour", "done")),
    *(
        DamagedReturn(
            f"{colour} row", edit=_tint_row(OPEN, colour), asked=frozenset({(OPEN, "status_from_colour", label)})
        )
        for colour, label in {**_LABELS, "blue": "done"}.items()
    ),
    *(
        DamagedReturn(
            f"{colour} cell of column {column} beside an unchanged status",
            edit=_tint_row(OPEN, colour, range(column, column + 1)),
            asked=frozenset({(OPEN, "status_from_colour", _LABELS[colour])}),
        )
        for column, colour in ((1, "red"), (3, "amber"), (10, "red"))
    ),
    _change(
        "a word counts more than its colour", {(OPEN, "BRAG"): StyledValue("Amber", fill="green")}, (OPEN, "brag", "A")
    ),
]

CLEARED = [
    DamagedReturn(f"{heading} of {ref}", {(ref, heading): None})
    for heading in ("Your update", "BRAG", "Status", "Proposed date", "Latest update", "Update date", "Support", "Due")
    for ref in (FIRST, OPEN)
]
_NO_UPDATES = (
    "No change",
    "no change.",
    "No update",
    "Nothing to report",
    "Nil return",
    "As before",
    "Unchanged",
    "n/a",
    "-",
    "No change since last quarter",
    "Dim newid",
    "Dim i'w adrodd",
    "None",
    "Nil",
    "No further update to report",
    "No change since last time",
    "As previously reported",
    "Status unchanged",
    "Same as last time",
    "No change to report this quarter",
    "Position remains unchanged",
    "No updates at this stage",
    "Dim i'w ychwanegu",
    "Sefyllfa heb newid",
)
NO_UPDATES = [_change(words, {(OPEN, "Your update"): words}) for words in _NO_UPDATES]
_UPDATES = (
    "No change to the budget",
    "Two meetings were held",
    "No progress",
    "No",
    "Heb arian",
    "Cynhaliwyd dau gyfarfod",
)
UPDATES = [
    _change(words, {(ref, "Your update"): words}, (ref, "progress", words))
    for words in _UPDATES
    for ref in (FIRST, OPEN)
]

_NOTE = "Please call me about the leaflet"


def _write_note(offset: int, column: int) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == LAST)
        sheet.cell(last + offset, column).value = _NOTE

    return edit


def _write_cell(row_offset: int, column: int) -> Callable[[Any], None]:
    """Return an edit that writes the note to a row counted from the one of the headings."""

    def edit(sheet: Any) -> None:
        top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
        sheet.cell(top + row_offset, column).value = _NOTE

    return edit


def _write_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("Sheet2").append((_NOTE,))


NOTES = [
    DamagedReturn("right of a row", edit=_write_cell(2, 14), named=(_NOTE,)),
    DamagedReturn("right of the headings", edit=_write_cell(0, 13), named=(_NOTE,)),
    DamagedReturn("above the headings", edit=_write_cell(-2, 8), named=(_NOTE,)),
    DamagedReturn("on a sheet of its own", edit=_write_sheet, named=("Sheet2",)),
    *(
        DamagedReturn(f"{offset} below, column {column}", edit=_write_note(offset, column), named=(_NOTE,))
        for offset, column in ((2, 1), (4, 1), (3, 8), (2, 11))
    ),
    *(
        DamagedReturn(
            f"{offset} below, in the column of the action",
            edit=_write_note(offset, 3),
            asked=frozenset({("", "new_action", _NOTE)}),
        )
        for offset in (1, 4)
    ),
    DamagedReturn(
        "in the row below, in the column of the update",
        edit=_write_note(1, 8),
        asked=frozenset({(LAST, "progress", _NOTE)}),
    ),
    DamagedReturn("as a comment", {(OPEN, "Your update"): StyledValue(comment=_NOTE)}, named=(_NOTE,)),
]

CORPUS: dict[str, list[DamagedReturn]] = {
    "closed by the owner": CLOSED,
    "other states and ratings": STATES,
    "cells of the group": OF_THE_GROUP,
    "new rows": NEW_ROWS,
    "colours alone": COLOURS,
    "cleared cells": CLEARED,
    "no update": NO_UPDATES,
    "updates": UPDATES,
    "notes": NOTES,
}
"""Returns by fault."""
