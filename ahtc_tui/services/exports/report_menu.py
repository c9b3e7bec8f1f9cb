"""Exports of the reports mode: each writes files with a free name in the exports folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.evidence.small_counts import format_hidden
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.services.privacy.marking_limit import limit_marking, list_left_out
from ahtc_tui.services.workspace import read_marks

if TYPE_CHECKING:
    from ahtc_tui.services.replication.office_pack import CreatedPack
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MenuResult:
    """The files that were written, a sentence about them, and the remaining tasks."""

    text: str
    files: tuple[Path, ...]
    tasks: tuple[str, ...] = ()
    undo: bool = False
    """Whether the export was recorded in the journal, so that it can be undone."""


def make_returns(
    workspace: Workspace, action_filter: ActionFilter | None = None, refs: tuple[str, ...] = ()
) -> MenuResult:
    """Write a workbook and a note for each lead."""
    return _make_limited(workspace, "returns", lambda limited: _write_returns(limited, action_filter, refs))


def _write_returns(
    workspace: Workspace, action_filter: ActionFilter | None = None, refs: tuple[str, ...] = ()
) -> MenuResult:
    from ahtc_tui.services.exports.returns import write_returns_to_folder

    report = write_returns_to_folder(workspace, action_filter or ActionFilter(), refs)
    if not report.files:
        return MenuResult(_("Nothing to send."), ())
    letters = [file.letter for file in report.files if file.letter]
    folder = report.files[0].file.parent
    text = _("{actions} in {books} in {folder}   covering notes: {k}").format(
        actions=_format_action_count(sum(len(file.actions) for file in report.files)),
        books=ngettext("1 workbook", "{n} workbooks", len(report.files)),
        folder=_shorten_path(workspace, folder),
        k=len(letters),
    )
    names = ", ".join(absent.name for absent in report.without_address)
    tasks = [_("No address, so no note: {names}").format(names=names)] if names else []
    tasks += [
        _("Without a lead, so in {file} for the office: {refs}").format(
            refs=", ".join(file.actions), file=file.file.name
        )
        for file in report.files
        if file.lead is None
    ]
    files = tuple(path for file in report.files for path in (file.file, file.letter) if path)
    return MenuResult(text, files, tuple(tasks), undo=True)


def make_chasers(workspace: Workspace) -> MenuResult:
    """Write a mail draft for each lead about actions that are late or soon due."""
    from ahtc_tui.services.exports.chasers import list_remaining_tasks, write_chasers

    folder, report = export_to_folder(workspace, "chasers", write_chasers)
    tasks = list_remaining_tasks(report)
    sentence = _("{ref} ({lead}) left out: {reason}")
    tasks += [sentence.format(ref=out.ref, lead=out.lead, reason=out.reason) for out in report.left_out]
    if not report.files:
        return MenuResult(_("There is no one to chase now."), (), tuple(tasks))
    text = _("{actions} chased in {letters} in {folder}").format(
        actions=_format_action_count(len(report.chased)),
        letters=ngettext("1 letter", "{n} letters", len(report.files)),
        folder=_shorten_path(workspace, folder),
    )
    return MenuResult(text, report.files, tuple(tasks), undo=True)


def make_action_log(workspace: Workspace) -> MenuResult:
    """Write all actions, open and closed."""
    from ahtc_tui.services.exports.action_log import export_log_to_folder

    path = export_log_to_folder(workspace, ActionFilter(which=ActionScope.ALL), Sort.REF, "")
    return _build_result(workspace, path, EXPORT_KINDS["actions"].title)


def describe_office_pack(workspace: Workspace, pack: CreatedPack) -> MenuResult:
    """Return the result for an office pack."""
    text = _("{file}: everything, encrypted with a passphrase").format(file=_shorten_path(workspace, pack.file))
    instructions = _("Open it on the other laptop. References created there end in letters beginning with {letters}.")
    absent = [
        _("{name} is not in the pack, because it is too large or unreadable.").format(name=name)
        for name in pack.left_out
    ]
    tasks = [instructions.format(letters=pack.letters), *absent]
    return MenuResult(text, (pack.file,), tuple(tasks))


def make_decision_register(workspace: Workspace) -> MenuResult:
    """Write the decision register."""
    from ahtc_tui.services.meetings.decisions import export_decisions

    path, number = export_to_folder(workspace, "decisions", export_decisions)
    return _build_result(workspace, path, ngettext("1 decision", "{n} decisions", number))


def make_contact_list(workspace: Workspace) -> MenuResult:
    """Write all people, posts and organisations."""
    from ahtc_tui.services.exports.contacts import export_contacts

    path, number = export_to_folder(workspace, "contacts", export_contacts)
    return _build_result(workspace, path, ngettext("1 contact", "{n} contacts", number))


def make_attendance(workspace: Workspace) -> MenuResult:
    """Write the attendance of seats and people."""
    from ahtc_tui.services.meetings.attendance import export_attendance

    path, lines = export_to_folder(workspace, "attendance", export_attendance)
    return _build_result(workspace, path, ngettext("1 attendance record", "{n} attendance records", lines))


def make_calendar(workspace: Workspace) -> MenuResult:
    """Write all meetings as one calendar file."""
    from ahtc_tui.services.meetings.calendar_files import write_invitation_files

    path, report = export_to_folder(workspace, "invites", partial(write_invitation_files, all_meetings=True))
    tasks = [_("{ref} left out: {reason}").format(ref=out.ref, reason=out.reason) for out in report.left_out]
    text = _("The meetings in {place}").format(place=_shorten_path(workspace, path))
    return MenuResult(text, tuple(report.files), tuple(tasks))


def make_full_export(workspace: Workspace) -> MenuResult:
    """Write all records with their history as one archive."""
    from ahtc_tui.services.recovery.full_export import export_everything

    _path, archive = export_to_folder(workspace, "everything", export_everything)
    records = ngettext("1 record", "{n} records", archive.records)
    return _build_result(workspace, archive.file, _("{records} and all history").format(records=records))


def make_backup_copy(workspace: Workspace) -> MenuResult:
    """Write a backup."""
    from ahtc_tui.services.backup import make_backup

    backup = make_backup(workspace)
    records = ngettext("1 record", "{n} records", backup.records)
    return _build_result(workspace, backup.file, _("{records}, complete,").format(records=records))


def make_changes_since(workspace: Workspace, ending: str) -> MenuResult:
    """Write the changes since the last Leadership Group, else of this quarter."""
    from ahtc_tui.domain.plan.changes_since import format_counts
    from ahtc_tui.services.plan.changes_since import export_changes_since, show_changes_since_last

    changes = show_changes_since_last(workspace)
    path = export_changes_since(workspace, ending, changes)
    silent_leads = [
        (_("No update from {lead}: {refs}") if silent_lead.lead else _("No update and no lead: {refs}")).format(
            lead=silent_lead.lead, refs=", ".join(silent_lead.actions)
        )
        for silent_lead in changes.no_update
    ]
    return MenuResult(f"{format_counts(changes)}, {_shorten_path(workspace, path)}", (path,), tuple(silent_leads))


def make_highlight(workspace: Workspace, ending: str) -> MenuResult:
    """Write the highlight report since the last Leadership Group."""
    from ahtc_tui.services.exports.highlight import export_highlight

    path, _counts = export_highlight(workspace, ending)
    return _build_result(workspace, path, EXPORT_KINDS["highlight"].file_name)


def make_transparency_return(workspace: Workspace) -> MenuResult:
    """Write the external meetings of the last whole quarter."""
    from ahtc_tui.domain.dates.quarters import find_previous_quarter_end
    from ahtc_tui.services.documents.transparency import export_transparency

    last = find_previous_quarter_end(workspace.today())
    first = find_previous_quarter_end(last) + timedelta(1)
    export = partial(export_transparency, first=first, last=last)
    path, report = export_to_folder(workspace, "transparency", export)
    return _build_result(workspace, path, ngettext("1 external meeting", "{n} external meetings", report.meetings))


def make_dashboard(workspace: Workspace) -> MenuResult:
    """Write the dashboard as an HTML page."""
    from ahtc_tui.services.exports.dashboard import export_dashboard

    path, content = export_to_folder(workspace, "dashboard", export_dashboard)
    tasks = tuple(format_hidden(ref, workspace.small_counts) for ref in content.small)
    return replace(_build_result(workspace, path, EXPORT_KINDS["dashboard"].title), tasks=tasks)


BACKUP = "backup"
FILE_MAKERS: dict[str, Callable[[Workspace], MenuResult]] = {
    "returns": _write_returns,
    "chasers": make_chasers,
    "actions": make_action_log,
    "decisions": make_decision_register,
    "contacts": make_contact_list,
    "attendance": make_attendance,
    "invites": make_calendar,
    "everything": make_full_export,
    BACKUP: make_backup_copy,
    "dashboard": make_dashboard,
    "transparency": make_transparency_return,
}
DOCUMENT_MAKERS: dict[str, Callable[[Workspace, str], MenuResult]] = {
    "since": make_changes_since,
    "highlight": make_highlight,
}
"""Exports in the format of a suffix."""


def make_files(workspace: Workspace, kind: str, ending: str = ".docx") -> MenuResult:
    """Run an export of the menu, documents as `ending`; its tasks name the values that wait for a decision."""
    maker = DOCUMENT_MAKERS.get(kind)
    make = FILE_MAKERS[kind] if maker is None else lambda limited: maker(limited, ending)
    result = _make_limited(workspace, kind, make)
    marks = read_marks(workspace)
    sentence = marks.describe_all(marks.fields)
    return replace(result, tasks=(*result.tasks, sentence)) if sentence and result.files else result


def _make_limited(workspace: Workspace, kind: str, maker: Callable[[Workspace], MenuResult]) -> MenuResult:
    """Run an export, with records up to OFFICIAL where it goes outside the office; say how many were left out."""
    if kind == BACKUP or not EXPORT_KINDS[kind].goes_outside:
        return maker(workspace)
    with limit_marking(workspace, Marking.OFFICIAL) as limited:
        result = maker(limited)
        return replace(result, tasks=(*result.tasks, *list_left_out(limited)))


def _format_action_count(number: int) -> str:
    return ngettext("1 action", "{n} actions", number)


def _build_result(workspace: Workspace, path: Path, label: str) -> MenuResult:
    return MenuResult(_("{what} in {place}").format(what=label, place=_shorten_path(workspace, path)), (path,))


def _shorten_path(workspace: Workspace, path: Path) -> Path:
    """Return a path relative to the workspace, where it is inside."""
    return path.relative_to(workspace.root) if path.is_relative_to(workspace.root) else path
