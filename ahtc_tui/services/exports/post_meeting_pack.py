"""After a meeting: one folder with draft minutes, action log, a letter to each owner and the next invitation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.chasers import ChaserReport
from ahtc_tui.domain.documents.meeting_document import DocumentKind
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.chasers import write_chasers
from ahtc_tui.services.meetings.calendar_files import invite_files
from ahtc_tui.services.output_folders import free_name, free_path, gone_on_failure, make_folder
from ahtc_tui.store.meetings.queries import by_key
from ahtc_tui.store.minutes import queries as stored_minutes

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AfterReport:
    """What was written, and what a person must still see to."""

    folder: Path
    files: tuple[Path, ...]
    chased: tuple[str, ...]
    next_meeting: str | None
    left: tuple[str, ...]
    """What a person must still see to, a sentence each."""


def write_after(
    workspace: Workspace, ref: str, folder: Path, force: bool = False, marking: Marking = Marking.OFFICIAL
) -> AfterReport:
    """Write all that goes out after a meeting into one folder; the folder must be new or empty unless `force`.

    Raises NotFound, Refused for a cancelled meeting or a folder that holds something, StoreError when the disk says no.
    What was asked of owners is logged as chased.
    """
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.meeting(cursor, ref)
        row = by_key(cursor, meeting)
        group = record_lookup.group(cursor, row.group_ref)
        following = stored_minutes.next_meeting(cursor, meeting)
    with gone_on_failure() as made:
        make_folder(folder, made, empty=not force)
        name = free_name(folder, ref, set(), "meeting")
        minutes, log = folder / f"minutes-{name}.docx", folder / f"action-log-{name}.xlsx"
        made.extend(path for path in (minutes, log) if not path.exists())
        export_document(workspace, DocumentKind.MINUTES, ref, minutes, marking=marking, force=force)
        asked = ActionFilter(which=Which.ALL, group=group) if group else ActionFilter(which=Which.ALL, meeting=meeting)
        words = _("all actions of {body}").format(body=row.group or row.title)
        export_actions(workspace, log, asked, marking=marking, words=words, force=force)
        invite, told = _invite(workspace, following[1] if following else None, folder, force, made)
        letters = write_chasers(workspace, folder / "chasers", meeting=ref, marking=marking, force=force)
    left = (*told, *_left(letters))
    files = (minutes, log, *letters.files, *invite)
    return AfterReport(folder, files, letters.chased, following[1] if following else None, left)


def after_to_folder(workspace: Workspace, ref: str) -> AfterReport:
    """The same into a folder of its own among the exports, under a name that is free."""
    with workspace.database.read() as cursor:
        ref = record_lookup.meeting(cursor, ref)[1]
    return write_after(workspace, ref, free_path(workspace.exports, f"after-{ref}"))


def _invite(
    workspace: Workspace, following: str | None, folder: Path, force: bool, made: list[Path]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The calendar file of the next meeting, and what is to be said of it."""
    if following is None:
        return (), (_("No next meeting is planned: there is nothing to invite to."),)
    target = folder / f"invite-{free_name(folder, following, set(), 'next')}.ics"
    new = not target.exists()
    try:
        report = invite_files(workspace, target, meeting=following, force=force)
    except Refused as error:
        return (), (str(error),)
    if new:
        made.append(target)
    told = [_("{ref} left out: {reason}").format(ref=one.ref, reason=one.reason) for one in report.left_out]
    absent = [one.name for one in report.without_address]
    if absent:
        told.append(_("No address, so tell by other means: {names}").format(names=", ".join(absent)))
    return report.files, tuple(told)


def _left(letters: ChaserReport) -> list[str]:
    sentence = _("{name} has no address: send {file} by other means")
    return [
        *(sentence.format(name=one.name, file=one.file.name) for one in letters.without_address),
        *(_("{ref} is led by nobody: there is nobody to chase").format(ref=ref) for ref in letters.no_lead),
    ]
