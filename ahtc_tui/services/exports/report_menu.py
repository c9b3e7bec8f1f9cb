"""What goes out with one key: each file under a free name among the exports. What is in it is for its own service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.output_folders import free_today

if TYPE_CHECKING:
    from ahtc_tui.services.replication.office_pack import PackMade
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, in sentences: what it is, the files, and what a person still has to do."""

    said: str
    files: tuple[Path, ...]
    left: tuple[str, ...] = ()
    undo: bool = False
    """Whether a step of the journal says that it was sent."""


def returns_out(workspace: Workspace, asked: ActionFilter | None = None, refs: tuple[str, ...] = ()) -> Made:
    """A workbook and a note for each lead."""
    from ahtc_tui.services.exports.returns import returns_to_folder

    report = returns_to_folder(workspace, asked or ActionFilter(), refs)
    if not report.files:
        return Made(_("There is nothing to send."), ())
    letters = [file.letter for file in report.files if file.letter]
    folder = report.files[0].file.parent
    said = _("{actions} in {books} in {folder}   covering notes: {k}").format(
        actions=_actions(sum(len(file.actions) for file in report.files)),
        books=say_number(len(report.files), _("1 workbook"), _("{n} workbooks")),
        folder=_within(workspace, folder),
        k=len(letters),
    )
    names = ", ".join(absent.name for absent in report.without_address)
    left = [_("No address, so no note: {names}").format(names=names)] if names else []
    left += [
        _("{refs}: led by nobody, in {file} for the office").format(refs=", ".join(file.actions), file=file.file.name)
        for file in report.files
        if file.lead is None
    ]
    files = tuple(path for file in report.files for path in (file.file, file.letter) if path)
    return Made(said, files, tuple(left), undo=True)


def chasers_out(workspace: Workspace) -> Made:
    """A mail draft for each lead of what is late or soon due."""
    from ahtc_tui.services.exports.chasers import write_chasers

    folder = free_today(workspace, "chasers")
    report = write_chasers(workspace, folder)
    left = [
        _("{name} has no address: send {file} by other means").format(name=absent.name, file=absent.file.name)
        for absent in report.without_address
    ]
    left += [_("{ref} is led by nobody: there is nobody to chase").format(ref=ref) for ref in report.no_lead]
    left += [
        _("{ref} ({lead}) left out: {reason}").format(ref=out.ref, lead=out.lead, reason=out.reason)
        for out in report.left_out
    ]
    if not report.files:
        return Made(_("There is nobody to chase now."), (), tuple(left))
    said = _("{actions} chased in {letters} in {folder}").format(
        actions=_actions(len(report.chased)),
        letters=say_number(len(report.files), _("1 letter"), _("{n} letters")),
        folder=_within(workspace, folder),
    )
    return Made(said, report.files, tuple(left), undo=True)


def action_log_out(workspace: Workspace) -> Made:
    """Every action, open and closed."""
    from ahtc_tui.services.exports.action_log import export_to_folder

    path = export_to_folder(workspace, ActionFilter(which=Which.ALL), Sort.REF, "")
    return _one(workspace, path, _("The action log"))


def pack_told(workspace: Workspace, made: PackMade) -> Made:
    """What is said of a pack that was made."""
    said = _("{file}: everything, encrypted under its passphrase").format(file=_within(workspace, made.file))
    how = _("`ahtc open-pack` makes a workspace of it; what is added there carries letters that begin with {letters}.")
    absent = [_("{name} is not in the pack: too large, or unreadable.").format(name=name) for name in made.left_out]
    left = [how.format(letters=made.letters), *absent]
    return Made(said, (made.file,), tuple(left))


def decisions_out(workspace: Workspace) -> Made:
    """The register of decisions."""
    from ahtc_tui.services.meetings.decisions import decisions_to_folder

    path, number = decisions_to_folder(workspace)
    return _one(workspace, path, say_number(number, _("1 decision"), _("{n} decisions")))


