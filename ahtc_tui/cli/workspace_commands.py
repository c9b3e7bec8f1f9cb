"""`ahtc init`, `demo`, `paths`, `doctor` and `check`: creating a workspace and checking it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, add_arguments
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.i18n import Language, _, get_current_language, gettext_noop, ngettext, pgettext
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from ahtc_tui.services.doctor import Finding

PLACE_LABELS = {
    "workspace": gettext_noop("workspace"),
    "database": gettext_noop("database"),
    "backups": gettext_noop("backups"),
    "exports": gettext_noop("exports"),
    "settings": gettext_noop("settings"),
    "headings": gettext_noop("headings of logs"),
}
"""Name of each path in JSON, to its label."""


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of one of the five commands."""
    if command == "init":
        add_arguments(parser, create_workspace, Argument("--reference", "wales-2013|none", default="none"))
    elif command == "demo":
        add_arguments(parser, open_demo, Argument("--into", "DIR"), Switch("--no-screen"))
    elif command == "doctor":
        add_arguments(parser, print_findings, JSON, Switch("--repair", _("rebuild the search index first")))
    else:
        add_arguments(parser, {"paths": print_paths, "check": check_database}[command], JSON)


def create_workspace(context: Context, args: Namespace) -> None:
    """Create the database of the workspace; a Welsh interface is written into `ahtc.toml`."""
    from ahtc_tui.services.opening import make_workspace

    path = make_workspace(context.root, None if args.reference == "none" else args.reference)
    print_data(context, [], database=str(path))
    context.print_notice(_("Created {path}.").format(path=path))
    if get_current_language() is Language.CY:
        from ahtc_tui.services.settings.writer import write_language

        write_language(context.root, Language.CY, replace=False)
    if sys.stdin.isatty():
        context.print_notice(_("Only your account can read it. To encrypt it, run `ahtc passphrase set`."))


def open_demo(context: Context, args: Namespace) -> int:
    """Open the screen on the sample, the Wales 2013 data with a year of work, or only create it with --no-screen.

    --into keeps it and opens it again; without it the sample is deleted when the screen closes, or at once with
    --no-screen.
    """
    root = resolve_path(args.into) if args.into else None
    if args.no_screen:
        _create_demo(context, root)
        return 0
    from ahtc_tui.cli.launch_screen import open_trial

    return open_trial(context, root)


def _create_demo(context: Context, root: Path | None) -> None:
    from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
    from ahtc_tui.services.recovery.first_start import make_sample

    if root is None:
        with hold_temporary_folder() as folder:
            make_sample(folder / "demo")
        print_data(context, [], database=None)
        context.print_notice(_("The copy was created and deleted again. Add --into and a folder to keep it."))
    else:
        path = make_sample(root)
        print_data(context, [], database=str(path))
        context.print_notice(_("Created {path}.").format(path=path))


def print_paths(context: Context, args: Namespace) -> None:
    """Print the folders and files of the workspace."""
    from ahtc_tui.services.doctor import list_paths

    places = list_paths(context.root)
    print_result(
        args.json,
        lambda: places,
        lambda: _align_columns((_(PLACE_LABELS[name]), path) for name, path in places.items()),
    )


def print_findings(context: Context, args: Namespace) -> int:
    """Print the checks of the set-up; returns 1 if one of them fails."""
    from ahtc_tui.services.doctor import examine_setup, repair_index

    if args.repair:
        with context.open_workspace() as workspace:
            repair_index(workspace)
    findings = examine_setup(context.root, context.load_workspace, _find_faults_of_screen_settings)
    print_result(
        args.json,
        lambda: [{"check": name, "ok": ok, "detail": detail} for name, ok, detail in findings],
        lambda: _format_findings(findings),
    )
    return 0 if all(ok for _name, ok, _detail in findings) else 1


def _format_findings(findings: Iterable[Finding]) -> list[str]:
    """Return a line for each check: whether it passed, its name and its detail."""
    states = {True: pgettext("check", "ok"), False: pgettext("check", "no").upper()}
    return _align_columns((states[ok], _(name), detail) for name, ok, detail in findings)


def _align_columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as lines; every column but the last is as wide as its longest cell."""
    rows = list(rows)
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join([*(cell.ljust(size) for cell, size in zip(row[:-1], widths, strict=False)), row[-1]]) for row in rows
    ]


def _find_faults_of_screen_settings(keymap: Mapping[str, str], theme: str) -> list[str]:
    """Return the keys and themes that the screen does not know; it is imported only where one is set."""
    from ahtc_tui.cli.launch_screen import find_setting_faults

    return find_setting_faults(keymap, theme) if keymap or theme else []


def check_database(context: Context, args: Namespace) -> int:
    """Check the integrity of the database; prints each fault and returns 1 if there are any."""
    from ahtc_tui.services.doctor import find_faults, find_gaps

    with context.open_workspace() as workspace:
        problems, gaps = find_faults(workspace), find_gaps(workspace)
    print_message(*gaps)
    print_result(
        args.json,
        lambda: {"whole": not problems, "faults": problems, "gaps": gaps},
        lambda: problems or [_("The database is sound. File, references, journal and tables agree.")],
    )
    if problems:
        number = ngettext("1 fault", "{n} faults", len(problems))
        print_message(_("{number}. Restore a backup, or correct the values.").format(number=number))
    return 1 if problems else 0
