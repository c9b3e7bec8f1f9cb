"""`ahtc merge FILE.ahtc`: the work of another laptop. A plan first, then one step that one undo takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.import_report import print_report, read_answers
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.paths import resolve_input_path

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
    passphrase_input.add_passphrase_flag(parser, _("the passphrase of the file is a line of standard input"))
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=merge_workspace)


def merge_workspace(context: Context, args: Namespace) -> int:
    """Bring it in; exit code 1 if something is left to decide."""
    from ahtc_tui.services.replication.merge import merge_file

    path, options = resolve_input_path(args.file), ImportOptions(answers=read_answers(args))
    with context.open_workspace() as workspace:
        report = merge_file(
            workspace,
            path,
            options,
            key=_read_key(args, path),
            take="" if args.take == TAKES[0] else args.take,
            apply=not args.dry_run,
        )
    return print_report(context, args, report, dry_run=args.dry_run)


def _read_key(args: Namespace, path: Path) -> str | None:
    """The passphrase of an encrypted file. Raises StoreError where it is given nowhere."""
    from ahtc_tui.services.recovery.passphrase import wants_passphrase

    if not wants_passphrase(path):
        return None
    return passphrase_input.find_file_passphrase(
        path.name, passphrase_input.read_stdin_lines(1) if args.passphrase_stdin else None
    )