def contacts_out(workspace: Workspace) -> Made:
    """The register of people, posts and organisations."""
    from ahtc_tui.services.exports.contacts import export_contacts

    path = free_today(workspace, "contacts", ".xlsx")
    return _one(workspace, path, say_number(export_contacts(workspace, path), _("1 contact"), _("{n} contacts")))


def attendance_out(workspace: Workspace) -> Made:
    """How often seats and people were there."""
    from ahtc_tui.services.meetings.attendance import export_attendance

    path = free_today(workspace, "attendance", ".xlsx")
    lines = export_attendance(workspace, path)
    return _one(workspace, path, say_number(lines, _("1 line of attendance"), _("{n} lines of attendance")))


def calendar_out(workspace: Workspace) -> Made:
    """Every meeting in one calendar file."""
    from ahtc_tui.services.meetings.calendar_files import invite_files

    path = free_today(workspace, "meetings", ".ics")
    report = invite_files(workspace, path, all_meetings=True)
    left = [_("{ref} left out: {reason}").format(ref=out.ref, reason=out.reason) for out in report.left_out]
    said = _("The meetings in {place}").format(place=_within(workspace, path))
    return Made(said, tuple(report.files), tuple(left))


def everything_out(workspace: Workspace) -> Made:
    """Every record and all history as one archive."""
    from ahtc_tui.services.recovery.full_export import export_everything

    done = export_everything(workspace, free_today(workspace, "everything", ".zip"))
    records = say_number(done.records, _("1 record"), _("{n} records"))
    return _one(workspace, done.file, _("{records} and all history").format(records=records))


def backup_out(workspace: Workspace) -> Made:
    """A whole copy among the backups."""
    from ahtc_tui.services.backup import make_backup

    done = make_backup(workspace)
    records = say_number(done.records, _("1 record"), _("{n} records"))
    return _one(workspace, done.file, _("{records}, whole,").format(records=records))


def since_out(workspace: Workspace) -> Made:
    """What happened since the last Leadership Group, or else in this quarter, as a Word file."""
    from ahtc_tui.domain.plan.changes_since import say_counts
    from ahtc_tui.services.plan.changes_since import export_since, since_last

    found = since_last(workspace)
    path = export_since(workspace, None, found)
    silent = [
        _("No update from {lead}: {refs}").format(lead=one.lead or _("nobody leads them"), refs=", ".join(one.actions))
        for one in found.no_update
    ]
    return Made(f"{say_counts(found)}, {_within(workspace, path)}", (path,), tuple(silent))


def dashboard_out(workspace: Workspace) -> Made:
    """The position as a page for a browser."""
    from ahtc_tui.services.exports.dashboard import dashboard_to_folder

    path, found = dashboard_to_folder(workspace)
    sentence = _("{ref} counts few people: look at it before the page goes out.")
    return replace(_one(workspace, path, _("The dashboard")), left=tuple(sentence.format(ref=x) for x in found.small))


OUT: dict[str, Callable[[Workspace], Made]] = {
    "returns": returns_out,
    "chasers": chasers_out,
    "actions": action_log_out,
    "decisions": decisions_out,
    "contacts": contacts_out,
    "attendance": attendance_out,
    "calendar": calendar_out,
    "everything": everything_out,
    "backup": backup_out,
    "since": since_out,
    "dashboard": dashboard_out,
}
LONG = frozenset({"everything", "backup"})
"""Those that take seconds in a large office: reads and writes go on meanwhile."""


def send_out(workspace: Workspace, kind: str) -> Made:
    """Make one of them, by its name in `OUT`."""
    return OUT[kind](workspace)


def _actions(number: int) -> str:
    return say_number(number, _("1 action"), _("{n} actions"))


def _one(workspace: Workspace, path: Path, what: str) -> Made:
    return Made(_("{what} in {place}").format(what=what, place=_within(workspace, path)), (path,))


def _within(workspace: Workspace, path: Path) -> Path:
    """A path as people read it: from the workspace on."""
    return path.relative_to(workspace.root) if path.is_relative_to(workspace.root) else path
