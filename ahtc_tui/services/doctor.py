"""Checks the set-up: paths, versions, permissions, the database and its backups."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from ahtc_tui.domain.backup.model import LATE_DAYS
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, translated_names
from ahtc_tui.domain.plan.changes_since import format_undated
from ahtc_tui.services.backup import describe_unsaved_work
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.paths import OWN_HEADINGS
from ahtc_tui.services.privacy.erased_names import find_erased_names
from ahtc_tui.services.surroundings.location import find_clock_warning, find_folder_warning
from ahtc_tui.services.surroundings.windows import list_windows
from ahtc_tui.services.workspace import BACKUPS, DATABASE, EXPORTS, SETTINGS, Workspace, is_locked, read_settings
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.driver import read_sqlite_version
from ahtc_tui.store.journal import chain_check
from ahtc_tui.store.privacy import erasure_register
from ahtc_tui.store.search import index

Finding = tuple[str, bool, str]
"""Name of a check as a message in English, whether it passed, and a detail."""

ScreenCheck = Callable[[Mapping[str, str], str], list[str]]
"""Returns a sentence for each key of a keymap, and for a theme, that the screen does not know."""


def list_paths(root: Path) -> dict[str, str]:
    """Return the paths of a workspace by name: workspace, database, backups, exports, settings, headings."""
    places = {
        "workspace": root,
        "database": root / DATABASE,
        "backups": root / BACKUPS,
        "exports": root / EXPORTS,
        "settings": root / SETTINGS,
        "headings": root / OWN_HEADINGS,
    }
    return {name: str(path) for name, path in places.items()}


def find_faults(workspace: Workspace) -> list[str]:
    """Return every fault of the database, one sentence each: SQLite's integrity checks and a replay of the journal."""
    return integrity_check.find_faults(workspace.database)


def find_gaps(workspace: Workspace) -> list[str]:
    """Return a sentence for each gap in the history: lines that a copy left out and that no erasure explains."""
    with workspace.database.read() as cursor:
        return [
            fault.format() for fault in chain_check.find_withheld(cursor, erasure_register.list_erased_keys(cursor))
        ]


def repair_index(workspace: Workspace) -> None:
    """Rebuild the search index from the records, as a step of the journal."""
    with workspace.database.write("repair the search index") as ledger:
        index.rebuild_index(ledger.cursor)


def examine_setup(
    root: Path, opener: Callable[[], Workspace] | None = None, check_screen: ScreenCheck | None = None
) -> list[Finding]:
    """Return the result of every check. `opener` opens a workspace whose database has a passphrase."""
    version, sound = read_sqlite_version()
    findings: list[Finding] = [
        (gettext_noop("Python"), sys.version_info >= (3, 11), sys.version.split()[0]),
        (gettext_noop("SQLite"), sound, version),
        (gettext_noop("workspace folder"), root.is_dir() and os.access(root, os.W_OK), str(root)),
    ]
    if warning := find_folder_warning(root):
        findings.append((gettext_noop("place of the data"), False, warning))
    findings += [
        (gettext_noop("open screen"), not window.is_elsewhere, window.format_banner()) for window in list_windows(root)
    ]
    return [*findings, *_check_settings(root, check_screen), *_check_database(root, opener)]


def _check_settings(root: Path, check_screen: ScreenCheck | None) -> list[Finding]:
    """Return a finding for each setting that is not understood; one for sound settings."""
    settings = read_settings(root)
    screen_faults = check_screen(settings.keymap, settings.theme) if check_screen else ()
    faults = (*settings.faults, *settings.unknown, *(f"{root / SETTINGS}: {fault}" for fault in screen_faults))
    return [(gettext_noop("settings"), False, fault) for fault in faults] or [
        (gettext_noop("settings"), True, _("sound"))
    ]


def _check_database(root: Path, opener: Callable[[], Workspace] | None) -> list[Finding]:
    locked = is_locked(root)
    try:
        workspace = opener() if opener else open_workspace(root)
    except AhtcError as error:
        return [(gettext_noop("database"), False, str(error))]
    with closing(workspace):
        database_faults = find_faults(workspace)
        mode = workspace.database.path.stat().st_mode & 0o777
        backup_finding = _check_backups(workspace)
        further_findings = _check_erasures(workspace)
        further_findings += [*_check_dates(workspace), *_check_unheld_work(workspace), *_check_terms(workspace)]
        if warning := find_clock_warning(workspace):
            further_findings.append((gettext_noop("clock"), False, warning))
    summary = _("{faults}: `ahtc check`").format(faults=ngettext("1 fault", "{n} faults", len(database_faults)))
    return [
        (gettext_noop("database"), not database_faults, summary if database_faults else _("complete")),
        (gettext_noop("only you can read it"), not mode & 0o077 or sys.platform == "win32", oct(mode)),
        (
            gettext_noop("passphrase"),
            True,
            _("set, so the file is encrypted") if locked else _("none (`ahtc passphrase set`)"),
        ),
        backup_finding,
        *further_findings,
    ]


def _check_dates(workspace: Workspace) -> list[Finding]:
    """Return a finding about actions without dates, which reports of a period do not count."""
    from ahtc_tui.services.plan.changes_since import show_changes_since

    undated = format_undated(show_changes_since(workspace, workspace.today().isoformat()))
    return [(gettext_noop("dates of actions"), True, undated)] if undated else []


def _check_unheld_work(workspace: Workspace) -> list[Finding]:
    """Return a finding for each vacant post and each person who left that has open work."""
    from ahtc_tui.store.today import read_unheld_work

    with translated_names(), workspace.database.read() as cursor:
        rows = read_unheld_work(cursor, workspace.today())
    return [(gettext_noop("work without a holder"), True, f"{row.label} ({row.ref}), {row.work}") for row in rows]


def _check_terms(workspace: Workspace) -> list[Finding]:
    """Return a finding for each term of a seat that overlaps with an earlier one."""
    from ahtc_tui.domain.groups.fields import format_overlap
    from ahtc_tui.store.groups.seats import read_overlapping_seats

    with translated_names(), workspace.database.read() as cursor:
        rows = read_overlapping_seats(cursor, workspace.today())
    return [(gettext_noop("terms of seats"), True, f"{row.member} ({row.ref}): {format_overlap(row)}") for row in rows]


def _check_erasures(workspace: Workspace) -> list[Finding]:
    """Return a finding where the file was not rewritten after an erasure, and for each text that names the person."""
    with workspace.database.read() as cursor:
        is_pending = erasure_register.is_compaction_pending(cursor)
    sentence = erasure_register.format_pending_compaction(workspace.database.path)
    pending = [sentence] if is_pending else []
    return [(gettext_noop("erasures"), False, text) for text in (*pending, *find_erased_names(workspace))]


def _check_backups(workspace: Workspace) -> Finding:
    newest, steps, days = describe_unsaved_work(workspace)
    since = ngettext("1 step since", "{n} steps since", steps) if steps else _("nothing was saved since")
    if newest is None:
        detail = _("none yet (`ahtc backup`)")
    else:
        age = (workspace.now().date() - newest.created.date()).days
        detail = ngettext("1 day old", "{n} days old", age) if age else _("made today")
        detail = _("{age}, {since}: {name}").format(age=detail, since=since, name=newest.file.name)
    return gettext_noop("newest backup"), days <= LATE_DAYS, detail
