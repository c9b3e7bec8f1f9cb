"""Export of a meeting pack: a folder with agenda, open actions, last minutes, room papers, invitation and a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.documents.meeting_pack import MeetingPackReport, build_pack_sort_key
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, get_current_language, render_lines
from ahtc_tui.domain.meetings.model import MeetingCard, PaperFile
from ahtc_tui.domain.running_job import expect_parts
from ahtc_tui.formats.files.atomic_write import check_target, make_bytes_writer
from ahtc_tui.formats.markdown.covering_note import build_covering_note
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.desk_papers import export_attendance_sheet, export_name_plates
from ahtc_tui.services.documents.invitation_letters import refuse_past_meeting
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.documents.meeting_file_names import find_free_meeting_path, find_meeting_path
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.documents.times import format_meeting_day, format_time
from ahtc_tui.services.exports.action_log import ExportResult, LogLayout, export_actions
from ahtc_tui.services.meetings.calendar_files import write_invitation, write_invitation_files
from ahtc_tui.services.meetings.deadlines import add_deadlines
from ahtc_tui.services.meetings.paper_files import list_files
from ahtc_tui.services.meetings.series_dates import show_on_day
from ahtc_tui.services.output_folders import Writer, claim_free_name, remove_on_failure, write_files
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents import meeting_documents as stored
from ahtc_tui.store.meetings.cards import read_card


def write_meeting_pack(
    workspace: Workspace, ref: str, folder: Path, force: bool = False, marking: Marking = Marking.OFFICIAL
) -> MeetingPackReport:
    """Write all files for a meeting into one folder, or none of them.

    Raises NotFound; Refused for a meeting that was held or cancelled, or if a file exists without `force`.
    """
    report, last_meeting, action_filter = read_pack_content(workspace, ref, folder)
    agenda, log, sheet, plates, invite, entry, note = _name_files(workspace, folder, report.ref)
    minutes = _name_minutes(workspace, folder, last_meeting)
    papers = _name_paper_files(folder, list_files(workspace, report.ref))
    paths = [path for path in (agenda, log, minutes, sheet, plates, invite, entry, note) if path]
    with remove_on_failure() as created:
        write_files(folder, papers, force, created)
        for path in paths:
            check_target(path, force)
        created.extend(path for path in paths if not path.exists())
        edition = Edition(marking=marking)
        expect_parts(sum(path is not None for path in (agenda, log, minutes, sheet, plates, invite)))
        document = export_document(workspace, DocumentKind.AGENDA, report.ref, agenda, edition, force=force)
        open_log = _write_open_actions(workspace, log, action_filter, marking, force)
        if minutes and last_meeting:
            export_document(workspace, DocumentKind.MINUTES, last_meeting, minutes, edition, force=force)
        export_attendance_sheet(workspace, report.ref, sheet, marking, force)
        export_name_plates(workspace, report.ref, plates, marking, force)
        invitations, messages = write_invitation_or_entry(workspace, report.ref, invite, entry, marking, force)
        files = [path for path in (agenda, log, minutes, *papers, sheet, plates, *invitations) if path]
        report = replace(
            report,
            actions=open_log.count,
            marking=find_highest_marking(document.marking, [open_log.marking]),
            files=(*files, note),
            left=messages,
        )
        welsh_names = load_welsh_names(workspace, get_current_language())
        note_text = build_covering_note(report, [path.name for path in files], welsh_names)
        write_files(folder, {note: make_bytes_writer(note_text.encode("utf-8", "replace"))}, force, created)
    return report


def _name_files(workspace: Workspace, folder: Path, ref: str) -> list[Path]:
    """Return the paths of agenda, open actions, attendance sheet, name plates, invitation or entry, note."""
    kinds: tuple[tuple[str | Callable[[], str], str], ...] = (
        ("agenda", ".docx"),
        (lambda: _("Open actions"), ".xlsx"),
        ("signin", ".docx"),
        ("nameplates", ".docx"),
        ("invites", ".ics"),
        (lambda: _("Calendar entry"), ".ics"),
        (lambda: _("Covering note"), ".md"),
    )
    return [find_meeting_path(workspace, folder, ref, kind, ending) for kind, ending in kinds]


def _name_minutes(workspace: Workspace, folder: Path, last_meeting: str | None) -> Path | None:
    """Return the path of the minutes of the last meeting, if there was one."""
    if last_meeting is None:
        return None
    return find_meeting_path(workspace, folder, last_meeting, "minutes", ".docx")


def _name_paper_files(folder: Path, files: Mapping[str, PaperFile]) -> dict[Path, Writer]:
    """Return the path and the content of each attached file; the name begins with the number of the paper."""
    writers: dict[Path, Writer] = {}
    taken: set[str] = set()
    for ref, file in files.items():
        number, name = ref.rpartition("/")[2], Path(file.name)
        stem = claim_free_name(folder, f"{number} {name.stem}", taken, number)
        writers[folder / f"{stem}{name.suffix.lower()}"] = make_bytes_writer(file.content)
    return writers


def _write_open_actions(
    workspace: Workspace, log: Path, action_filter: ActionFilter, marking: Marking, force: bool
) -> ExportResult:
    layout = LogLayout(order=build_pack_sort_key, describe_filter=lambda: _("open, by objective and then by lead"))
    return export_actions(workspace, log, action_filter, layout, marking=marking, force=force)


def write_pack_to_folder(workspace: Workspace, ref: str) -> MeetingPackReport:
    """Write the pack into a new folder of the exports. Raises as `write_meeting_pack`."""
    folder = find_free_meeting_path(workspace, ref, "pack")
    return write_meeting_pack(workspace, ref, folder)


def write_invitation_or_entry(
    workspace: Workspace, ref: str, invite: Path, entry: Path, marking: Marking, force: bool
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the invitation, or a calendar entry where nobody can be invited; return the files and what they lack."""
    try:
        return write_invitation(workspace, invite, ref, marking, force=force).files, ()
    except Refused as error:
        reason = error.sentence
    try:
        files = write_invitation_files(workspace, entry, meeting=ref, marking=marking, force=force).files
    except Refused as error:
        return (), (error.sentence,)
    return files, (_("There is a calendar entry, not an invitation. {reason}").format(reason=reason),)


