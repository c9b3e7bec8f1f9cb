"""`ahtc search`: words in every record, minutes and updates included."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.console.argument_types import NO_LIMIT, parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.search import search_records

DEFAULT_LIMIT = 100
"""Lines of text that are shown unless --limit says otherwise; JSON is always whole."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The one command."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("--limit", type=parse_limit, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=print_hits)


def print_hits(context: Context, args: Namespace) -> int:
    """Print what was found; nothing found is no error."""
    limit = args.limit or (NO_LIMIT if args.json else DEFAULT_LIMIT)
    with context.open_workspace() as workspace:
        hits = search_records(workspace, " ".join(args.words), limit)
    if args.json:
        print_json(serialize_value(hits))
    else:
        more = ("" if hit.snippet in (hit.title, hit.ref) else hit.snippet for hit in hits)
        lines = [(hit.kind, hit.ref, hit.title, words) for hit, words in zip(hits, more, strict=True)]
        print_lines(format_table(lines, (14, 28, None, 40)))
        if len(hits) == limit:
            context.print_notice(_("{n} shown: --limit 0 shows all").format(n=limit))
    return 0
