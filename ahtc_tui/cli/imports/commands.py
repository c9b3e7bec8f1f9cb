"""`ahtc import KIND FILE...`: what other people send back. A plan first, then one step that one undo takes back.

Each kind lies in a module of its own; what all of them share is in `console.import_report`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.backup import full_export
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import list_input_files, print_report, read_import_options
from ahtc_tui.cli.imports import actions, contacts
from ahtc_tui.domain.imports.report import TakeMode


def build(parser: ArgumentParser, _command: str) -> None:
    """Each kind of file."""
    subparsers = parser.add_subparsers(required=True, metavar="KIND")
    replies_parser = subparsers.add_parser(
        "replies", help="answers to invitations: .ics METHOD:REPLY, .eml", allow_abbrev=False
    )
    replies_parser.set_defaults(run=run_replies_import)
    more_parsers = (*contacts.add_parsers(subparsers), full_export.add_import_kind(subparsers))
    for kind_parser in (actions.add_actions_parser(subparsers), replies_parser, *more_parsers):
        kind_parser.add_argument("files", nargs="+", metavar="FILE")
        kind_parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
        kind_parser.add_argument("--take", choices=[mode.value for mode in TakeMode], default=TakeMode.CLEAN.value)
        kind_parser.add_argument(
            "--answers", metavar="FILE.json", help='{"question id": "ours|theirs|both|skip|a value"}'
        )
        kind_parser.add_argument("--json", action="store_true")


def run_replies_import(context: Context, args: Namespace) -> int:
    """Answers to invitations; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.replies.service import import_replies

    options = read_import_options(args)
    with context.open_workspace() as workspace:
        report = import_replies(workspace, list_input_files(args), not args.dry_run, options)
    return print_report(context, args, report)
