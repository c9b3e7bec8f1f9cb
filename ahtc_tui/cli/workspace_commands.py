"""`ahtc init`, `demo`, `paths`, `doctor`, `check`: making a workspace, and whether all is well with it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.paths import resolve_path


def build(parser: ArgumentParser, command: str) -> None:
    """Each of the five commands."""
    if command == "init":
        parser.add_argument("--reference", default="none", metavar="wales-2013|none")
    if command == "demo":
        parser.add_argument("--into", metavar="DIR")
        parser.add_argument("--no-screen", action="store_true")
    if command in ("paths", "doctor", "check"):
        parser.add_argument("--json", action="store_true")
    if command == "doctor":
        parser.add_argument("--repair", action="store_true", help="make the search index anew first")
    parser.set_defaults(
        run={
            "init": create_workspace,
            "demo": open_demo,
            "paths": print_paths,
            "doctor": print_findings,
            "check": check_database,
        }[command]
    )


def create_workspace(context: Context, args: Namespace) -> int:
    """Make the database of the workspace."""
    from ahtc_tui.services.opening import make_workspace

    path = make_workspace(context.root, None if args.reference == "none" else args.reference)
    context.print_notice(_("Made {path}.").format(path=path))
    if sys.stdin.isatty():
        context.print_notice(
            _("It is a plain file, which only your account may read. `ahtc passphrase set` encrypts it.")
        )
    return 0


def open_demo(context: Context, args: Namespace) -> int:
    """A fresh copy of the Wales 2013 data: kept with --into, else gone when the screen closes."""
    from tempfile import TemporaryDirectory

    from ahtc_tui.services.opening import make_workspace

    with TemporaryDirectory(prefix="ahtc-demo-") as temporary_folder:
        root = resolve_path(args.into) if args.into else Path(temporary_folder)
        path = make_workspace(root, "wales-2013")
        if args.no_screen:
            if args.into:
                context.print_notice(_("Made {path}.").format(path=path))
            return 0
        from dataclasses import replace

        from ahtc_tui.cli.launch_screen import open_screen

        return open_screen(replace(context, folder=str(root)))


def print_paths(context: Context, args: Namespace) -> int:
    """Where things are."""
    from ahtc_tui.services.doctor import list_paths

    places = list_paths(context.root)
    if args.json:
        print_json(places)
    else:
        print_lines(f"{name:10} {path}" for name, path in places.items())
    return 0


def print_findings(context: Context, args: Namespace) -> int:
    """What is wrong with the set-up; exit code 1 if anything is."""
    from ahtc_tui.services.doctor import examine_setup, repair_index

    if args.repair:
        with context.open_workspace() as workspace:
            repair_index(workspace)
    findings = examine_setup(context.root, context.load_workspace)
    if args.json:
        print_json([{"check": name, "ok": ok, "detail": detail} for name, ok, detail in findings])
    else:
        print_lines(f"{'ok ' if ok else 'NO '} {name:22} {detail}" for name, ok, detail in findings)
    return 0 if all(ok for _name, ok, _detail in findings) else 1


def check_database(context: Context, args: Namespace) -> int:
    """Whether the database is whole; exit code 1 and a line for each fault if not."""
    from ahtc_tui.services.doctor import find_faults

    with context.open_workspace() as workspace:
        problems = find_faults(workspace)
    if args.json:
        print_json({"whole": not problems, "faults": problems})
    else:
        print_lines(problems or [_("The database is whole: file, references, journal and tables agree.")])
    if problems:
        number = ngettext("1 fault", "{n} faults", len(problems))
        print_message(_("{number}. Restore a backup, or put the values right.").format(number=number))
    return 1 if problems else 0
