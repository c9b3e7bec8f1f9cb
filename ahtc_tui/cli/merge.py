"""`ahtc merge FILE.ahtc`: the work of another laptop. A plan first, then one step that one undo takes back."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.import_report import answers_of, told
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.imports import Wishes
from ahtc_tui.domain.words import _
from ahtc_tui.services.places import incoming

if TYPE_CHECKING:
    from ahtc_tui.cli.context import Context
    from ahtc_tui.services.workspace import Workspace

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
    parser.add_argument("--passphrase-stdin", action="store_true", help="the passphrase of the file is on stdin")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=merge)


def merge(context: Context, chosen: Namespace) -> int:
    """Bring it in; exit code 1 if something is left to decide."""
    from ahtc_tui.services.merge import merge_file

    path, wishes = incoming(chosen.file), Wishes(answers=answers_of(chosen))
    with context.workspace() as workspace:
        report = merge_file(
            workspace,
            path,
            wishes,
            key=_key(workspace, path, from_stdin=chosen.passphrase_stdin),
            take="" if chosen.take == TAKES[0] else chosen.take,
            apply=not chosen.dry_run,
        )
    return told(context, chosen, report, dry_run=chosen.dry_run)


def _key(workspace: Workspace, path: Path, *, from_stdin: bool) -> str | None:
    """The passphrase of an encrypted file, from where it is given. Raises StoreError where it is given nowhere."""
    from ahtc_tui.services.merge import is_encrypted

    if not is_encrypted(workspace, path):
        return None
    said = sys.stdin.readline() if from_stdin else _from_file()
    if not said and not from_stdin and sys.stdin.isatty():
        said = _typed(_("Passphrase of {name}: ").format(name=path.name))
    if not said.rstrip("\r\n"):
        sentence = _("{path} wants its passphrase: --passphrase-stdin, AHTC_PASSPHRASE_FILE, or a terminal.")
        raise StoreError(sentence.format(path=path))
    return said.rstrip("\r\n")


def _typed(question: str) -> str:
    """What somebody types on the terminal, which does not show it; nothing where they end instead."""
    from getpass import getpass

    try:
        return getpass(question)
    except EOFError:
        return ""


def _from_file() -> str:
    name = os.environ.get("AHTC_PASSPHRASE_FILE")
    if not name:
        return ""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError, RuntimeError) as error:
        sentence = _("AHTC_PASSPHRASE_FILE: {name} cannot be read: {reason}.")
        raise StoreError(sentence.format(name=name, reason=getattr(error, "strerror", None) or error)) from error