def read_pack_content(
    workspace: Workspace, ref: str, folder: Path
) -> tuple[MeetingPackReport, str | None, ActionFilter]:
    """Return the report without files, the meeting whose minutes are included, and the filter of the actions."""
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        meeting_card = add_deadlines(cursor, read_card(cursor, meeting, workspace.today()), workspace.today())
        refuse_past_meeting(meeting_card.row)
        last_meeting = stored.find_last_minuted_meeting(cursor, meeting)
        group = record_lookup.find_group_key(cursor, meeting_card.row.group_ref)
        of_group = ActionFilter() if group is None or stored.owns_plan(cursor, group) else ActionFilter(group=group)
        register_counts = stored.count_contacts(cursor)
        seats = stored.read_unnamed_seats(cursor, group, workspace.today()) if group else ()
    return _build_report(meeting_card, folder, last_meeting, seats, register_counts), last_meeting, of_group


def _build_report(
    meeting_card: MeetingCard,
    folder: Path,
    last_meeting: str | None,
    unnamed_seats: tuple[str, ...],
    register_counts: tuple[int, tuple[str, ...]],
) -> MeetingPackReport:
    row, (contacts, contacts_without_address) = meeting_card.row, register_counts
    if meeting_card.next_day:
        row = show_on_day(row, meeting_card.next_day)
    return MeetingPackReport(
        folder=folder,
        files=(),
        ref=row.ref,
        group=row.group or row.title,
        when=render_lines(lambda: ", ".join(part for part in (format_meeting_day(row), format_time(row)) if part)),
        where=row.location,
        marking=row.marking,
        agenda_items=len(meeting_card.agenda),
        minutes_over=meeting_card.minutes_over,
        matters=tuple(matter.ref for item in meeting_card.agenda for matter in item.matters),
        actions=0,
        last_minutes=last_meeting,
        invited=len(meeting_card.invitees),
        without_address=tuple(guest.name for guest in meeting_card.invitees if not guest.email),
        unnamed_seats=unnamed_seats,
        contacts=contacts,
        contacts_without_address=contacts_without_address,
        papers=meeting_card.papers,
        notice_on=meeting_card.notice_on,
        papers_on=meeting_card.papers_on,
        draft_on=meeting_card.draft_on,
        final_on=meeting_card.final_on,
        left=(),
    )
