"""Score of the import of foreign calendars: what is found, missed, asked about, written unasked or invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.meetings.series import list_days
from ahtc_tui.services.meetings.service import add_meeting, list_meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, read_live_rows
from tests.services.imports.foreign_calendars import proposals, series, zones
from tests.services.imports.foreign_calendars.model import ForeignCalendar
from tests.services.imports.foreign_logs.scoring import Score

CORPUS: dict[str, list[ForeignCalendar]] = {
    "counter-proposals": proposals.COUNTERS,
    "notices": proposals.NOTICES,
    "invitations": proposals.INVITATIONS,
    "cancellations": proposals.CANCELLATIONS,
    "mixed files": proposals.MIXED,
    "names of zones": zones.NAMES,
    "zones without a description": zones.UNDESCRIBED,
    "wrong descriptions": zones.WRONG_DESCRIPTIONS,
    "times without a zone": zones.FLOATING,
    "whole days": zones.WHOLE_DAYS,
    "excluded and added days": series.EXCLUDED,
    "moved days": series.MOVED,
    "changes of all later days": series.ONWARD,
    "ends of series": series.ENDS,
}
"""Calendars by fault."""
YEAR = (date(2014, 1, 1), date(2014, 12, 31))


def add_known_meetings(workspace: Workspace) -> dict[str, str]:
    """Add the meeting and the weekly series that the calendars are about; return their UIDs by name."""
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "minutes": "120", "venue": "Cathays Park"}
    meeting = add_meeting(workspace, build_meeting_draft(fields, TODAY))
    repeat = {"group": "LG", "starts": "2014-02-04 10:00", "minutes": "60", "repeat": "FREQ=WEEKLY;COUNT=6"}
    weekly = add_meeting(workspace, build_meeting_draft(repeat, TODAY))
    return {"meeting": meeting.uid, "series": weekly.uid}


def score_calendar(workspace: Workspace, calendar: ForeignCalendar, uids: dict[str, str], folder: Path) -> Score:
    """Import a calendar and take it back; return the score."""
    score, path = Score(logs=1), folder / "other.ics"
    path.write_text(calendar.text.format(**uids), encoding="utf-8")
    before = read_live_rows(workspace)
    (report,) = import_meetings(workspace, [path]).files
    is_written = read_live_rows(workspace) != before
    _score_additions(score, calendar, report)
    _score_changes(score, calendar, report)
    _score_questions(score, calendar, report)
    _score_positions(score, calendar, report)
    reasons = " ".join(question.reason for question in report.questions)
    _score_texts(score, calendar, "reason", calendar.reasons, [reasons])
    _score_texts(score, calendar, "warning", calendar.named, [warning.reason for warning in report.warnings])
    for title, expected in calendar.days.items():
        days = tuple(_list_days(workspace, title))
        if days == expected:
            score.found += 1
        else:
            score.record("unasked", f"{calendar.name}: {title} is on {', '.join(days)}")
    if is_written:
        undo_step(workspace)
    if is_written != bool(report.added or report.changed):
        score.record("unasked", f"{calendar.name}: what is written differs from the report")
    return score


def _score_additions(score: Score, calendar: ForeignCalendar, report: FileReport) -> None:
    added = {record.values["title"]: record.values for record in report.added if "recurrence_id" not in record.values}
    excluded = {record.values["title"] for record in report.added if record.values.get("state") == "cancelled"}
    for title, values in calendar.taken.items():
        if title not in added and title not in excluded:
            score.record("missed", f"{calendar.name}: {title}")
            continue
        score.found += 1
        for name, value in values.items():
            is_right = str(added.get(title, {}).get(name)) == value
            score.found += is_right
            if not is_right:
                score.record("unasked", f"{calendar.name}: {name} of {title} is {added.get(title, {}).get(name)}")
    for title in added.keys() - calendar.taken.keys() - calendar.days.keys():
        score.record("invented", f"{calendar.name}: {title}")


def _score_changes(score: Score, calendar: ForeignCalendar, report: FileReport) -> None:
    changes = {(change.field, change.now or "") for change in report.changed}
    score.found += len(changes & calendar.changed)
    for change in calendar.changed - changes:
        score.record("missed", f"{calendar.name}: {change}")
    for change in changes - calendar.changed:
        score.record("unasked", f"{calendar.name}: {change}")


def _score_questions(score: Score, calendar: ForeignCalendar, report: FileReport) -> None:
    questions = {(question.field, question.theirs or "") for question in report.questions}
    score.asked += len(questions & calendar.asked)
    for question in calendar.asked - questions:
        score.record("missed", f"{calendar.name}: no question about {question}")
    for question in questions - calendar.asked:
        score.record("unexpected", f"{calendar.name}: question about {question}")


def _score_positions(score: Score, calendar: ForeignCalendar, report: FileReport) -> None:
    """Every VEVENT is read, asked about or named."""
    places = [
        *(record.row for record in report.added),
        *(change.cell for change in report.changed),
        *(question.cell for question in report.questions),
        *(warning.cell for warning in report.warnings),
    ]
    named = {place for place in places if place.startswith("VEVENT")}
    waiting = sum("wait" in question.reason for question in report.questions)
    replaced = sum("changes all dates in the series" in warning.reason for warning in report.warnings)
    if len(named) + report.unchanged + replaced < calendar.text.upper().count("BEGIN:VEVENT") and not waiting:
        score.record("missed", f"{calendar.name}: only {sorted(named)} and {report.unchanged} unchanged")


def _score_texts(score: Score, calendar: ForeignCalendar, kind: str, parts: Iterable[str], texts: list[str]) -> None:
    for part in parts:
        if any(part in text for text in texts):
            score.found += 1
        else:
            score.record("missed", f"{calendar.name}: no {kind} has {part!r}: {texts}")


def _list_days(workspace: Workspace, title: str) -> list[str]:
    """Return the days of a meeting, or of all series of a title with their moved days, as text in London."""
    rows = [row for row in list_meetings(workspace) if row.title == title]
    heads = [row for row in rows if row.recurrence]
    if not heads:
        return sorted(_format_row(row) for row in rows if row.state is not MeetingState.CANCELLED)
    return sorted(
        f"{day.starts:%Y-%m-%d %H:%M}" if day.starts and head.starts else day.day.isoformat()
        for head in heads
        for day in list_days(workspace, head.ref, *YEAR)
        if day.state is not MeetingState.CANCELLED
    )


def _format_row(row: MeetingRow) -> str:
    return f"{row.starts:%Y-%m-%d %H:%M}" if row.starts else str(row.day and row.day.latest)
