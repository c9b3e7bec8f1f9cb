"""`ahtc exports list` and `ahtc exports clear`: the files in the exports folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import parse_days
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_message, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, add_verbs, declare_dry_run, declare_yes
from ahtc_tui.cli.publication import commands as publication
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sizes import format_size

if TYPE_CHECKING:
    from ahtc_tui.services.exports.exports_folder import ExportedFile


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `exports`."""
    older = Argument("--older-than", "90d", _("files not changed for at least this long"), required=True)
    add_verbs(
        parser,
        Verb("list", list_exports, _("the files in the exports folder, with age and marking"), JSON),
        Verb("clear", clear_exports, _("remove old exports"), older, declare_dry_run(), declare_yes(), JSON),
        publication.declare_export_verb(),
    )


def list_exports(context: Context, args: Namespace) -> None:
    """Print the exports, the oldest first."""
    from ahtc_tui.services.exports import exports_folder
    from ahtc_tui.services.workspace import read_system_time

    files = exports_folder.list_exports(context.root, read_system_time())
    print_result(args.json, lambda: [serialize_value(file) for file in files], lambda: _format_files(files))
    if not files and not args.json:
        context.print_notice(_("There are no exports."))


def clear_exports(context: Context, args: Namespace) -> int:
    """Remove exports older than a number of days, on a terminal after a question.

    Returns 1 if a file cannot be removed.
    """
    from ahtc_tui.services.exports import exports_folder
    from ahtc_tui.services.workspace import read_system_time

    root, now, older = context.root, read_system_time(), timedelta(days=parse_days(args.older_than))
    report = exports_folder.clear_exports(root, now, older, dry_run=True)
    if report.removed and not args.dry_run:
        if sys.stdin.isatty() and not args.yes:
            print_message(*_format_files(report.removed))
            question = ngettext("Remove 1 file?", "Remove {n} files?", len(report.removed))
            if not context.confirm(question, yes=False):
                raise Refused(_("Nothing was removed."))
        report = exports_folder.clear_exports(root, now, older)
    print_result(args.json, lambda: serialize_value(report), lambda: _format_files(report.removed))
    number = ngettext("1 file", "{n} files", len(report.removed))
    sentence = _("{files} would be removed (--dry-run).") if args.dry_run else _("{files} removed.")
    context.print_notice(sentence.format(files=number))
    for name in report.failed:
        print_message(_("{path} cannot be removed.").format(path=name))
    return 1 if report.failed else 0


def _format_files(files: list[ExportedFile] | tuple[ExportedFile, ...]) -> list[str]:
    cells = [
        (
            ngettext("1 day old", "{n} days old", file.age_days) if file.age_days else _("made today"),
            format_size(file.bytes),
            file.marking.label if file.marking else "–",
            file.path,
        )
        for file in files
    ]
    return list(format_table(cells, (14, 9, 18, None), numbers={1}))
