"""`ahtc sync URL`: the same merge with the office hub. One step here that one undo takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.import_report import print_report, read_answers
from ahtc_tui.cli.replication.merge import TAKES
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import ImportOptions, SyncReport

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context


def build(parser: ArgumentParser, _command: str) -> None:
    """The flags are those of a merge."""
    parser.add_argument("url", metavar="URL", nargs="+", help="postgresql+psycopg://USER@HOST/DATABASE")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do on both sides, and do nothing")
    parser.add_argument(
        "--take",
        choices=TAKES,
        default=TAKES[0],
        help="what becomes of what both wrote: left to decide (clean), or decided at once",
    )
    parser.add_argument("--answers", metavar="FILE.json", help='{"question id": "ours|theirs|both|skip|a value"}')
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=sync_with_hub)


def sync_with_hub(context: Context, args: Namespace) -> int:
    """Meet the hub; exit code 1 if something is left to decide."""
    from ahtc_tui.services.replication.hub_sync import sync_with_hub as met

    if len(args.url) > 1:  # argparse would repeat the second, and there may be a password in it
        raise BadInput(_("ahtc sync wants one address."))
    options = ImportOptions(answers=read_answers(args))
    with context.open_workspace() as workspace:
        report = met(
            workspace,
            args.url[0],
            options,
            take="" if args.take == TAKES[0] else args.take,
            apply=not args.dry_run,
        )
    code = print_report(context, args, report, dry_run=args.dry_run)
    if not args.json:
        for file in report.files:
            if isinstance(file, SyncReport):
                lines = ngettext("1 line of the journal", "{n} lines of the journal", file.sent)
                context.print_notice(
                    (_("Would be sent: {lines}.") if args.dry_run else _("Sent to the hub: {lines}.")).format(
                        lines=lines
                    )
                )
    return code
