"""`ahtc contacts interests` and `interest`: the register of interests."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import JSON, Argument, EditVerb, Noun, Switch, Verb
from ahtc_tui.cli.console.write_messages import edit_draft, list_written, save_draft
from ahtc_tui.domain.contacts.interests import InterestRow, format_interest
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record

FIELDS = ("organisation", "declared_on", "from_on", "to_on", "note")


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of the register of interests."""
    organisation = Argument("--organisation", "X", _("the organisation concerned"))
    return [
        Verb("interests", print_interests, _("the register of interests, or one contact's part")).takes(
            Argument("who", "CONTACT", nargs="?"), organisation, Switch("--all", _("also ended ones")), JSON
        ),
        Noun(
            "interest",
            _("add, edit or remove declared interests"),
            Verb("add", add_interest, _("record an interest declared by a contact")).takes(
                Argument("who", "CONTACT"),
                Argument("text", "TEXT"),
                organisation,
                Argument("--declared-on", "D", _("the declaration date; today by default")),
                Argument("--from", "D", _("the interest's first date"), dest="from_on"),
                Argument("--to", "D", _("the interest's last date"), dest="to_on"),
                Argument("--note", "T"),
                JSON,
            ),
            EditVerb(edit_interest, "engagement.InterestDraft"),
            declare_remove_verb("interest"),
        ),
    ]


def print_interests(context: Context, args: Namespace) -> None:
    """Print the register of interests."""
    from ahtc_tui.services.contacts import interests

    with context.open_workspace() as workspace:
        rows = interests.list_interests(workspace, args.who, args.organisation, ended=args.all)
    count = ngettext("1 interest", "{n} interests", len(rows))
    print_list(context, rows, _interest_data, _interest_cells, (10, 30, None), count)


def _interest_cells(row: InterestRow) -> tuple[str, ...]:
    return row.ref, row.name, format_interest(row)


def _interest_data(row: InterestRow) -> dict[str, Any]:
    return serialize_record(row, "declared_on", "from_on", "to_on")


def add_interest(context: Context, args: Namespace) -> None:
    """Record an interest and print its reference."""
    from ahtc_tui.domain.drafts.engagement import build_interest_draft
    from ahtc_tui.services.contacts import interests

    values = {"text": args.text, **collect_flags(args, FIELDS)}
    row = save_draft(
        context,
        build_interest_draft,
        lambda workspace, draft: interests.add_interest(workspace, args.who, draft),
        values,
    )
    _print_written(context, args, row)


def edit_interest(context: Context, args: Namespace) -> None:
    """Edit the fields of an interest."""
    from ahtc_tui.domain.drafts.engagement import build_interest_draft
    from ahtc_tui.services.contacts import interests

    _print_written(context, args, edit_draft(context, args, build_interest_draft, interests.edit_interest))


def _print_written(context: Context, args: Namespace, row: InterestRow) -> None:
    print_result(args.json, lambda: _interest_data(row), lambda: list_written(context, row.ref))
    shown = context.show_names(row)
    context.print_undoable(f"{row.ref}: {shown.name}, {format_interest(shown)}.")
