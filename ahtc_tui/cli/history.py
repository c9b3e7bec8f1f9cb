"""`ahtc history`, `ahtc undo` and `ahtc redo`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from ahtc_tui.cli.console.argument_types import NO_LIMIT, parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments
from ahtc_tui.domain.history import format_change
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services import history

DEFAULT_LIMIT = 50
"""Steps of all users that are printed as text without --limit."""


def register(parser: ArgumentParser, command: str) -> None:
    """Declare the arguments of `history`, `undo` or `redo`."""
    if command == "history":
        limit_help = _("the newest N, or 0 for all; by default text shows 50 steps and --json all")
        limit = Argument("--limit", "N", limit_help, type=parse_limit)
        add_arguments(parser, print_history, Argument("ref", nargs="?"), limit, JSON)
    else:
        add_arguments(parser, {"undo": undo_step, "redo": redo_step}[command])


def print_history(context: Context, args: Namespace) -> None:
    """Print the steps of all users, or every change of one record and its parts; the newest first."""
    with context.open_workspace() as workspace:
        if args.ref is None:
            steps = history.list_steps(workspace, args.limit or (NO_LIMIT if args.json else DEFAULT_LIMIT))
            print_result(
                args.json,
                lambda: serialize_value(steps),
                lambda: (f"{_format_time(step.at)}  {step.user}  {step.kind:4}  {step.label}" for step in steps),
            )
            return
        changes = history.list_changes(workspace, args.ref, iso_dates=args.json)[: args.limit or NO_LIMIT]
        print_result(
            args.json,
            lambda: serialize_value(changes),
            lambda: (f"{_format_time(change.at)}  {change.user}  {format_change(change)}" for change in changes),
        )


def _format_time(moment: datetime) -> str:
    """Return a time in the zone of this computer."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def undo_step(context: Context, _args: Namespace) -> None:
    """Undo the last step."""
    with context.open_workspace() as workspace:
        context.print_notice(_("Undone: {label}. To redo, run `ahtc redo`.").format(label=history.undo_step(workspace)))


def redo_step(context: Context, _args: Namespace) -> None:
    """Redo the last undone step."""
    with context.open_workspace() as workspace:
        context.print_notice(_("Redone: {label}.").format(label=history.redo_step(workspace)))
