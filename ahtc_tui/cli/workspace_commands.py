"""`ahtc init`, `demo`, `paths`, `doctor`, `check`: making a workspace, and whether all is well with it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place


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
    parser.set_defaults(run={"init": init, "demo": demo, "paths": paths, "doctor": doctor, "check": check}[command])


def init(context: Context, chosen: Namespace) -> int:
    """Make the database of the workspace."""
    from ahtc_tui.services.opening import make_workspace

    path = make_workspace(context.root, None if chosen.reference == "none" else chosen.reference)
    context.say(_("Made {path}.").format(path=path))
    if sys.stdin.isatty():
        context.say(_("It is a plain file, which only your account may read. `ahtc passphrase set` encrypts it."))
    return 0


def demo(context: Context, chosen: Namespace) -> int:
    """A fresh copy of the Wales 2013 data: kept with --into, else gone when the screen closes."""
    from tempfile import TemporaryDirectory

    from ahtc_tui.services.opening import make_workspace

    with TemporaryDirectory(prefix="ahtc-demo-") as passing:
        root = place(chosen.into) if chosen.into else Path(passing)
        path = make_workspace(root, "wales-2013")
        if chosen.no_screen:
            if chosen.into:
                context.say(_("Made {path}.").format(path=path))
            return 0
        from dataclasses import replace

        from ahtc_tui.cli.launch_screen import open_screen

        return open_screen(replace(context, folder=str(root)))


def paths(context: Context, chosen: Namespace) -> int:
    """Where things are."""
    from ahtc_tui.services.doctor import where

    places = where(context.root)
    if chosen.json:
        print_json(places)
    else:
        print_lines(f"{name:10} {place}" for name, place in places.items())
    return 0


def doctor(context: Context, chosen: Namespace) -> int:
    """What is wrong with the set-up; exit code 1 if anything is."""
    from ahtc_tui.services.doctor import examine, repair_index

    if chosen.repair:
        with context.workspace() as workspace:
            repair_index(workspace)
    findings = examine(context.root, context.opened)
    if chosen.json:
        print_json([{"check": name, "ok": ok, "detail": detail} for name, ok, detail in findings])
    else:
        print_lines(f"{'ok ' if ok else 'NO '} {name:22} {detail}" for name, ok, detail in findings)
    return 0 if all(ok for _name, ok, _detail in findings) else 1


def check(context: Context, chosen: Namespace) -> int:
    """Whether the database is whole; exit code 1 and a line for each fault if not."""
    from ahtc_tui.services.doctor import faults

    with context.workspace() as workspace:
        found = faults(workspace)
    if chosen.json:
        print_json({"whole": not found, "faults": found})
    else:
        print_lines(found or [_("The database is whole: file, references, journal and tables agree.")])
    if found:
        number = say_number(len(found), _("1 fault"), _("{n} faults"))
        tell(_("{number}. Restore a backup, or put the values right.").format(number=number))
    return 1 if found else 0
