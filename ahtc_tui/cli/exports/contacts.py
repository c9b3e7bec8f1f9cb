"""`ahtc export contacts OUT`: persons, posts and organisations as cards, CSV or a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import ngettext
from ahtc_tui.services.paths import resolve_path

KINDS = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)


def add_kind(kinds: Any) -> ArgumentParser:
    """The flags of this kind of export."""
    parser: ArgumentParser = kinds.add_parser("contacts", help="contacts: .vcf .csv .xlsx", allow_abbrev=False)
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("words", nargs="*", metavar="WORDS")
    parser.add_argument("--kind", choices=[kind.value for kind in KINDS])
    parser.add_argument("--organisation", metavar="X")
    parser.add_argument("--area", metavar="X")
    parser.add_argument("--group", metavar="X", help="who sits on it")
    parser.add_argument("--list", metavar="NAME", help="who is on a circulation list")
    parser.add_argument("--vcard", choices=("3", "4"), default="3", help="the version of a .vcf file")
    parser.set_defaults(run=write_contacts)
    return parser


def write_contacts(context: Context, args: Namespace) -> int:
    """The register, or a part of it."""
    from ahtc_tui.services.exports.contacts import export_contacts

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        count = export_contacts(
            workspace,
            target,
            kind=PartyKind(args.kind) if args.kind else None,
            organisation=args.organisation,
            area=args.area,
            group=args.group,
            circulation=args.list,
            words=" ".join(args.words),
            version=int(args.vcard),
            marking=Marking(args.marking),
            force=args.force,
        )
    return write_messages.print_written_file(
        context, args, target, ngettext("1 contact", "{n} contacts", count), contacts=count
    )
