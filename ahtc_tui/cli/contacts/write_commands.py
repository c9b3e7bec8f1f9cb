"""`ahtc contacts add` and `edit`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values, split_changes
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import JSON, Argument, EditVerb, Verb, declare_kind_filter, declare_options, declare_yes
from ahtc_tui.cli.console.write_messages import print_written, print_written_party
from ahtc_tui.cli.groups.commands import declare_rename_verb
from ahtc_tui.domain.contacts.contact_points import POINT_COLUMNS
from ahtc_tui.domain.contacts.fields import ALL_FIELDS, KINDS
from ahtc_tui.domain.errors import BadInput, ErasedBefore
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import service as contacts


def declare_verbs() -> list[Verb]:
    """Return the verbs `add`, `edit` and `rename`."""
    return [
        Verb("add", add_contact, _("add a person, post or organisation; prints the reference")).takes(
            Argument("name"),
            declare_kind_filter(required=True),
            *declare_options(field for field in ALL_FIELDS if field.name != "kind"),
            declare_yes(_("add a person even if they may have been erased")),
            JSON,
        ),
        declare_remove_verb("contact"),
        EditVerb(
            edit_contact,
            list_choices_by_field(ALL_FIELDS),
            Argument("--from", "D", _("the first date of a new address"), dest="from_on"),
        ),
        declare_rename_verb(tuple(kind.value for kind in KINDS)),
    ]


def add_contact(context: Context, args: Namespace) -> None:
    """Add a contact. Raises ErasedBefore if the person may have been erased and --yes is missing."""
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    fields = collect_flags(args, ("name", *list_names(ALL_FIELDS, Place.ADD)))
    with context.open_workspace() as workspace:
        draft = build_contact_draft(fields, workspace.today())
        namesakes = contacts.list_namesakes(workspace, draft)
        with suggest_yes_flag():
            row = contacts.add_contact(workspace, draft, allow_erased=args.yes)
    print_written(context, row.ref, namesakes=namesakes)
    context.print_undoable(f"{row.ref}: {context.show_names(row).name}.")
    if namesakes:
        context.print_notice(_("This name is in the register already: {refs}.").format(refs=", ".join(namesakes)))


def edit_contact(context: Context, args: Namespace) -> None:
    """Edit the fields of a contact, add or remove a phone or an email, or add an address that is valid from a date."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    plain, added, removed = split_changes(args.fields, POINT_COLUMNS)
    values = parse_field_values(plain)
    with context.open_workspace() as workspace:
        draft = build_contact_draft(values, workspace.today())
        if args.from_on is None:
            row = contacts.edit_contact(workspace, args.ref, draft, added, removed)
        elif added or removed:
            raise BadInput(_("--from is the first date of an address. Leave it out for phones and emails."))
        else:
            first = read_date(args.from_on, workspace.today())
            row = contacts.move_contact(workspace, args.ref, draft, first)
    print_written_party(context, row)


@contextmanager
def suggest_yes_flag() -> Iterator[None]:
    """Add to the message of ErasedBefore that --yes adds the person."""
    try:
        yield
    except ErasedBefore as error:
        raise ErasedBefore(_("{reason} To add the person anyway, use --yes.").format(reason=error)) from None
