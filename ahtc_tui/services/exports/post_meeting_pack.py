"""After a meeting: one folder with draft minutes, action log, a letter to each owner and the next invitation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.chasers import ChaserReport
from ahtc_tui.domain.documents.meeting_document import DocumentKind
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.chasers import write_chasers
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.output_folders import claim_free_name, find_free_path, make_folder, remove_on_failure
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.minutes import queries as stored_minutes

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PostMeetingReport:
    """What was written, and what a person must still see to."""

    folder: Path
    files: tuple[Path, ...]
    chased: tuple[str, ...]
    next_meeting: str | None
    left: tuple[str, ...]
    """What a person must still see to, a sentence each."""


def write_post_meeting_pack(
    workspace: Workspace, ref: str, folder: Path, force: bool = False, marking: Marking = Marking.OFFICIAL
) -> PostMeetingReport:
    """Write all that goes out after a meeting into one folder; the folder must be new or empty unless `force`.

    Raises NotFound, Refused for a cancelled meeting or a folder that holds something, StoreError when the disk says no.
    What was asked of owners is logged as chased.
    """
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        row = read_meeting(cursor, meeting)
        group = record_lookup.find_group_key(cursor, row.group_ref)
        next_meeting = stored_minutes.find_next_meeting(cursor, meeting)
    with remove_on_failure() as created:
        make_folder(folder, created, empty=not force)
        name = claim_free_name(folder, ref, set(), "meeting")
        minutes, log = folder / f"minutes-{name}.docx", folder / f"action-log-{name}.xlsx"
        created.extend(path for path in (minutes, log) if not path.exists())
        export_document(workspace, DocumentKind.MINUTES, ref, minutes, marking=marking, force=force)
        action_filter = (
            ActionFilter(which=ActionScope.ALL, group=group)
            if group
            else ActionFilter(which=ActionScope.ALL, meeting=meeting)
        )
        words = _("all actions of {body}").format(body=row.group or row.title)
        export_actions(workspace, log, action_filter, marking=marking, words=words, force=force)
        invite, messages = _write_invitation(
            workspace, next_meeting[1] if next_meeting else None, folder, force, created
        )
        letters = write_chasers(workspace, folder / "chasers", meeting=ref, marking=marking, force=force)
    left = (*messages, *_list_remaining_tasks(letters))
    files = (minutes, log, *letters.files, *invite)
    return PostMeetingReport(folder, files, letters.chased, next_meeting[1] if next_meeting else None, left)


def write_post_pack_to_folder(workspace: Workspace, ref: str) -> PostMeetingReport:
    """The same into a folder of its own among the exports, under a name that is free."""
    with workspace.database.read() as cursor:
        ref = record_lookup.find_meeting(cursor, ref)[1]
    return write_post_meeting_pack(workspace, ref, find_free_path(workspace.exports, f"after-{ref}"))


def _write_invitation(
    workspace: Workspace, next_meeting: str | None, folder: Path, force: bool, created: list[Path]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The calendar file of the next meeting, and what is to be said of it."""
    if next_meeting is None:
        return (), (_("No next meeting is planned: there is nothing to invite to."),)
    target = folder / f"invite-{claim_free_name(folder, next_meeting, set(), 'next')}.ics"
    new = not target.exists()
    try:
        report = write_invitation_files(workspace, target, meeting=next_meeting, force=force)
    except Refused as error:
        return (), (str(error),)
    if new:
        created.append(target)
    messages = [
        _("{ref} left out: {reason}").format(ref=left_out.ref, reason=left_out.reason) for left_out in report.left_out
    ]
    absent = [guest.name for guest in report.without_address]
    if absent:
        messages.append(_("No address, so tell by other means: {names}").format(names=", ".join(absent)))
    return report.files, tuple(messages)


def _list_remaining_tasks(letters: ChaserReport) -> list[str]:
    sentence = _("{name} has no address: send {file} by other means")
    return [
        *(sentence.format(name=addressee.name, file=addressee.file.name) for addressee in letters.without_address),
        *(_("{ref} is led by nobody: there is nobody to chase").format(ref=ref) for ref in letters.no_lead),
    ]
