"""`ahtc import KIND FILE...`: what other people send back. A plan first, then one step that one undo takes back.

Each kind lies in a module of its own; what all of them share is in `console.import_report`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.backup import full_export
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import list_input_files, print_report, read_import_options
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, add_verbs, declare_answers, declare_dry_run
from ahtc_tui.cli.imports import actions, contacts
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import TakeMode


def register(parser: ArgumentParser, _command: str) -> None:
    """Declare the kinds of import."""
    take = Argument("--take", choices=[mode.value for mode in TakeMode], default=TakeMode.CLEAN.value)
    shared = (Argument("files", "FILE", nargs="+"), declare_dry_run(), take, declare_answers(), JSON)
    kinds = [
        Verb("replies", run_replies_import, _("replies to invitations: .ics METHOD:REPLY, .eml")),
        *actions.declare_kinds(),
        *contacts.declare_kinds(),
        full_export.declare_import_kind(),
    ]
    add_verbs(parser, *(kind.takes(*shared) for kind in kinds), metavar="KIND")


def run_replies_import(context: Context, args: Namespace) -> int:
    """Answers to invitations; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.replies.service import import_replies

    options = read_import_options(args)
    with context.open_workspace() as workspace:
        report = import_replies(workspace, list_input_files(args), not args.dry_run, options)
    return print_report(context, args, report)
