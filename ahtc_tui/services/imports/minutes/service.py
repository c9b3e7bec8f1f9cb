"""Imports a file of minutes: plan first, then one transaction that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.minutes import MinutesFileKind, MinutesFileReport
from ahtc_tui.domain.imports.report import AddedRecord, FileReport, ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.imports.written_document import WrittenDocument
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind, MeetingState
from ahtc_tui.domain.minutes.transcripts import Quotation, read_transcript
from ahtc_tui.domain.minutes.written_minutes import read_minutes
from ahtc_tui.domain.returns.register import PartyRegister
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.received_documents.reader import parse_content, read_document
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.minutes.draft_writer import write_draft
from ahtc_tui.services.imports.minutes.drafts import DraftOrigin, DraftPlan, find_origin
from ahtc_tui.services.imports.minutes.papers import PaperPlan, find_paper
from ahtc_tui.services.imports.minutes.people import MeetingPeople
from ahtc_tui.services.imports.minutes.plan import ItemToWrite, LineToWrite, OldMinutesPlan
from ahtc_tui.services.imports.minutes.transcripts import TranscriptPlan, store_quotations, write_passages
from ahtc_tui.services.minutes.writer import ResolvedLine, change_kind, write_line
from ahtc_tui.store.contacts.names import read_name_on
from ahtc_tui.store.imports.actions import list_parties
from ahtc_tui.store.meetings import agenda, queries
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def write_minutes(ledger: Ledger, plan: OldMinutesPlan, today: date) -> RowKey:
    """Write meeting, attendance, items and lines; return the key of the meeting."""
    meeting = plan.choice.key or _add_meeting(ledger, plan)
    rows = [
        {
            "meeting": meeting,
            **({"party": attendee.party.key} if attendee.party else {"words": attendee.written.source[:300]}),
            "state": attendee.written.state.value,
        }
        for attendee in plan.attendees
        if plan.adds_lines and not attendee.is_known
    ]
    if rows:
        ledger.add_all("attendances", rows)
    titles = {normalize_text(title): key for title, key in agenda.read_title_keys(ledger.cursor, meeting).items()}
    for item in plan.items:
        if not plan.adds_lines and all(line.existing is None for line in item.lines):
            continue
        key = titles.get(normalize_text(item.title)) or _add_item(ledger, meeting, item) if item.title else None
        for line in item.lines if plan.adds_lines else [line for line in item.lines if line.existing]:
            _write_line(ledger, meeting, key, line, today, is_welsh=plan.minutes.is_welsh)
    return meeting


def _add_meeting(ledger: Ledger, plan: OldMinutesPlan) -> RowKey:
    """Add a meeting that was held, without the agenda and the invitations that a coming one begins with."""
    choice = plan.choice
    assert choice.group is not None
    assert choice.day is not None
    day, group = choice.day.latest, choice.group.key
    pattern = queries.read_reference_pattern(ledger.cursor, group)
    ref = mint_ref(ledger.cursor, "meetings", pattern, year=day.year)
    key = ledger.create_key()
    values: dict[str, Any] = {
        "ref": ref,
        "number": queries.parse_number(ref),
        "uid": f"{key.hex()}@ahtc",
        "sequence": 0,
        "group": group,
        "title": read_name_on(ledger.cursor, group, day),
        "day": choice.day.stored_text,
        "start_time": f"{choice.time:%H:%M}" if choice.time else None,
        "venue": choice.venue,
        "state": MeetingState.HELD.value,
        "note": choice.note or None,
        "source": plan.file.path.name,
        "organiser": queries.find_secretariat(ledger.cursor),
    }
    return ledger.add("meetings", {name: value for name, value in values.items() if value is not None}, key)


def _add_item(ledger: Ledger, meeting: RowKey, item: ItemToWrite) -> RowKey:
    positions = agenda.read_item_positions(ledger.cursor, meeting)
    position = max((known.position for known in positions), default=0) + 1
    return ledger.add("agenda_items", {"meeting": meeting, "position": position, "title": item.title, "discussed": 1})


def _write_line(
    ledger: Ledger, meeting: RowKey, item: RowKey | None, line: LineToWrite, today: date, *, is_welsh: bool
) -> None:
    owners = tuple(party.key for party in line.owners)
    resolved = ResolvedLine(line.kind, line.text, owners, line.due, is_welsh)
    if line.existing is None:
        write_line(ledger, meeting, item, resolved, today, None)
    elif line.existing_kind is LineKind.NOTE and line.kind is not LineKind.NOTE:
        change_kind(ledger, meeting, line.existing, resolved, today)


@dataclass(frozen=True, slots=True)
class MinutesRequest:
    """A file of minutes, and what is known about it."""

    path: Path
    data: bytes | None = None
    """The content in place of the file, as from the clipboard or standard input."""
    meeting: str | None = None
    group: str | None = None

    def read(self) -> WrittenDocument:
        """Return the document. Raises BadFile."""
        return read_document(self.path) if self.data is None else parse_content(self.path, self.data)


def import_minutes(
    workspace: Workspace, request: MinutesRequest, options: ImportOptions | None = None, *, apply: bool = True
) -> ImportReport:
    """Import a file of minutes, or only plan it without `apply`: an edited draft of ours, or old minutes.

    Raises BadFile for an unusable file, NotFound, BadInput for an invalid answer, Refused for agreed minutes.
    """
    options = options or ImportOptions()
    document = request.read()
    apply = apply and options.take is not TakeMode.NONE
    is_captions = request.path.suffix.lower() == ".vtt"
    quotations = read_transcript(document.raw_text or document.text)
    if quotations:
        return _import_transcript(workspace, request, options, quotations, apply=apply)
    if is_captions:
        raise BadFile(_('"{path}" has no cues. Nobody says anything in it.').format(path=request.path))
    with workspace.database.read() as cursor:
        origin = find_origin(cursor, document)
    if origin is not None:
        return _import_draft(workspace, request, options, (document, origin), apply=apply)
    if paper := find_paper(workspace, document):
        return _import_paper(workspace, request, options, document, paper, apply=apply)
    return _import_old_minutes(workspace, request, options, document, apply=apply)


def _import_transcript(
    workspace: Workspace,
    request: MinutesRequest,
    options: ImportOptions,
    quotations: list[Quotation],
    *,
    apply: bool,
) -> ImportReport:
    def build_plan(cursor: Cursor) -> TranscriptPlan:
        people = MeetingPeople(PartyRegister(list_parties(cursor, workspace.today())))
        file = FilePlan(request.path, len(quotations), options)
        plan = TranscriptPlan(cursor, file, people, workspace.today(), quotations)
        plan.build(request.meeting)
        return plan

    with workspace.database.read() as cursor:
        plan = build_plan(cursor)
    is_written = apply and plan.meeting is not None
    if is_written and plan.taken:
        with workspace.database.write(f"import minutes: {request.path.name[:80]}", is_import=True) as ledger:
            plan = build_plan(ledger.cursor)
            write_passages(ledger, plan)
    if is_written:
        store_quotations(workspace, plan)
    report = extend_report(
        plan.file.build_report(),
        kind=MinutesFileKind.TRANSCRIPT,
        meeting=plan.describe_meeting(),
        items=plan.describe_items(),
    )
    return ImportReport((report,), applied=is_written)


def _import_draft(
    workspace: Workspace,
    request: MinutesRequest,
    options: ImportOptions,
    draft: tuple[WrittenDocument, DraftOrigin],
    *,
    apply: bool,
) -> ImportReport:
    with workspace.database.read() as cursor:
        plan = _plan_draft(cursor, workspace, request, options, draft)
    if not apply or not (plan.edits or plan.operations):
        return ImportReport((_build_draft_report(plan),), applied=False)
    backup.back_up_before(workspace, "import")
    with workspace.database.write(
        f"import edited draft of {plan.ref}: {request.path.name[:60]}", is_import=True
    ) as ledger:
        plan = _plan_draft(ledger.cursor, workspace, request, options, draft)
        write_draft(ledger, plan.edits.values(), plan.operations)
    return ImportReport((_build_draft_report(plan),), applied=True)


def _plan_draft(
    cursor: Cursor,
    workspace: Workspace,
    request: MinutesRequest,
    options: ImportOptions,
    draft: tuple[WrittenDocument, DraftOrigin],
) -> DraftPlan:
    document, origin = draft
    file = FilePlan(request.path, len(document.blocks), options)
    people = MeetingPeople(PartyRegister(list_parties(cursor, workspace.today())))
    plan = DraftPlan(cursor, workspace, file, origin, people)
    plan.build(document)
    return plan


def _build_draft_report(plan: DraftPlan | PaperPlan) -> MinutesFileReport:
    described: Mapping[str, object] = {
        "kind": MinutesFileKind.DRAFT,
        "meeting": plan.describe_meeting() if isinstance(plan, DraftPlan) else None,
        "changes": tuple(plan.changes),
        "comments": tuple(plan.comments),
    }
    return extend_report(plan.file.build_report(), **described)


def _import_paper(
    workspace: Workspace,
    request: MinutesRequest,
    options: ImportOptions,
    document: WrittenDocument,
    paper: str,
    *,
    apply: bool,
) -> ImportReport:
    plan = PaperPlan(workspace, FilePlan(request.path, len(document.blocks), options), paper)
    plan.build(document)
    is_written = apply and bool(plan.texts or plan.removed)
    if is_written:
        backup.back_up_before(workspace, "import")
        with workspace.database.write(
            f"import edited paper {paper}: {request.path.name[:60]}", is_import=True
        ) as ledger:
            plan.write(ledger)
    return ImportReport((_build_draft_report(plan),), applied=is_written)


def _import_old_minutes(
    workspace: Workspace, request: MinutesRequest, options: ImportOptions, document: WrittenDocument, *, apply: bool
) -> ImportReport:
    with workspace.database.read() as cursor:
        plan = _plan(cursor, workspace, request, document, options)
    if not apply or not plan.choice.is_complete:
        return ImportReport((_build_report(plan, None),), applied=False)
    backup.back_up_before(workspace, "import")
    with workspace.database.write(f"import minutes: {request.path.name[:80]}", is_import=True) as ledger:
        plan = _plan(ledger.cursor, workspace, request, document, options)
        meeting = write_minutes(ledger, plan, workspace.today())
        ref = read_meeting(ledger.cursor, meeting).ref
        return ImportReport((_build_report(plan, ref),), applied=True)


def _plan(
    cursor: Cursor, workspace: Workspace, request: MinutesRequest, document: WrittenDocument, options: ImportOptions
) -> OldMinutesPlan:
    today = workspace.today()
    people = MeetingPeople(PartyRegister(list_parties(cursor, today)))
    file = FilePlan(request.path, len(document.blocks), options)
    plan = OldMinutesPlan(cursor, file, read_minutes(document, today), people, today)
    plan.build(request.meeting, request.group)
    if any(block.editors or block.remarks for block in document.blocks):
        file.add_warning(request.path.name, _("this file was not issued by this office, and is read as old minutes"))
    return plan


def _build_report(plan: OldMinutesPlan, ref: str | None) -> MinutesFileReport:
    """Return the report of a plan; `ref` is the reference of the meeting after it was written."""
    meeting = plan.describe_meeting()
    place = plan.file.path.name
    if meeting.is_new and plan.choice.is_complete:
        values = {"record": "meeting", "title": meeting.title, "day": str(meeting.date), "venue": meeting.venue}
        plan.file.added.append(AddedRecord(ref, place, values))
    for item in plan.items:
        for line in item.lines:
            if line.existing is not None and line.existing_kind is line.kind:
                plan.file.unchanged += 1
                continue
            if line.existing is None and not plan.adds_lines:
                continue
            owner = "; ".join(party.name for party in line.owners) or None
            values = {"record": line.kind.value, "title": line.text, "item": item.title or None, "lead": owner}
            values |= {"due": str(line.due) if line.due else None, "source": line.source}
            plan.file.added.append(AddedRecord(None, line.place, values))
    described: Mapping[str, object] = {
        "kind": MinutesFileKind.MINUTES,
        "meeting": meeting,
        "attendance": plan.describe_attendance(),
        "items": plan.describe_items(),
        "kept_as_notes": plan.kept_as_notes,
    }
    return extend_report(plan.file.build_report(), **described)


def extend_report(report: FileReport, **values: object) -> MinutesFileReport:
    """Return the report of a file with what a file of minutes has beside it."""
    shared = {field.name: getattr(report, field.name) for field in fields(FileReport)}
    return MinutesFileReport(**shared, **values)  # type: ignore[arg-type]


def explain_unwritten(report: MinutesFileReport) -> str:
    """Return why nothing of a plan was written; empty where the meeting is known."""
    meeting = report.meeting
    if meeting is None or meeting.ref or (meeting.group and meeting.date):
        return ""
    return _("The meeting is not clear, so nothing was saved. Answer the questions, or give --meeting or --group.")
