"""Imports meetings from calendar files and folders of them: plan first, then one transaction.

A meeting is identified by its UID. A newer version changes it; an uncertain one is a question. Series are not expanded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.meetings import CalendarEvent, CalendarFile, UnclearZone
from ahtc_tui.domain.imports.report import AddedRecord, FileWarning, ImportOptions, ImportReport, Question, TakeMode
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import LONDON
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.formats.ics.zone_names import find_iana_name, find_named_zone, normalize_zone_name
from ahtc_tui.services import backup
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
from ahtc_tui.services.imports.meetings.differences import EventKey, list_changed_fields
from ahtc_tui.services.imports.meetings.new_meetings import NewMeeting
from ahtc_tui.services.imports.meetings.plan import MeetingPlan
from ahtc_tui.services.meetings.calendar_files import build_invite
from ahtc_tui.services.meetings.writer import update_meeting
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.imports.meetings import read_meeting_register
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import is_removed
from ahtc_tui.store.records.references import mint_ref

ReadCalendar = tuple[CalendarFile, tuple[Question, ...]]
"""A calendar file with the questions about its time zones."""
BY_DESCRIPTION = ""
"""Answer that the description of a zone in the file is right."""


def read_calendar_file(path: Path, options: ImportOptions, data: bytes | None = None) -> ReadCalendar:
    """Return a file, or `data` in its place, with the zones that are answered.

    Raises BadFile, and BadInput for an invalid answer.
    """
    zones: dict[str, str] = {}
    while True:
        file = read_meetings(path, zones, include_private=options.include_private, data=data)
        plan = FilePlan(path, file.read, options)
        decisions = {normalize_zone_name(zone.name): _decide_zone(plan, zone) for zone in file.unclear_zones}
        answers = {
            name: answer for name, answer in decisions.items() if answer is not None and zones.get(name) != answer
        }
        if not answers:
            return _add_warnings(file, plan), tuple(plan.questions)
        zones |= answers


def _decide_zone(plan: FilePlan, zone: UnclearZone) -> str | None:
    """Return the IANA name that a person gave, or BY_DESCRIPTION; None for an open question. Raises BadInput."""
    question = _build_question(zone)
    answer = plan.decide_question(question)
    if not answer:
        return None
    if answer in ("ours", "skip", "both"):
        count = ngettext("1 event is left out", "{n} events are left out", zone.events)
        reason = _('{count}: the time zone "{name}" is not clear').format(count=count, name=zone.name[:60])
        plan.add_warning(zone.position, reason)
        return None
    if answer == "theirs":
        return BY_DESCRIPTION if zone.described else LONDON
    named = find_named_zone(answer)
    iana_name = find_iana_name(named, 2013) if named else None
    if iana_name is None:
        sentence = _('The answer to {id} is "{answer}". Answer with a time zone, like Europe/Paris.')
        raise BadInput(sentence.format(id=question.id, answer=answer))
    return iana_name


def _build_question(zone: UnclearZone) -> Question:
    """Return the question about a zone: taken, it is the description in the file, or London."""
    name = zone.name[:60]
    count = ngettext("1 event waits", "{n} events wait", zone.events)
    if zone.described:
        sentence = _(
            'the file describes the time zone "{name}" differently from usual: {described} or {usual} in London;'
            " {count}. Answer theirs for the first, or with a time zone for the second"
        )
        described, usual = map(format_wall_time, zone.described)
        reason = sentence.format(name=name, described=described, usual=usual, count=count)
        proposed = None
    else:
        sentence = _(
            'the time zone "{name}" is not known; {count}. Answer theirs for London time, or with a time zone like'
            " Europe/Paris"
        )
        reason, proposed = sentence.format(name=name, count=count), LONDON
    identifier = build_question_id("zone", normalize_zone_name(zone.name), bool(zone.described))
    return Question(identifier, None, "tz", None, None, name, reason, zone.position, proposed=proposed)


def _add_warnings(file: CalendarFile, plan: FilePlan) -> CalendarFile:
    """Return a file with the warnings of the plan, and how to take private events if there is nothing else."""
    warnings = [*file.warnings, *plan.warnings]
    if file.private:
        sentence = ngettext(
            "1 private event is left out. To import it as OFFICIAL-SENSITIVE, add --private",
            "{n} private events are left out. To import them as OFFICIAL-SENSITIVE, add --private",
            file.private,
        )
        warnings.append(FileWarning("", sentence))
    return replace(file, warnings=tuple(warnings))


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
    with workspace.database.write("import meetings", is_import=True) as ledger:
        planned = _build_plan(ledger.cursor, calendar_files, options, workspace.today(), hooks)
        ledger.label = f"import meetings: {', '.join(path.name for path in files)[:80]}"
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
        update_meeting(ledger, key, values)
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
            reason = _("the changed date in the series was removed in the file, and the record stays")
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
