"""`ahtc search`: words in every record, minutes and updates included."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.console.argument_types import ALL, count
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.search import find

SHOWN = 100
"""Lines of text that are shown unless --limit says otherwise; JSON is always whole."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The one command."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("--limit", type=count, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(context: Context, chosen: Namespace) -> int:
    """Print what was found; nothing found is no error."""
    limit = chosen.limit or (ALL if chosen.json else SHOWN)
    with context.workspace() as workspace:
        hits = find(workspace, " ".join(chosen.words), limit)
    if chosen.json:
        print_json(plain(hits))
    else:
        more = ("" if hit.snippet in (hit.title, hit.ref) else hit.snippet for hit in hits)
        lines = [(hit.kind, hit.ref, hit.title, words) for hit, words in zip(hits, more, strict=True)]
        print_lines(table(lines, (14, 28, None, 40)))
        if len(hits) == limit:
            context.say(_("{n} shown: --limit 0 shows all").format(n=limit))
    return 0
