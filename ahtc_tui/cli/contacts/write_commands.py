"""`ahtc contacts add` and `edit`: what is written to the register."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.groups.write_commands import add_rename_verb
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import ErasedBefore
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import service as contacts

if TYPE_CHECKING:
    pass

KINDS = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)

FLAGS = {
    "organisation": "where it belongs, or what it is a part of",
    "email": "",
    "phone": "",
    "area": "a place: Gwent, Dyfed-Powys",
    "short": "a short name",
    "role": "what a person does",
    "language": "the language that a person wishes: en or cy",
    "type": "of an organisation: police, ngo, local-authority",
    "source": "where it is known from",
}


def build(verbs: Any) -> None:
    """The verbs that write."""
    adding: ArgumentParser = verbs.add_parser("add", help="a person, post or organisation", allow_abbrev=False)
    adding.add_argument("name")
    adding.add_argument("--kind", required=True, choices=[kind.value for kind in KINDS])
    for name, words in FLAGS.items():
        adding.add_argument(f"--{name}", help=words or None)
    adding.add_argument("--yes", action="store_true", help="add a person who may have been erased")
    adding.set_defaults(run=add_contact)
    editing = add_edit_verb(verbs, "fields of one contact", edit_contact)
    add_rename_verb(verbs, tuple(kind.value for kind in KINDS))
    for verb in (adding, editing):
        verb.add_argument("--json", action="store_true")


def add_contact(context: Context, args: Namespace) -> int:
    """`contacts add`."""
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    values = collect_flags(args, FLAGS)
    fields = {"name": args.name, "kind": args.kind, **values}
    with context.open_workspace() as workspace:
        draft = build_contact_draft(fields, workspace.today())
        with suggest_yes_flag():
            row = contacts.add_contact(workspace, draft, allow_erased=args.yes)
    return write_messages.print_written_party(context, row, args.json)


def edit_contact(context: Context, args: Namespace) -> int:
    """`contacts edit`."""
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    with context.open_workspace() as workspace:
        draft = build_contact_draft(parse_field_values(args.fields), workspace.today())
        row = contacts.edit_contact(workspace, args.ref, draft)
    return write_messages.print_written_party(context, row, args.json)


@contextmanager
def suggest_yes_flag() -> Iterator[None]:
    """What refuses somebody who may have been erased names the flag that lets them in."""
    try:
        yield
    except ErasedBefore as error:
        raise ErasedBefore(_("{reason} --yes adds the person all the same.").format(reason=error)) from None
