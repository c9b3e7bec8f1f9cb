"""`ahtc contacts lists`, `list-save`, `list-add`, `list-drop` and `list-delete`: circulation lists."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.circulation_lists import ListRow

FILTER = "words, and kind:person, organisation:X, area:X, group:X; empty for a list that is kept by hand"


def build(verbs: Any) -> None:
    """The verbs of circulation lists."""
    listing: ArgumentParser = verbs.add_parser("lists", help="circulation lists", allow_abbrev=False)
    listing.set_defaults(run=lists)
    saving: ArgumentParser = verbs.add_parser("list-save", help="save a filter as a list", allow_abbrev=False)
    saving.add_argument("name")
    saving.add_argument("filter", nargs="*", metavar="FILTER", help=FILTER)
    saving.set_defaults(run=save)
    for verb, words, dropped in (("list-add", "put on a list by hand", False), ("list-drop", "take off a list", True)):
        putting: ArgumentParser = verbs.add_parser(verb, help=words, allow_abbrev=False)
        putting.add_argument("name")
        putting.add_argument("who", metavar="WHO")
        putting.set_defaults(run=put, dropped=dropped)
    deleting: ArgumentParser = verbs.add_parser(
        "list-delete", help="remove a list, and nobody on it", allow_abbrev=False
    )
    deleting.add_argument("name")
    deleting.set_defaults(run=delete)
    listing.add_argument("--json", action="store_true")
    saving.add_argument("--json", action="store_true")


def lists(context: Context, chosen: Namespace) -> int:
    """`contacts lists`."""
    from ahtc_tui.services.contacts.circulation_lists import list_lists

    with context.workspace() as workspace:
        rows = list_lists(workspace)
    if chosen.json:
        print_json(plain(rows))
    else:
        print_lines(table([_line(row) for row in rows], (30, 12, None, 30)))
        context.say(say_number(len(rows), _("1 circulation list"), _("{n} circulation lists")))
    return 0


def _line(row: ListRow) -> tuple[str, ...]:
    by_hand = [*(f"+{ref}" for ref in row.added), *(f"-{ref}" for ref in row.dropped)]
    none = _("{n} without an address").format(n=row.no_address) if row.no_address else ""
    return row.name, _("{n} on it").format(n=row.members), " ".join((row.filter, *by_hand)).strip(), none


def save(context: Context, chosen: Namespace) -> int:
    """`contacts list-save`; a filter of one argument is taken as it was typed."""
    import shlex

    from ahtc_tui.services.contacts.circulation_lists import save_list

    words = chosen.filter[0] if len(chosen.filter) == 1 else shlex.join(chosen.filter)
    with context.workspace() as workspace:
        row = save_list(workspace, chosen.name, words)
    return _said(context, row, chosen.json)


def put(context: Context, chosen: Namespace) -> int:
    """`contacts list-add` and `list-drop`."""
    from ahtc_tui.services.contacts.circulation_lists import put_on

    with context.workspace() as workspace:
        row = put_on(workspace, chosen.name, chosen.who, dropped=chosen.dropped)
    return _said(context, row, False)


def delete(context: Context, chosen: Namespace) -> int:
    """`contacts list-delete`."""
    from ahtc_tui.services.contacts.circulation_lists import delete_list

    with context.workspace() as workspace:
        name = delete_list(workspace, chosen.name)
    context.say(_("{name} removed. `ahtc undo` takes it back.").format(name=name))
    return 0


def _said(context: Context, row: ListRow, as_json: bool) -> int:
    if as_json:
        print_json(plain(row))
    else:
        print_lines([row.name])
    context.say(_("{name}: {n} on it. `ahtc undo` takes it back.").format(name=row.name, n=row.members))
    return 0
