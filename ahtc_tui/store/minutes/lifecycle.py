"""Reads the lifecycle of minutes: state, issued copies and amendments."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, IssuedCopy, IssueRow, MinutesState, MinutesStatus
from ahtc_tui.store.journal.desk_people import list_posts
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_one, select_row, select_rows, select_value

ISSUED = """SELECT version, issued_on, state, cut, language, marking FROM issues WHERE meeting = ? AND NOT deleted"""


class StoredStatus(NamedTuple):
    """State of minutes, with the meeting that agreed them."""

    ref: str
    state: MinutesState
    agreed_at: str | None
    agreed_day: DateAsKnown | None
    subject_to: str | None
    by_correspondence: date | None


class IssuedText(NamedTuple):
    """Text of an issued copy, with its meeting and edition."""

    meeting: RowKey
    ref: str
    version: int
    issued_on: date
    cut: Cut
    language: Language
    marking: Marking
    plain: str


class StoredCopy(NamedTuple):
    """Content of an issued copy; the Word file as base64."""

    docx: str
    markdown: str
    plain: str


def read_status(cursor: Cursor, meeting: RowKey) -> MinutesStatus:
    """Return the state of the minutes of a meeting."""
    query = """SELECT m.ref, m.minutes_state AS state, a.ref AS agreed_at, a.day AS agreed_day, m.agreed_subject_to AS
 subject_to, CASE m.minutes_state WHEN 'agreed' THEN (SELECT max(c.agreed_on) FROM circulations c
 WHERE c.meeting = m.id AND NOT c.deleted) END AS by_correspondence
 FROM meetings m LEFT JOIN meetings a ON a.id = m.agreed_at WHERE m.id = ?"""
    status = select_one(cursor, StoredStatus, query, (meeting,))
    day = status.agreed_day
    agreed_on = day.latest if day and day.precision is Precision.DAY else None
    day_of_answers = status.by_correspondence
    return MinutesStatus(
        status.ref,
        status.state,
        status.agreed_at,
        agreed_on or day_of_answers,
        status.subject_to,
        by_correspondence=day_of_answers is not None,
    )


def read_next_version(cursor: Cursor, meeting: RowKey) -> int:
    """Return the number of the next issued copy; numbers of undone issues are not reused."""
    query = "SELECT coalesce(max(version), 0) + 1 FROM issues WHERE meeting = ?"
    return select_value(cursor, query, (meeting,)) or 1


def read_issues(cursor: Cursor, meeting: RowKey) -> list[IssueRow]:
    """Return the issued copies, in order."""
    return select_rows(cursor, IssueRow, f"{ISSUED} ORDER BY version, n", (meeting,))


def read_issued_texts(cursor: Cursor) -> list[IssuedText]:
    """Return the text of every issued copy, in order of issue."""
    query = """SELECT i.meeting, m.ref, i.version, i.issued_on, i.cut, i.language, i.marking, i.plain FROM issues i
 JOIN meetings m ON m.id = i.meeting WHERE NOT i.deleted AND NOT m.deleted ORDER BY i.n"""
    return select_rows(cursor, IssuedText, query)


def read_copy(
    cursor: Cursor, meeting: RowKey, version: int, cut: Cut | None = None, language: Language | None = None
) -> IssuedCopy | None:
    """Return the first issued copy of a version, or that for some readers or in a language; None without one."""
    condition = "AND version = ? AND coalesce(cut = ?, 1) AND coalesce(language = ?, 1) ORDER BY n"
    values = (meeting, version, cut.value if cut else None, language.value if language else None)
    row = select_row(cursor, IssueRow, f"{ISSUED} {condition}", values)
    query = f"SELECT docx, markdown, plain FROM issues WHERE meeting = ? AND NOT deleted {condition}"
    copy = select_row(cursor, StoredCopy, query, values)
    return IssuedCopy(row, b64decode(copy.docx), copy.markdown, copy.plain) if row and copy else None


def read_amendments(cursor: Cursor, meeting: RowKey) -> list[AmendmentRow]:
    """Return the amendments made after the minutes were agreed, in order.

    Amendments of earlier versions name the account that wrote them: they get its post, where it is known.
    """
    query = """SELECT paragraph, was, now, reason, made_on, made_by FROM amendments WHERE meeting = ? AND NOT deleted
 ORDER BY n"""
    posts = list_posts(cursor)
    rows = select_rows(cursor, AmendmentRow, query, (meeting,))
    return [replace(row, made_by=posts.get(row.made_by or "", row.made_by) or None) for row in rows]


def has_no_attendance(cursor: Cursor, meeting: RowKey) -> bool:
    """Return whether a meeting has no attendance records."""
    return not cursor.execute("SELECT 1 FROM attendances WHERE meeting = ? AND NOT deleted", (meeting,)).fetchone()
