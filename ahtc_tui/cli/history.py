"""`ahtc history`, `ahtc undo` and `ahtc redo`."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import NO_LIMIT, parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.progress_line import build_progress_hooks
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, add_arguments
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.dates.formatting import format_short_moment
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.history import STEP_KINDS, ReversibleStep, format_change
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.services import history

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

DEFAULT_LIMIT = 50
"""Steps of all users that are printed as text without --limit."""


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of `history`, `undo` or `redo`."""
    if command == "history":
        limit_help = _("the newest N, or 0 for all; by default text shows 50 steps and --json all")
        limit = Argument("--limit", "N", limit_help, type=parse_limit)
        add_arguments(
            parser, print_history, Argument("ref", nargs="?"), limit, JSON, shows_names=True, reads_state=True
        )
    else:
        yes = Switch("--yes", _("reverse a merge, or the step of another person, without asking"))
        add_arguments(parser, {"undo": undo_step, "redo": redo_step}[command], yes)


def print_history(context: Context, args: Namespace) -> None:
    """Print the steps of all users, or every change of one record and its parts; the newest first."""
    with context.open_workspace() as workspace:
        if args.ref is None:
            steps = history.list_steps(workspace, args.limit or (NO_LIMIT if args.json else DEFAULT_LIMIT))
            print_result(
                args.json,
                lambda: serialize_value(steps),
                lambda: (
                    "  ".join(
                        (
                            format_short_moment(step.at.astimezone()),
                            step.user,
                            f"{_format_kind(step.kind):4}",
                            format_step_label(step.label),
                        )
                    )
                    for step in steps
                ),
            )
            return
        changes = history.list_changes(workspace, args.ref, iso_dates=args.json)[: args.limit or NO_LIMIT]
        print_result(
            args.json,
            lambda: serialize_value(changes),
            lambda: (
                f"{format_short_moment(change.at.astimezone())}  {change.user}  {format_change(change)}"
                for change in changes
            ),
        )


def _format_kind(kind: str) -> str:
    return pgettext("kind of step", STEP_KINDS[kind])


def undo_step(context: Context, args: Namespace) -> None:
    """Undo the last step; on a terminal only after a question where it is a merge or another person wrote it."""
    with context.open_workspace() as workspace:
        step = history.find_step_to_undo(workspace)
        _confirm_reversal(context, args, workspace, _("{user} made the last step: {label}. Undo it?"), step)
        label = history.undo_step(workspace, step.key, build_progress_hooks(context))
        print_data(context, [], label=format_step_label(label), origin=step.origin)
        text = _("Undone: {label} ({origin}). To redo, run `ahtc redo`.")
        context.print_notice(text.format(label=format_step_label(label), origin=step.origin))
        if step.merged_work:
            context.print_notice(step.merged_work.format_effect())


def redo_step(context: Context, args: Namespace) -> None:
    """Redo the last undone step; on a terminal only after a question where another person undid it."""
    with context.open_workspace() as workspace:
        step = history.find_step_to_redo(workspace)
        _confirm_reversal(context, args, workspace, _("{user} undid the last step: {label}. Redo it?"), step)
        label = history.redo_step(workspace, step.key, build_progress_hooks(context))
        print_data(context, [], label=format_step_label(label), origin=step.origin)
        context.print_notice(
            _("Redone: {label} (undone by {origin}).").format(label=format_step_label(label), origin=step.origin)
        )


def _confirm_reversal(
    context: Context, args: Namespace, workspace: Workspace, question: str, step: ReversibleStep
) -> None:
    """Ask on a terminal before a merge or the step of another person is reversed. Raises Refused without a yes."""
    is_plain = step.user == workspace.database.user and not step.merged_work
    if is_plain or args.yes or not sys.stdin.isatty():
        return
    sentence = question.format(user=step.origin, label=format_step_label(step.label))
    if step.merged_work:
        sentence = step.merged_work.format_question(step.at)
    if not context.confirm(sentence, False):
        raise Refused(_("Nothing was changed."))
