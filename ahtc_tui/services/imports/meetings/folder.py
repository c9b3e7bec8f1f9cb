"""Meetings in a folder of calendar files, each with what it was at the last exchange, and the three-way comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.domain.imports.report import FileWarning, ImportOptions, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.exports.exchange_folders import CALENDAR_ENDING, build_meeting_record
from ahtc_tui.services.imports.exchange import (
    AgreedRecord,
    ChangedFile,
    FolderChanges,
    KnownRecord,
    format_position,
    is_kept,
    move_warnings,
    read_folder_changes,
)
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.imports.meetings.three_way import EventKey, list_changed_fields
from ahtc_tui.services.imports.meetings.zone_questions import read_calendar_file
from ahtc_tui.services.meetings.calendar_files import build_invite
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import is_removed


@dataclass
class CalendarFolder:
    """The changed events of a folder, with those of the last exchange."""

    changes: FolderChanges
    events: list[CalendarEvent] = field(default_factory=list)
    bases: dict[EventKey, CalendarEvent] = field(default_factory=dict)
    warnings: list[FileWarning] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Name of the file by UID."""

    @property
    def read(self) -> int:
        """Number of files and of changed events."""
        return self.changes.unchanged + len(self.events)


def read_calendar_folder(folder: Path, options: ImportOptions) -> CalendarFolder:
    """Read the changed files of a folder; one that cannot be read is named. Raises BadFile for the folder."""
    calendar = CalendarFolder(read_folder_changes(folder, CALENDAR_ENDING))
    for changed in calendar.changes.changed:
        try:
            events, warnings, questions = _read_events(folder / changed.name, changed.data, options)
        except BadFile as error:
            calendar.warnings.append(FileWarning(changed.name, str(error)))
            continue
        calendar.events += events
        calendar.warnings += warnings
        calendar.questions |= {question.id: question for question in questions}
        calendar.names |= {event.uid: changed.name for event in events}
        if changed.last_data is not None:
            bases, _warnings, _questions = _read_events(folder / changed.name, changed.last_data, options)
            calendar.bases |= {(base.uid, base.instance): base for base in bases}
    return calendar


def _read_events(
    path: Path, data: bytes, options: ImportOptions
) -> tuple[list[CalendarEvent], list[FileWarning], list[Question]]:
    file, questions = read_calendar_file(path, options, data)
    is_single = len(file.events) == 1
    events = [
        replace(event, position=path.name if is_single else format_position(path.name, event.position))
        for event in file.events
    ]
    moved = [replace(question, cell=format_position(path.name, question.cell)) for question in questions]
    return events, move_warnings(path.name, file.warnings), moved


def ask_about_lost_days(file: FilePlan, calendar: CalendarFolder) -> None:
    """Ask about changed days of a series that a file has no more; their records stay."""
    present = {(event.uid, event.instance) for event in calendar.events}
    for (uid, instance), base in calendar.bases.items():
        if instance and (uid, instance) not in present and uid in calendar.names:
            reason = _("the changed day of the series was removed there: the record stays")
            identifier = build_question_id("lost day", uid, instance)
            name, day = calendar.names[uid], instance.isoformat()
            question = Question(identifier, None, "starts", None, base.title, day, reason, name, takes=False)
            is_kept(file, question)


def find_known_meeting(cursor: Cursor, key: RowKey) -> KnownRecord | None:
    """Return reference and title of a meeting; None where it is removed or unknown."""
    if is_removed(cursor, "meetings", key) is not False:
        return None
    row = stored.read_meeting(cursor, key)
    return KnownRecord(row.ref, row.title)


def find_agreed_meeting(workspace: Workspace, changed: ChangedFile, by_uid: dict[str, RowKey]) -> AgreedRecord | None:
    """Return the record of a file after an import; None where there is none."""
    path, options = Path(changed.name), ImportOptions(include_private=True)
    try:
        events = _read_events(path, changed.data, options)[0]
    except BadFile:
        return None
    key = next((by_uid[event.uid] for event in events if event.uid in by_uid), None)
    if key is None:
        return None
    with workspace.database.read() as cursor:
        record = build_meeting_record(build_invite(cursor, key, workspace.today()))
    own_events = _read_events(path, record.text.encode(), options)[0]
    return AgreedRecord(key, record.text, _is_same(events, own_events))


def _is_same(left: Iterable[CalendarEvent], right: Iterable[CalendarEvent]) -> bool:
    by_key = {(event.uid, event.instance): event for event in left}
    others = {(event.uid, event.instance): event for event in right}
    return by_key.keys() == others.keys() and not any(
        list_changed_fields(event, others[key]) for key, event in by_key.items()
    )
