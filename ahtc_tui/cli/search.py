"""`ahtc search`: full-text search in all records, minutes and updates included."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.argument_types import NO_LIMIT
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, LIMIT, Argument, add_arguments
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_record_kind
from ahtc_tui.services.search import propose_words, search_records

DEFAULT_LIMIT = 100
"""Hits that are printed as text without --limit; JSON has all."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments of `search`."""
    words = Argument("words", "WORDS", nargs="+")
    add_arguments(parser, print_hits, words, LIMIT, JSON, shows_names=True, reads_state=True)


def print_hits(context: Context, args: Namespace) -> None:
    """Print the records that match; returns 0 if there are none as well."""
    words = " ".join(args.words)
    if not any(letter.isalnum() for letter in words):
        raise BadInput(_('"{text}" has no word to search for.').format(text=words.strip()))
    limit = args.limit or (NO_LIMIT if args.json else DEFAULT_LIMIT)
    with context.open_workspace() as workspace:
        hits = search_records(workspace, words, limit)
        proposal = None if hits else propose_words(workspace, words)
    if args.json:
        from ahtc_tui.domain.serialization import serialize_value

        print_json({"hits": [], "did_you_mean": proposal} if proposal else serialize_value(hits), marks=context.marks)
    else:
        more = ("" if hit.snippet in (hit.title, hit.ref) else hit.snippet for hit in hits)
        lines = [
            (format_record_kind(hit.kind), hit.ref, hit.title, words) for hit, words in zip(hits, more, strict=True)
        ]
        print_lines(format_table(lines, (20, 28, None, 40), marks=context.marks, ref=1))
        if not hits:
            sentence = (
                _('No record has "{text}". Did you mean {nearest}?') if proposal else _('No record has "{text}".')
            )
            context.print_notice(sentence.format(text=words.strip(), nearest=proposal))
        if len(hits) == limit:
            context.print_notice(_("{n} shown (--limit 0 shows all)").format(n=limit))
