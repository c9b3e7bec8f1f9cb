"""`ahtc import KIND FILE...`: what other people send back. A plan first, then one step that one undo takes back.

Each kind lies in a module of its own; what all of them share is in `console.import_report`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.backup import full_export
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import files_of, told, wished
from ahtc_tui.cli.imports import actions, contacts
from ahtc_tui.domain.imports.report import Take


def build(parser: ArgumentParser, _command: str) -> None:
    """Each kind of file."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    answers = kinds.add_parser("replies", help="answers to invitations: .ics METHOD:REPLY, .eml", allow_abbrev=False)
    answers.set_defaults(run=replies)
    others = (*contacts.add_kinds(kinds), full_export.add_import(kinds))
    for kind in (actions.add_kind(kinds), answers, *others):
        kind.add_argument("files", nargs="+", metavar="FILE")
        kind.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
        kind.add_argument("--take", choices=[each.value for each in Take], default=Take.CLEAN.value)
        kind.add_argument("--answers", metavar="FILE.json", help='{"question id": "ours|theirs|both|skip|a value"}')
        kind.add_argument("--json", action="store_true")


def replies(context: Context, chosen: Namespace) -> int:
    """Answers to invitations; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.replies.service import read_replies

    wishes = wished(chosen)
    with context.workspace() as workspace:
        report = read_replies(workspace, files_of(chosen), not chosen.dry_run, wishes)
    return told(context, chosen, report)
