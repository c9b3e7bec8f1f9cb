"""Imports meetings from calendar files: plan first, then one transaction.

A meeting is identified by its UID. A newer version changes it; an uncertain one is a question. Series are not expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import AddedRecord, ImportOptions, ImportReport, TakeMode
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.meetings.folder import (
    CalendarFolder,
    ask_about_lost_days,
    find_agreed_meeting,
    find_known_meeting,
    read_calendar_folder,
)
from ahtc_tui.services.imports.meetings.new_meetings import NewMeeting
from ahtc_tui.services.imports.meetings.plan import MeetingPlan
from ahtc_tui.services.imports.meetings.zone_questions import ReadCalendar, read_calendar_file
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.imports.meetings import read_meeting_register
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.references import mint_ref

PlannedImport = tuple[MeetingPlan, list[FilePlan]]


def import_meetings(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Import the meetings of calendar files and folders of them, or only plan it without `apply`.

    Raises BadFile for the first unusable file, BadInput for an invalid answer, and Cancelled; nothing is written then.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    options = options or ImportOptions()
    calendar_files = [
        read_calendar_folder(path, options) if path.is_dir() else read_calendar_file(path, options) for path in files
    ]
    hooks = hooks or ProgressHooks()
    if not apply or options.take is TakeMode.NONE:
        with workspace.database.read() as cursor:
            return _build_report(_build_plan(cursor, calendar_files, options, workspace.today(), hooks), applied=False)
    backup.back_up_before(workspace, "import")
    with workspace.database.write("import meetings") as ledger:
        planned = _build_plan(ledger.cursor, calendar_files, options, workspace.today(), hooks)
        ledger.label = _("import meetings: {files}").format(files=", ".join(path.name for path in files)[:80])
        _write_plan(ledger, planned[0])
    for source, file_plan in zip(calendar_files, planned[1], strict=True):
        if isinstance(source, CalendarFolder):
            _settle_folder(workspace, source, file_plan)
    return _build_report(planned, applied=True)


def _build_plan(
    cursor: Cursor,
    calendars: Sequence[ReadCalendar | CalendarFolder],
    options: ImportOptions,
    today: date,
    hooks: ProgressHooks,
) -> PlannedImport:
    hooks.total = sum(
        len(calendar.events if isinstance(calendar, CalendarFolder) else calendar[0].events) for calendar in calendars
    )
    meeting_plan = MeetingPlan(cursor, read_meeting_register(cursor), today)
    file_plans = []
    for calendar in calendars:
        if isinstance(calendar, CalendarFolder):
            file_plans.append(_plan_folder(meeting_plan, calendar, options, hooks))
            continue
        file, questions = calendar
        file_plan = FilePlan(file.path, file.read, options, warnings=list(file.warnings), questions=list(questions))
        for event in file.events:
            hooks.count_row()
            meeting_plan.plan_event(file_plan, event)
        file_plans.append(file_plan)
    return meeting_plan, file_plans


def _plan_folder(plan: MeetingPlan, calendar: CalendarFolder, options: ImportOptions, hooks: ProgressHooks) -> FilePlan:
    """Plan the changes of a folder since the last exchange."""
    changes, cursor = calendar.changes, plan.cursor
    file_plan = FilePlan(
        changes.folder, calendar.read, options, warnings=calendar.warnings, unchanged=changes.unchanged
    )
    file_plan.questions += calendar.questions.values()
    plan.bases = calendar.bases
    for event in sorted(calendar.events, key=lambda event: event.instance is not None):
        hooks.count_row()
        plan.plan_event(file_plan, event)
    plan.bases = {}
    ask_about_lost_days(file_plan, calendar)
    changes.ask_about_removed(file_plan, lambda key: find_known_meeting(cursor, key))
    return file_plan


def _settle_folder(workspace: Workspace, calendar: CalendarFolder, file_plan: FilePlan) -> None:
    """Store what both sides agree on after an import."""
    with workspace.database.read() as cursor:
        register = read_meeting_register(cursor)
    by_uid = {uid: key for uid, (key, is_removed) in register.by_uid.items() if not is_removed}
    calendar.changes.settle(file_plan, lambda changed: find_agreed_meeting(workspace, changed, by_uid))


def _write_plan(ledger: Ledger, plan: MeetingPlan) -> None:
    for new_meeting in plan.new_meetings:
        _write_meeting(ledger, new_meeting)
    for key, values in plan.changes:
        ledger.update("meetings", key, values)
    for row in plan.invitations:
        ledger.add("invitations", row)


def _write_meeting(ledger: Ledger, new_meeting: NewMeeting) -> None:
    """Add a meeting, or restore a removed one under its old reference."""
    cursor, group = ledger.cursor, new_meeting.values["group"]
    if new_meeting.is_restored:
        ledger.restore("meetings", new_meeting.key)
        ledger.update(
            "meetings", new_meeting.key, {name: value for name, value in new_meeting.values.items() if name != "uid"}
        )
        new_meeting.ref = stored.read_meeting(cursor, new_meeting.key).ref
        return
    pattern = stored.read_reference_pattern(cursor, group)
    new_meeting.ref = mint_ref(cursor, "meetings", pattern, year=new_meeting.values["day"][:4])
    ledger.add(
        "meetings",
        {**new_meeting.values, "ref": new_meeting.ref, "number": stored.parse_number(new_meeting.ref)},
        new_meeting.key,
    )


def _build_report(planned: PlannedImport, *, applied: bool) -> ImportReport:
    meeting_plan, file_plans = planned
    for new_meeting in meeting_plan.new_meetings:
        new_meeting.plan.added.append(AddedRecord(new_meeting.ref, new_meeting.position, new_meeting.display_values))
    return ImportReport(tuple(file_plan.build_report() for file_plan in file_plans), applied)
