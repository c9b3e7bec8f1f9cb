"""The life of minutes in the database: how far they are, what was issued and what was amended. Reads only."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import Precision, from_stored
from ahtc_tui.domain.documents.meeting_document import Cut, Language
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, Copy, IssueRow, MinutesState, Standing

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ISSUED = "SELECT version, issued_on, state, cut, language, marking{more} FROM issues WHERE meeting = ? AND NOT deleted"


def standing(cursor: Cursor, meeting: bytes) -> Standing:
    """How far the minutes of a meeting are."""
    ref, state, at, day, words = cursor.execute(
        "SELECT m.ref, m.minutes_state, a.ref, a.day, m.agreed_subject_to FROM meetings m"
        " LEFT JOIN meetings a ON a.id = m.agreed_at WHERE m.id = ?",
        (meeting,),
    ).fetchone()
    known = from_stored(day)
    return Standing(
        ref, MinutesState(state), at, known.latest if known and known.precision is Precision.DAY else None, words
    )


def next_version(cursor: Cursor, meeting: bytes) -> int:
    """The number of the next copy; one that was undone is not given again."""
    return int(
        cursor.execute("SELECT coalesce(max(version), 0) + 1 FROM issues WHERE meeting = ?", (meeting,)).fetchone()[0]
    )


def issued(cursor: Cursor, meeting: bytes) -> list[IssueRow]:
    """The copies that were issued, in order."""
    found = cursor.execute(ISSUED.format(more="") + " ORDER BY version, n", (meeting,))
    return [_issue(line) for line in found]


def copy(cursor: Cursor, meeting: bytes, version: int) -> Copy | None:
    """One issued copy as it was; None where there is no such version."""
    found = cursor.execute(
        ISSUED.format(more=", docx, markdown, plain") + " AND version = ? ORDER BY n", (meeting, version)
    ).fetchone()
    return Copy(_issue(found[:6]), b64decode(found[6]), found[7], found[8]) if found else None


def _issue(line: Sequence[Any]) -> IssueRow:
    version, day, state, cut, language, marking = line
    return IssueRow(
        version, date.fromisoformat(day[:10]), MinutesState(state), Cut(cut), Language(language), Marking(marking)
    )


def amendments(cursor: Cursor, meeting: bytes) -> list[AmendmentRow]:
    """What was put right after the minutes were agreed, in order."""
    found = cursor.execute(
        "SELECT paragraph, was, now, reason, made_on, made_by FROM amendments WHERE meeting = ? AND NOT deleted"
        " ORDER BY n",
        (meeting,),
    )
    return [
        AmendmentRow(number, was, now, reason, date.fromisoformat(day[:10]), by)
        for number, was, now, reason, day, by in found
    ]


def nothing_said_of(cursor: Cursor, meeting: bytes) -> bool:
    """Whether nobody's attendance is said at all."""
    return not cursor.execute("SELECT 1 FROM attendances WHERE meeting = ? AND NOT deleted", (meeting,)).fetchone()
