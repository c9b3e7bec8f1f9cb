"""`ahtc welsh queue`, `ahtc welsh export` and `ahtc welsh import`."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import print_report, read_import_options
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import (
    JSON,
    OUT,
    Argument,
    Switch,
    Verb,
    add_verbs,
    declare_answers,
    declare_dry_run,
    declare_force,
)
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.cli.exports.marking_limit import add_marking_limit
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import TakeMode
from ahtc_tui.services.paths import resolve_input_path, resolve_path


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `welsh`."""
    closed = Switch("--all", _("also closed records and names of organisations"))
    take = Argument("--take", choices=list(TakeMode), default=TakeMode.CLEAN.value)
    details = Switch("--details", _("print identical warnings and questions separately"))
    queue_help = _("text waiting for a translation or review, open records first")
    export_help, export_options = _("save them for a translator: .xlsx or .po"), (OUT, closed, declare_force(), JSON)
    add_verbs(
        parser,
        Verb("queue", print_queue, queue_help, closed, JSON),
        add_marking_limit(Verb("export", export_queue, export_help, *export_options, goes_outside=True)),
        Verb("import", import_translations, _("import the finished translation: .xlsx or .po")).takes(
            Argument("file", "FILE"), declare_dry_run(), take, declare_answers(), details, JSON
        ),
    )


def print_queue(context: Context, args: Namespace) -> None:
    """Print the texts that wait for translation."""
    from ahtc_tui.services.welsh.queue import count_states, list_queue

    with context.open_workspace() as workspace:
        texts = list_queue(workspace, with_closed=args.all)
    if args.json:
        print_json([text.to_json() for text in texts])
        return
    widths = [max((len(getattr(text, name)) for text in texts), default=0) for name in ("ref", "label")]
    rows = [(text.ref, text.label, text.state.label, " ".join(text.en.split())) for text in texts]
    print_lines(format_table(rows, (*widths, max((len(row[2]) for row in rows), default=0), None)))
    context.print_notice(count_states(texts))


def export_queue(context: Context, args: Namespace) -> None:
    """Write the queue for a translator."""
    from ahtc_tui.services.welsh.exchange import export_queue

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        count, marking = export_queue(workspace, target, with_closed=args.all, force=args.force)
    description = ngettext("{n} text to translate", "{n} texts to translate", count)
    print_written_file(context, args, target, description, marking.value, texts=count)


def import_translations(context: Context, args: Namespace) -> int:
    """Import the Welsh of a file; return 1 if a question is open."""
    from ahtc_tui.services.welsh.exchange import import_translations

    options = read_import_options(args)
    with context.open_workspace() as workspace:
        report = import_translations(workspace, resolve_input_path(args.file), options, apply=not args.dry_run)
    return print_report(context, args, report)
