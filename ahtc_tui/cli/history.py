"""`ahtc history`, `ahtc undo`, `ahtc redo`: the journal as people read it, and its two arrows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.console.argument_types import ALL, count
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services import history

STEPS = 50
"""Steps of everybody that are shown unless --limit says otherwise."""


def build(parser: ArgumentParser, command: str) -> None:
    """Each of the three commands."""
    if command == "history":
        parser.add_argument("ref", nargs="?")
        parser.add_argument(
            "--limit",
            type=count,
            metavar="N",
            help="the newest N, 0: all; without it 50 steps of text, and --json is whole",
        )
        parser.add_argument("--json", action="store_true")
    parser.set_defaults(run={"history": show, "undo": undo, "redo": redo}[command])


def show(context: Context, chosen: Namespace) -> int:
    """The steps of everybody, or every change of one record."""
    with context.workspace() as workspace:
        if chosen.ref is None:
            steps = history.list_steps(workspace, chosen.limit or (ALL if chosen.json else STEPS))
            if chosen.json:
                print_json(plain(steps))
            else:
                print_lines(f"{step.at:%Y-%m-%d %H:%M}  {step.user}  {step.kind:4}  {step.label}" for step in steps)
            return 0
        changes = history.list_changes(workspace, chosen.ref)[-(chosen.limit or ALL) :]
        if chosen.json:
            print_json(plain(changes))
        else:
            print_lines(
                f"{line.at:%Y-%m-%d %H:%M}  {line.user}  {line.step}: {line.field}"
                f" {line.old or '–'} → {line.new or '–'}"
                for line in changes
            )
    return 0


def undo(context: Context, _chosen: Namespace) -> int:
    """Take back the last step."""
    with context.workspace() as workspace:
        context.say(_("Undone: {label}. `ahtc redo` brings it back.").format(label=history.undo(workspace)))
    return 0


def redo(context: Context, _chosen: Namespace) -> int:
    """Bring back the last undone step."""
    with context.workspace() as workspace:
        context.say(_("Done again: {label}.").format(label=history.redo(workspace)))
    return 0
