"""`ahtc contacts lists`, `list-save`, `list-add`, `list-drop` and `list-delete`: circulation lists."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_filter_words
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.contacts.circulation_lists import ListRow
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value


def declare_verbs() -> list[Verb]:
    """Return the verbs of circulation lists."""
    name, contact = Argument("name"), Argument("who", "CONTACT")
    words = declare_filter_words(FilterNoun.CONTACTS)
    return [
        Verb("lists", print_lists, _("circulation lists"), JSON),
        Verb("list-save", save_filter_list, _("save a filter as a list"), name, words, JSON),
        Verb("list-add", add_or_drop_contact, _("add a contact to a list"), name, contact, dropped=False),
        Verb("list-drop", add_or_drop_contact, _("remove a contact from a list"), name, contact, dropped=True),
        Verb("list-delete", remove_list, _("delete a list; the contacts are kept"), name),
    ]


def print_lists(context: Context, args: Namespace) -> None:
    """Print the circulation lists with their filters and numbers of members."""
    from ahtc_tui.services.contacts.circulation_lists import list_lists

    with context.open_workspace() as workspace:
        rows = list_lists(workspace)
    count = ngettext("1 circulation list", "{n} circulation lists", len(rows))
    print_list(context, rows, serialize_value, _list_cells, (30, 12, None, 30), count)


def _list_cells(row: ListRow) -> tuple[str, ...]:
    by_hand = [*(f"+{ref}" for ref in row.added), *(f"-{ref}" for ref in row.dropped)]
    missing = row.fault or (_("{n} without an address").format(n=row.no_address) if row.no_address else "")
    return row.name, ngettext("1 member", "{n} members", row.members), " ".join((row.filter, *by_hand)).strip(), missing


def save_filter_list(context: Context, args: Namespace) -> None:
    """Save a filter as a circulation list."""
    from ahtc_tui.services.contacts.circulation_lists import save_list

    with context.open_workspace() as workspace:
        row = save_list(workspace, args.name, join_arguments(args.words))
    _print_written_list(context, row)


def add_or_drop_contact(context: Context, args: Namespace) -> None:
    """Add a contact to a list by hand, or exclude one."""
    from ahtc_tui.services.contacts.circulation_lists import set_membership

    with context.open_workspace() as workspace:
        row = set_membership(workspace, args.name, args.who, dropped=args.dropped)
    _print_written_list(context, row)


def remove_list(context: Context, args: Namespace) -> None:
    """Remove a circulation list; its contacts are kept."""
    from ahtc_tui.services.contacts.circulation_lists import delete_list

    with context.open_workspace() as workspace:
        name = delete_list(workspace, args.name)
    print_data(context, [], name=name, removed=True)
    context.print_undoable(_("{name} removed.").format(name=name))


def _print_written_list(context: Context, row: ListRow) -> None:
    print_result(context.as_json, lambda: serialize_value(row), lambda: [row.name])
    context.print_undoable(ngettext("{name}: 1 member.", "{name}: {n} members.", row.members, name=row.name))
