"""`ahtc passphrase set`, `change` and `remove`: encryption of the database."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import Verb, add_verbs, declare_passphrase_flag
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import _, ngettext

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context
    from ahtc_tui.services.recovery.passphrase import KeyChangeReport


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `passphrase`."""
    one_line = _("the passphrase is a line of standard input")
    new_line = _("the new passphrase is a line of standard input")
    two_lines = _("the old passphrase is the first line of standard input, the new one the second")
    add_verbs(
        parser,
        Verb("set", encrypt_database, _("encrypt the database"), declare_passphrase_flag(new_line)),
        Verb("change", replace_passphrase, _("change the passphrase"), declare_passphrase_flag(two_lines)),
        Verb("remove", decrypt_database, _("decrypt the database"), declare_passphrase_flag(one_line)),
        Verb("remember", remember_passphrase, _("save it in the keyring"), declare_passphrase_flag(one_line)),
        Verb("forget", forget_passphrase, _("remove it from the keyring")),
        metavar="set|change|remove|remember|forget",
    )


def encrypt_database(context: Context, args: Namespace) -> None:
    """Encrypt the database and its backups."""
    from ahtc_tui.services.recovery.passphrase import set_passphrase

    with context.open_workspace() as workspace:
        if not workspace.database.key:
            lines = passphrase_input.read_stdin_lines(1) if args.passphrase_stdin else None
            passphrase = passphrase_input.ask_new_passphrase(lines, _("New passphrase"))
        else:
            passphrase = ""  # set_passphrase refuses an encrypted database before it is used
        report = set_passphrase(workspace, passphrase)
    context.print_notice(
        _("The database and the backups are encrypted. If you lose the passphrase, they cannot be opened again.")
    )
    _print_report(context, report)


def replace_passphrase(context: Context, args: Namespace) -> None:
    """Encrypt the database and its backups with another passphrase."""
    from ahtc_tui.services.recovery.passphrase import change_passphrase

    lines = _read_passphrase_lines(2) if args.passphrase_stdin else None
    with context.open_workspace(lines) as workspace:
        passphrase = passphrase_input.ask_new_passphrase(lines, _("New passphrase")) if workspace.database.key else ""
        report = change_passphrase(workspace, passphrase)
    context.print_notice(_("The database and the backups have the new passphrase."))
    _print_report(context, report)


def decrypt_database(context: Context, args: Namespace) -> None:
    """Decrypt the database and its backups."""
    from ahtc_tui.services.recovery.passphrase import remove_passphrase

    with context.open_workspace(passphrase_input.read_stdin_lines(1) if args.passphrase_stdin else None) as workspace:
        report = remove_passphrase(workspace)
    context.print_notice(_("The database and the backups are no longer encrypted."))
    _print_report(context, report)


def remember_passphrase(context: Context, args: Namespace) -> None:
    """Store the passphrase in the keyring of the operating system, after the database was opened with it."""
    from ahtc_tui.services.recovery.passphrase import is_passphrase, store_passphrase
    from ahtc_tui.services.workspace import is_locked

    if not is_locked(context.root):
        raise Refused(_("The database has no passphrase. To set one, run `ahtc passphrase set`."))
    passphrase = passphrase_input.find_file_passphrase(str(context.root), args.passphrase_stdin)
    with context.open_workspace([passphrase]) as workspace:
        if not is_passphrase(workspace, passphrase):
            raise StoreError(_("The passphrase is wrong."))
    store_passphrase(context.root, passphrase)
    print_data(context, [], remembered=True)
    context.print_notice(_("Saved in the keyring. It is used where ahtc.toml has the line keyring = true."))


def forget_passphrase(context: Context, args: Namespace) -> None:
    """Remove the passphrase from the keyring of the operating system."""
    from ahtc_tui.services.recovery import passphrase as keyring_store

    removed = keyring_store.forget_passphrase(context.root)
    print_data(context, [], forgotten=removed)
    context.print_notice(
        _("Removed from the keyring.") if removed else _("The keyring has no passphrase for this workspace.")
    )


def _read_passphrase_lines(number: int) -> list[str]:
    """Return lines of standard input; if only the new passphrase is given, the old one comes from its file."""
    lines = passphrase_input.read_stdin_lines(number)
    old = passphrase_input.read_passphrase_file() if len(lines) < number else None
    return lines if old is None else [old, *lines]


def _print_report(context: Context, report: KeyChangeReport) -> None:
    """Name the files that could not be rekeyed, and those that are not encrypted."""
    print_data(context, [], unchanged=list(report.unchanged), plain_copies=[str(path) for path in report.plain_copies])
    for name in report.unchanged:
        print_message(_("{name} has another passphrase and is left unchanged.").format(name=name))
    if report.plain_copies:
        sentence = ngettext(
            "1 file is not encrypted. Remove it if you do not need it:",
            "{n} files are not encrypted. Remove any you do not need:",
            len(report.plain_copies),
        )
        print_message(sentence, *(f"  {path}" for path in report.plain_copies))
