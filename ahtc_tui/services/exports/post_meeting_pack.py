"""Export after a meeting: a folder with minutes, a mail, the note, action log, letters and the next invitation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.chasers import ChaserReport
from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import Language, _, ngettext
from ahtc_tui.domain.running_job import expect_parts
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import PAGE, WORD, can_convert
from ahtc_tui.services.documents.meeting_documents import MAIL, export_document
from ahtc_tui.services.documents.meeting_file_names import find_free_meeting_path, find_meeting_path
from ahtc_tui.services.documents.meeting_note import export_note
from ahtc_tui.services.exports.action_log import LogLayout, export_actions
from ahtc_tui.services.exports.chasers import list_recent_chases, list_remaining_tasks, write_chasers
from ahtc_tui.services.meetings.calendar_files import write_invitation, write_invitation_files
from ahtc_tui.services.output_folders import format_file_name, make_folder, remove_on_failure
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.minutes import queries as stored_minutes


@dataclass(frozen=True, slots=True)
class PostMeetingReport:
    """The files that were written, and the remaining tasks."""

    folder: Path
    files: tuple[Path, ...]
    chased: tuple[str, ...]
    next_meeting: str | None
    left: tuple[str, ...]
    """A sentence for each remaining task."""
    notes: tuple[str, ...] = ()
    """A sentence for each lead who gets no letter because of a recent one; nothing is left to do."""


def write_post_meeting_pack(
    workspace: Workspace,
    ref: str,
    folder: Path,
    force: bool = False,
    marking: Marking = Marking.OFFICIAL,
    with_pdf: bool = False,
    letter_language: Language | None = None,
) -> PostMeetingReport:
    """Write all files after a meeting into one folder, and log the actions in the letters as chased.

    Each letter is in `letter_language`, else in that which its reader prefers. Raises NotFound, Refused for
    a cancelled meeting or a folder that is not empty without `force`, StoreError if the disk fails, ProgramError for a
    PDF without LibreOffice.
    """
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        row = read_meeting(cursor, meeting)
        group = record_lookup.find_group_key(cursor, row.group_ref)
        following = stored_minutes.find_next_meeting(cursor, meeting)
    next_meeting = following[1] if following else None
    with remove_on_failure() as created:
        make_folder(folder, created, empty=not force)
        log = find_meeting_path(workspace, folder, ref, "actions", ".xlsx")
        mail, *minutes = _name_minutes(workspace, ref, folder, with_pdf)
        created.extend(path for path in (*minutes, log) if not path.exists())
        expect_parts(len(minutes) + 3 + bool(next_meeting))  # and mail, log, note and invitation
        for target in minutes:
            export_document(workspace, DocumentKind.MINUTES, ref, target, Edition(marking=marking), force=force)
        mails, mail_messages = _write_mail(workspace, ref, mail, marking, force, created)
        own_actions = ActionFilter(which=ActionScope.ALL, group=group, meeting=None if group else meeting)
        _write_log(workspace, log, own_actions, row.group or row.title, marking, force)
        note = find_meeting_path(workspace, folder, ref, "note", WORD)
        notes, note_messages = _write_note(workspace, ref, note, marking, force, created)
        invite, messages = _write_invitation(workspace, next_meeting, folder, marking, force, created)
        letters = _write_chasers(workspace, ref, folder, marking, force, letter_language)
    left = (*note_messages, *messages, *mail_messages, *list_remaining_tasks(letters))
    files = (*minutes, *mails, *notes, log, *letters.files, *invite)
    return PostMeetingReport(folder, files, letters.chased, next_meeting, left, list_recent_chases(workspace, letters))


def write_post_pack_to_folder(workspace: Workspace, ref: str) -> PostMeetingReport:
    """Write the files into a new folder of the exports, with a PDF where LibreOffice is installed."""
    folder = find_free_meeting_path(workspace, ref, "after")
    return write_post_meeting_pack(workspace, ref, folder, with_pdf=can_convert())


def _name_minutes(workspace: Workspace, ref: str, folder: Path, with_pdf: bool) -> list[Path]:
    """Return the paths of the mail with the minutes, and of the minutes in each format."""
    endings = (MAIL, WORD, PAGE, *([".pdf"] if with_pdf else []))
    return [find_meeting_path(workspace, folder, ref, "minutes", ending) for ending in endings]


def _write_log(
    workspace: Workspace, target: Path, action_filter: ActionFilter, body: str, marking: Marking, force: bool
) -> None:
    """Write the action log of a group, or of the meeting where it has none."""

    def describe_filter() -> str:
        return _("all actions of {body}").format(body=body)

    layout = LogLayout(describe_filter=describe_filter)
    export_actions(workspace, target, action_filter, layout, marking=marking, force=force)


def _write_chasers(
    workspace: Workspace, ref: str, folder: Path, marking: Marking, force: bool, language: Language | None
) -> ChaserReport:
    """Write the letters about the actions of a meeting into a folder inside that of the pack."""
    letters = folder / format_file_name(lambda: EXPORT_KINDS["chasers"].file_name)
    return write_chasers(workspace, letters, meeting=ref, marking=marking, force=force, language=language)


def _write_mail(
    workspace: Workspace, ref: str, target: Path, marking: Marking, force: bool, created: list[Path]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the draft that carries the minutes to those invited; a draft that is refused is named instead."""
    is_new = not target.exists()
    try:
        export_document(workspace, DocumentKind.MINUTES, ref, target, Edition(marking=marking), force=force)
    except Refused as error:
        return (), (error.sentence,)
    if is_new:
        created.append(target)
    return (target,), ()


def _write_note(
    workspace: Workspace, ref: str, target: Path, marking: Marking, force: bool, created: list[Path]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the released note in both languages; return its file and what is left to do.

    A note that is not released as it is now is left out.
    """
    is_new = not target.exists()
    try:
        with limit_marking(workspace, Marking.OFFICIAL) as limited:
            report = export_note(limited, ref, target, marking, force, is_published=True)
    except Refused as error:
        return (), (error.sentence,)
    if is_new:
        created.append(target)
    messages = (
        [ngettext("The note has {n} passage without Welsh.", "The note has {n} passages without Welsh.", count)]
        if (count := len(report.missing_welsh))
        else []
    )
    return (target,), tuple(messages)


def _write_invitation(
    workspace: Workspace, next_meeting: str | None, folder: Path, marking: Marking, force: bool, created: list[Path]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the invitation to the next meeting; return its files and messages about it."""
    if next_meeting is None:
        return (), (_("No next meeting is planned, so no invitation was saved."),)
    target = find_meeting_path(workspace, folder, next_meeting, "invites", ".ics")
    entry = find_meeting_path(workspace, folder, next_meeting, lambda: _("Calendar entry"), ".ics")
    created.extend(path for path in (target, entry) if not path.exists())
    lacking: list[str] = []
    try:
        report = write_invitation(workspace, target, next_meeting, marking, force=force)
    except Refused as error:
        lacking = [_("There is a calendar entry, not an invitation. {reason}").format(reason=error.sentence)]
        try:
            report = write_invitation_files(workspace, entry, meeting=next_meeting, marking=marking, force=force)
        except Refused as refusal:
            return (), (refusal.sentence,)
    left_out = [_("{ref} left out: {reason}").format(ref=row.ref, reason=row.reason) for row in report.left_out]
    messages = [*lacking, *left_out]
    absent = [guest.name for guest in report.without_address]
    if absent:
        messages.append(_("No email address, so contact in another way: {names}").format(names=", ".join(absent)))
    return report.files, tuple(messages)
