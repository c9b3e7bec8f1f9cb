"""`ahtc conflicts` and `ahtc resolve`: concurrent changes of one field, and their resolution."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.conflict_report import format_side
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_fields, print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import Conflict, name_answer
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.replication import conflicts


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of `conflicts` or `resolve`."""
    if command == "resolve":
        add_arguments(
            parser, resolve_conflict, Argument("id", "ID"), Argument("answer", "ours|theirs|other|merged|both|VALUE")
        )
    else:
        add_arguments(parser, print_conflicts, JSON)


def print_conflicts(context: Context, args: Namespace) -> int:
    """Print the open conflicts; returns 1 if there are any."""
    with context.open_workspace() as workspace:
        open_conflicts = conflicts.list_conflicts(workspace, iso_dates=args.json)
    if args.json:
        print_json(serialize_value(open_conflicts))
    elif open_conflicts:
        print_lines(line for conflict in open_conflicts for line in _format_conflict(conflict))
        context.print_notice(
            _("To decide one, run `ahtc resolve ID ours` or another of the words before the values, or type a value.")
        )
    else:
        context.print_notice(_("There are no open conflicts."))
    return 1 if open_conflicts else 0


def resolve_conflict(context: Context, args: Namespace) -> None:
    """Resolve a conflict and print the number of those left."""
    with context.open_workspace() as workspace:
        conflict = conflicts.resolve_conflict(workspace, args.id, args.answer)
        left = conflicts.count_conflicts(workspace)
    print_data(context, [], ref=conflict.ref, field=conflict.field, left=left)
    context.print_notice(
        _("Resolved: {ref} {field}. {n} left.").format(ref=conflict.ref, field=format_field(conflict.field), n=left)
    )


def _format_conflict(conflict: Conflict) -> Iterator[str]:
    yield f"{conflict.id}  {conflict.ref}  {conflict.field}  {conflict.title or ''}".rstrip()
    pairs = (
        (_("before"), conflict.base),
        *((name_answer(number), format_side(side)) for number, side in enumerate(conflict.sides)),
        (_("merged"), conflict.merged),
        (_("their record"), conflict.other_ref),
        (_("why"), conflict.why.sentence),
        (_("shown until decided"), (conflict.shown or "–") if conflict.is_shown else None),
    )
    yield from (f"  {line}" for line in format_fields(pairs))
