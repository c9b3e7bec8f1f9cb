"""`ahtc history`, `ahtc undo`, `ahtc redo`: the journal as people read it, and its two arrows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.console.argument_types import NO_LIMIT, parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services import history

DEFAULT_LIMIT = 50
"""Steps of everybody that are shown unless --limit says otherwise."""


def build(parser: ArgumentParser, command: str) -> None:
    """Each of the three commands."""
    if command == "history":
        parser.add_argument("ref", nargs="?")
        parser.add_argument(
            "--limit",
            type=parse_limit,
            metavar="N",
            help="the newest N, 0: all; without it 50 steps of text, and --json is whole",
        )
        parser.add_argument("--json", action="store_true")
    parser.set_defaults(run={"history": print_history, "undo": undo_step, "redo": redo_step}[command])


def print_history(context: Context, args: Namespace) -> int:
    """The steps of everybody, or every change of one record."""
    with context.open_workspace() as workspace:
        if args.ref is None:
            steps = history.list_steps(workspace, args.limit or (NO_LIMIT if args.json else DEFAULT_LIMIT))
            if args.json:
                print_json(serialize_value(steps))
            else:
                print_lines(f"{step.at:%Y-%m-%d %H:%M}  {step.user}  {step.kind:4}  {step.label}" for step in steps)
            return 0
        changes = history.list_changes(workspace, args.ref)[-(args.limit or NO_LIMIT) :]
        if args.json:
            print_json(serialize_value(changes))
        else:
            print_lines(
                f"{change.at:%Y-%m-%d %H:%M}  {change.user}  {change.step}: {change.field}"
                f" {change.old or '–'} → {change.new or '–'}"
                for change in changes
            )
    return 0


def undo_step(context: Context, _args: Namespace) -> int:
    """Take back the last step."""
    with context.open_workspace() as workspace:
        context.print_notice(
            _("Undone: {label}. `ahtc redo` brings it back.").format(label=history.undo_step(workspace))
        )
    return 0


def redo_step(context: Context, _args: Namespace) -> int:
    """Bring back the last undone step."""
    with context.open_workspace() as workspace:
        context.print_notice(_("Done again: {label}.").format(label=history.redo_step(workspace)))
    return 0
