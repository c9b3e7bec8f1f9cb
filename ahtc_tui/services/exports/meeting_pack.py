"""Before a meeting: one folder with the agenda, the open actions, the last minutes, the invitation and a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import DocumentKind
from ahtc_tui.domain.documents.meeting_pack import PackReport, by_objective_then_lead
from ahtc_tui.domain.documents.office_paper import highest
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingState
from ahtc_tui.formats.markdown.covering_note import covering_note
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.documents.times import say_time, say_when
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.meetings.agenda_template import use_template
from ahtc_tui.services.meetings.calendar_files import invite_files
from ahtc_tui.services.meetings.deadlines import with_clock
from ahtc_tui.services.output_folders import free_name, free_path, gone_on_failure, put_in_place, writer
from ahtc_tui.store.documents import meeting_pack as stored
from ahtc_tui.store.meetings.cards import card

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def begin_pack(workspace: Workspace, ref: str) -> int:
    """Give a meeting without an agenda the one of its template; returns how many items came."""
    with workspace.database.read() as cursor:
        planned = card(cursor, record_lookup.meeting(cursor, ref)[0], workspace.today()).agenda
    return 0 if planned else use_template(workspace, ref)


def write_pack(
    workspace: Workspace, ref: str, folder: Path, force: bool = False, marking: Marking = Marking.OFFICIAL
) -> PackReport:
    """Write all that goes out before a meeting into one folder: every file or none.

    Raises NotFound; Refused for a meeting that is over, or where a file stands already and `force` is not said.
    """
    report, last, asked = _facts(workspace, ref, folder)
    stem = free_name(folder, report.ref, set(), "meeting")
    agenda, log = folder / f"agenda-{stem}.docx", folder / f"open-actions-{stem}.xlsx"
    invite, note = folder / f"invite-{stem}.ics", folder / f"note-{stem}.md"
    minutes = folder / f"minutes-{free_name(folder, last, set(), 'last')}.docx" if last else None
    wanted = [path for path in (agenda, log, minutes, invite, note) if path]
    with gone_on_failure() as made:
        put_in_place(folder, {}, force, made)
        _refuse_any(wanted, force)
        made.extend(path for path in wanted if not path.exists())
        document = export_document(workspace, DocumentKind.AGENDA, report.ref, agenda, marking=marking, force=force)
        words = _("not done, by objective and then by lead")
        order = by_objective_then_lead
        open_log = export_actions(workspace, log, asked, marking=marking, words=words, force=force, order=order)
        if minutes and last:
            export_document(workspace, DocumentKind.MINUTES, last, minutes, marking=marking, force=force)
        told: list[str] = []
        files = [path for path in (agenda, log, minutes) if path]
        try:
            files += invite_files(workspace, invite, meeting=report.ref, force=force).files
        except Refused as error:
            told.append(str(error))
        report = replace(
            report,
            actions=open_log.count,
            marking=highest(document.marking, [open_log.marking]),
            files=(*files, note),
            left=tuple(told),
        )
        said = covering_note(report, [path.name for path in files])
        put_in_place(folder, {note: writer(said.encode("utf-8", "replace"))}, force, made)
    return report


def pack_to_folder(workspace: Workspace, ref: str) -> PackReport:
    """The same into a folder of its own among the exports, under a name that is free."""
    with workspace.database.read() as cursor:
        ref = record_lookup.meeting(cursor, ref)[1]
    return write_pack(workspace, ref, free_path(workspace.exports, f"pack-{ref}"))


def _refuse_any(paths: list[Path], force: bool) -> None:
    from ahtc_tui.formats.files.atomic_write import refuse_existing

    for path in paths:
        refuse_existing(path, force)


def _facts(workspace: Workspace, ref: str, folder: Path) -> tuple[PackReport, str | None, ActionFilter]:
    """What the pack tells, the meeting whose minutes go in, and which actions."""
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.meeting(cursor, ref)
        whole = with_clock(cursor, card(cursor, meeting, workspace.today()))
        if whole.row.state in (MeetingState.CANCELLED, MeetingState.HELD):
            state = whole.row.state.label.lower()
            raise Refused(_("{ref} is {state}: there is nothing to send out before it.").format(ref=ref, state=state))
        last = stored.last_minuted(cursor, meeting)
        group = record_lookup.group(cursor, whole.row.group_ref)
        of_group = ActionFilter() if group is None or stored.owns_the_plan(cursor, group) else ActionFilter(group=group)
        everybody, absent = stored.contacts(cursor)
        seats = stored.unnamed_seats(cursor, group) if group else ()
    report = replace(_report(whole, folder, last), unnamed_seats=seats, contacts=everybody)
    return replace(report, contacts_without_address=absent), last, of_group


def _report(whole: MeetingCard, folder: Path, last: str | None) -> PackReport:
    row = whole.row
    return PackReport(
        folder=folder,
        files=(),
        ref=row.ref,
        group=row.group or row.title,
        when=", ".join(part for part in (say_when(row), say_time(row)) if part),
        where=row.where,
        marking=row.marking,
        agenda_items=len(whole.agenda),
        minutes_over=whole.minutes_over,
        matters=tuple(one.ref for item in whole.agenda for one in item.matters),
        actions=0,
        last_minutes=last,
        invited=len(whole.invitees),
        without_address=tuple(guest.name for guest in whole.invitees if not guest.email),
        unnamed_seats=(),
        contacts=0,
        contacts_without_address=(),
        papers=whole.papers,
        notice_on=whole.notice_on,
        papers_on=whole.papers_on,
        draft_on=whole.draft_on,
        final_on=whole.final_on,
        left=(),
    )
