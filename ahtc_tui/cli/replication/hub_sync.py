"""`ahtc sync URL`: the same merge with the office hub. One step here that one undo takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.import_report import answers_of, told
from ahtc_tui.cli.replication.merge import TAKES
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import SyncReport, Wishes

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
    parser.set_defaults(run=sync)


def sync(context: Context, chosen: Namespace) -> int:
    """Meet the hub; exit code 1 if something is left to decide."""
    from ahtc_tui.services.replication.hub_sync import sync as met

    if len(chosen.url) > 1:  # argparse would repeat the second, and there may be a password in it
        raise BadInput(_("ahtc sync wants one address."))
    wishes = Wishes(answers=answers_of(chosen))
    with context.workspace() as workspace:
        report = met(
            workspace,
            chosen.url[0],
            wishes,
            take="" if chosen.take == TAKES[0] else chosen.take,
            apply=not chosen.dry_run,
        )
    code = told(context, chosen, report, dry_run=chosen.dry_run)
    if not chosen.json:
        for file in report.files:
            if isinstance(file, SyncReport):
                lines = say_number(file.sent, _("1 line of the journal"), _("{n} lines of the journal"))
                context.say(
                    (_("Would be sent: {lines}.") if chosen.dry_run else _("Sent to the hub: {lines}.")).format(
                        lines=lines
                    )
                )
    return code
