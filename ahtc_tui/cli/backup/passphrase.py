"""`ahtc passphrase set|change|remove`: a database that only its passphrase opens, or a plain one again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context

WORDS = {
    "set": ("encrypt the database", "the new passphrase is a line of standard input"),
    "change": ("give it another passphrase", "the old one is the first line of standard input, the new one the second"),
    "remove": ("make it a plain file again", "the passphrase is a line of standard input"),
}


def build(parser: ArgumentParser, _command: str) -> None:
    """The three verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="set|change|remove")
    for verb, (words, of_stdin) in WORDS.items():
        made = verbs.add_parser(verb, help=_(words), description=_(words), allow_abbrev=False)
        passphrase_input.add_passphrase_flag(made, _(of_stdin))
        made.set_defaults(run={"set": encrypt_database, "change": replace_passphrase, "remove": decrypt_database}[verb])


def encrypt_database(context: Context, args: Namespace) -> int:
    """Encrypt it."""
    from ahtc_tui.services.recovery.passphrase import set_passphrase

    with context.open_workspace() as workspace:
        if not workspace.database.key:
            lines = passphrase_input.read_stdin_lines(1) if args.passphrase_stdin else None
            passphrase = passphrase_input.ask_new_passphrase(lines, _("New passphrase"))
        else:
            passphrase = ""  # refused before anybody is asked
        unchanged_copies = set_passphrase(workspace, passphrase)
    context.print_notice(
        _("The database and its backups are encrypted. If the passphrase is lost, nobody opens them again.")
    )
    _print_unchanged_copies(unchanged_copies)
    return 0


def replace_passphrase(context: Context, args: Namespace) -> int:
    """Encrypt it under another passphrase."""
    from ahtc_tui.services.recovery.passphrase import change_passphrase

    lines = _read_passphrase_lines(2) if args.passphrase_stdin else None
    with context.open_workspace(lines) as workspace:
        passphrase = passphrase_input.ask_new_passphrase(lines, _("New passphrase")) if workspace.database.key else ""
        unchanged_copies = change_passphrase(workspace, passphrase)
    context.print_notice(_("The database and its backups have another passphrase."))
    _print_unchanged_copies(unchanged_copies)
    return 0


def decrypt_database(context: Context, args: Namespace) -> int:
    """Make it plain."""
    from ahtc_tui.services.recovery.passphrase import remove_passphrase

    with context.open_workspace(passphrase_input.read_stdin_lines(1) if args.passphrase_stdin else None) as workspace:
        unchanged_copies = remove_passphrase(workspace)
    context.print_notice(_("The database and its backups are plain files, which any SQLite program opens."))
    _print_unchanged_copies(unchanged_copies)
    return 0


def _read_passphrase_lines(number: int) -> list[str]:
    """Lines of standard input; where only the new passphrase is there, the old one comes from its file."""
    lines = passphrase_input.read_stdin_lines(number)
    old = passphrase_input.read_passphrase_file() if len(lines) < number else None
    return lines if old is None else [old, *lines]


def _print_unchanged_copies(copies: tuple[str, ...]) -> None:
    """Copies that the former passphrase does not open stay what they are."""
    for name in copies:
        print_message(_("{name} does not open with what the database had, and stays as it is.").format(name=name))
