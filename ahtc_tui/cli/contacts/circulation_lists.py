"""`ahtc contacts lists`, `list-save`, `list-add`, `list-drop` and `list-delete`: circulation lists."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.circulation_lists import ListRow

FILTER_HELP = "words, and kind:person, organisation:X, area:X, group:X; empty for a list that is kept by hand"


def build(verbs: Any) -> None:
    """The verbs of circulation lists."""
    listing: ArgumentParser = verbs.add_parser("lists", help="circulation lists", allow_abbrev=False)
    listing.set_defaults(run=print_lists)
    saving: ArgumentParser = verbs.add_parser("list-save", help="save a filter as a list", allow_abbrev=False)
    saving.add_argument("name")
    saving.add_argument("filter", nargs="*", metavar="FILTER", help=FILTER_HELP)
    saving.set_defaults(run=save_filter_list)
    for verb, words, dropped in (("list-add", "put on a list by hand", False), ("list-drop", "take off a list", True)):
        putting: ArgumentParser = verbs.add_parser(verb, help=words, allow_abbrev=False)
        putting.add_argument("name")
        putting.add_argument("who", metavar="WHO")
        putting.set_defaults(run=add_or_drop_contact, dropped=dropped)
    deleting: ArgumentParser = verbs.add_parser(
        "list-delete", help="remove a list, and nobody on it", allow_abbrev=False
    )
    deleting.add_argument("name")
    deleting.set_defaults(run=remove_list)
    listing.add_argument("--json", action="store_true")
    saving.add_argument("--json", action="store_true")


def print_lists(context: Context, args: Namespace) -> int:
    """`contacts lists`."""
    from ahtc_tui.services.contacts.circulation_lists import list_lists

    with context.open_workspace() as workspace:
        rows = list_lists(workspace)
    if args.json:
        print_json(serialize_value(rows))
    else:
        print_lines(format_table([_list_cells(row) for row in rows], (30, 12, None, 30)))
        context.print_notice(ngettext("1 circulation list", "{n} circulation lists", len(rows)))
    return 0


def _list_cells(row: ListRow) -> tuple[str, ...]:
    by_hand = [*(f"+{ref}" for ref in row.added), *(f"-{ref}" for ref in row.dropped)]
    missing = _("{n} without an address").format(n=row.no_address) if row.no_address else ""
    return row.name, _("{n} on it").format(n=row.members), " ".join((row.filter, *by_hand)).strip(), missing


def save_filter_list(context: Context, args: Namespace) -> int:
    """`contacts list-save`; a filter of one argument is taken as it was typed."""
    import shlex

    from ahtc_tui.services.contacts.circulation_lists import save_list

    words = args.filter[0] if len(args.filter) == 1 else shlex.join(args.filter)
    with context.open_workspace() as workspace:
        row = save_list(workspace, args.name, words)
    return _print_written_list(context, row, args.json)


def add_or_drop_contact(context: Context, args: Namespace) -> int:
    """`contacts list-add` and `list-drop`."""
    from ahtc_tui.services.contacts.circulation_lists import set_membership

    with context.open_workspace() as workspace:
        row = set_membership(workspace, args.name, args.who, dropped=args.dropped)
    return _print_written_list(context, row, False)


def remove_list(context: Context, args: Namespace) -> int:
    """`contacts list-delete`."""
    from ahtc_tui.services.contacts.circulation_lists import delete_list

    with context.open_workspace() as workspace:
        name = delete_list(workspace, args.name)
    context.print_notice(_("{name} removed. `ahtc undo` takes it back.").format(name=name))
    return 0


def _print_written_list(context: Context, row: ListRow, as_json: bool) -> int:
    if as_json:
        print_json(serialize_value(row))
    else:
        print_lines([row.name])
    context.print_notice(_("{name}: {n} on it. `ahtc undo` takes it back.").format(name=row.name, n=row.members))
    return 0
