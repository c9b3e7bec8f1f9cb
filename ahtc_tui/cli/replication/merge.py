"""`ahtc merge FILE.ahtc`: the work of another laptop. A plan first, then one step that one undo takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.import_report import answers_of, told
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Wishes
from ahtc_tui.services.paths import incoming

if TYPE_CHECKING:
    from pathlib import Path

    from ahtc_tui.cli.console.context import Context

TAKES = ("clean", "ours", "theirs")


def build(parser: ArgumentParser, _command: str) -> None:
    """The flags are those of an import."""
    parser.add_argument("file", metavar="FILE.ahtc")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
    parser.add_argument(
        "--take",
        choices=TAKES,
        default=TAKES[0],
        help="what becomes of what both wrote: left to decide (clean), or decided at once",
    )
    parser.add_argument("--answers", metavar="FILE.json", help='{"question id": "ours|theirs|both|skip|a value"}')
    passphrase_input.add_flag(parser, _("the passphrase of the file is a line of standard input"))
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=merge)


def merge(context: Context, chosen: Namespace) -> int:
    """Bring it in; exit code 1 if something is left to decide."""
    from ahtc_tui.services.replication.merge import merge_file

    path, wishes = incoming(chosen.file), Wishes(answers=answers_of(chosen))
    with context.workspace() as workspace:
        report = merge_file(
            workspace,
            path,
            wishes,
            key=_key(chosen, path),
            take="" if chosen.take == TAKES[0] else chosen.take,
            apply=not chosen.dry_run,
        )
    return told(context, chosen, report, dry_run=chosen.dry_run)


def _key(chosen: Namespace, path: Path) -> str | None:
    """The passphrase of an encrypted file. Raises StoreError where it is given nowhere."""
    from ahtc_tui.services.recovery.passphrase import wants_one

    if not wants_one(path):
        return None
    return passphrase_input.of_file(path.name, passphrase_input.from_stdin(1) if chosen.passphrase_stdin else None)
