"""`ahtc search`: words in every record, minutes and updates included."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.fields import count
from ahtc_tui.cli.output import print_json, print_lines, table
from ahtc_tui.domain.as_data import plain
from ahtc_tui.services.search import find


def build(parser: ArgumentParser, _command: str) -> None:
    """The one command."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("--limit", type=count, default=100, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(context: Context, chosen: Namespace) -> int:
    """Print what was found; nothing found is no error."""
    with context.workspace() as workspace:
        hits = find(workspace, " ".join(chosen.words), chosen.limit)
    if chosen.json:
        print_json(plain(hits))
    else:
        print_lines(table([(hit.kind, hit.ref, hit.title, hit.snippet) for hit in hits], (14, 28, None, 40)))
    return 0
