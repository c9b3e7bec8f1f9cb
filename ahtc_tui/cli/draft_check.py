"""`ahtc check-draft`: the numbers, names and dates of a document against the records."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, add_arguments
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_input_path

if TYPE_CHECKING:
    from ahtc_tui.services.documents.draft_check import CheckedClaim


def register(parser: CommandParser, _command: str) -> None:
    """Declare the argument of `check-draft`."""
    file = Argument("file", "FILE", _("a .docx, .odt, .html, .md or .txt file"), nargs="?")
    sentences = Switch("--sentences", _("list the ready sentences, such as {late actions of UCLan}"))
    add_arguments(parser, check_file, file, sentences, JSON)


def check_file(context: Context, args: Namespace) -> int:
    """Print each claim with the record that supports it; return 1 if a claim has no record."""
    from ahtc_tui.services.documents.draft_check import check_draft, count_unsupported

    if args.sentences:
        return _print_sentences(context, args)
    if args.file is None:
        raise BadInput(_("Name the file to check, or add --sentences."))
    with context.open_workspace() as workspace:
        claims = check_draft(workspace, resolve_input_path(args.file))
    labels = {"number": _("number"), "name": _("name"), "date": _("date"), "reference": _("reference")}
    rows = [
        (labels[claim.kind], claim.text, _format_record(claim))
        for claim in sorted(claims, key=lambda claim: claim.supported)
    ]
    print_result(args.json, lambda: serialize_value(claims), lambda: format_table(rows, (10, None, 32)))
    count = count_unsupported(claims)
    sentence = ngettext("{n} claim has no record.", "{n} claims have no record.", count)
    context.print_notice(sentence.format(n=count) if count else _("The records support every claim."))
    return 1 if count else 0


def _format_record(claim: CheckedClaim) -> str:
    if not claim.supported:
        return _("not in the records")
    return claim.record or _("in the records")


def _print_sentences(context: Context, args: Namespace) -> int:
    """Print the forms of ready sentences, and those about figures and practices of the records."""
    from ahtc_tui.services.documents.ready_sentences import list_completions

    with context.open_workspace() as workspace:
        sentences = list_completions(workspace)
    print_result(args.json, lambda: sentences, lambda: sentences)
    return 0
