"""The life of minutes in the database: how far they are, what was issued and what was amended. Reads only."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, IssuedCopy, IssueRow, MinutesState, MinutesStatus

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ISSUED = "SELECT version, issued_on, state, cut, language, marking{more} FROM issues WHERE meeting = ? AND NOT deleted"


def read_standing(cursor: Cursor, meeting: RowKey) -> MinutesStatus:
    """How far the minutes of a meeting are."""
    ref, state, agreed_at, day, subject_to = cursor.execute(
        "SELECT m.ref, m.minutes_state, a.ref, a.day, m.agreed_subject_to FROM meetings m"
        " LEFT JOIN meetings a ON a.id = m.agreed_at WHERE m.id = ?",
        (meeting,),
    ).fetchone()
    agreed_day = read_stored_date(day)
    return MinutesStatus(
        ref,
        MinutesState(state),
        agreed_at,
        agreed_day.latest if agreed_day and agreed_day.precision is Precision.DAY else None,
        subject_to,
    )


def read_next_version(cursor: Cursor, meeting: RowKey) -> int:
    """The number of the next copy; one that was undone is not given again."""
    return int(
        cursor.execute("SELECT coalesce(max(version), 0) + 1 FROM issues WHERE meeting = ?", (meeting,)).fetchone()[0]
    )


def read_issues(cursor: Cursor, meeting: RowKey) -> list[IssueRow]:
    """The copies that were issued, in order."""
    rows = cursor.execute(ISSUED.format(more="") + " ORDER BY version, n", (meeting,))
    return [_build_issue(row) for row in rows]


def read_copy(cursor: Cursor, meeting: RowKey, version: int) -> IssuedCopy | None:
    """One issued copy as it was; None where there is no such version."""
    row = cursor.execute(
        ISSUED.format(more=", docx, markdown, plain") + " AND version = ? ORDER BY n", (meeting, version)
    ).fetchone()
    return IssuedCopy(_build_issue(row[:6]), b64decode(row[6]), row[7], row[8]) if row else None


def _build_issue(row: Sequence[Any]) -> IssueRow:
    version, day, state, cut, language, marking = row
    return IssueRow(
        version, date.fromisoformat(day[:10]), MinutesState(state), Cut(cut), Language(language), Marking(marking)
    )


def read_amendments(cursor: Cursor, meeting: RowKey) -> list[AmendmentRow]:
    """What was put right after the minutes were agreed, in order."""
    rows = cursor.execute(
        "SELECT paragraph, was, now, reason, made_on, made_by FROM amendments WHERE meeting = ? AND NOT deleted"
        " ORDER BY n",
        (meeting,),
    )
    return [
        AmendmentRow(number, was, now, reason, date.fromisoformat(day[:10]), author)
        for number, was, now, reason, day, author in rows
    ]


def has_no_attendance(cursor: Cursor, meeting: RowKey) -> bool:
    """Whether nobody's attendance is said at all."""
    return not cursor.execute("SELECT 1 FROM attendances WHERE meeting = ? AND NOT deleted", (meeting,)).fetchone()
