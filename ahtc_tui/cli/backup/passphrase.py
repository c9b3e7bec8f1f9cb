"""`ahtc passphrase set|change|remove`: a database that only its passphrase opens, or a plain one again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.output import tell
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
        passphrase_input.add_flag(made, _(of_stdin))
        made.set_defaults(run={"set": set_, "change": change, "remove": remove}[verb])


def set_(context: Context, chosen: Namespace) -> int:
    """Encrypt it."""
    from ahtc_tui.services.recovery.passphrase import set_passphrase

    with context.workspace() as workspace:
        if not workspace.database.key:
            lines = passphrase_input.from_stdin(1) if chosen.passphrase_stdin else None
            passphrase = passphrase_input.new(lines, _("New passphrase"))
        else:
            passphrase = ""  # refused before anybody is asked
        older = set_passphrase(workspace, passphrase)
    context.say(_("The database and its backups are encrypted. If the passphrase is lost, nobody opens them again."))
    _tell_of(older)
    return 0


def change(context: Context, chosen: Namespace) -> int:
    """Encrypt it under another passphrase."""
    from ahtc_tui.services.recovery.passphrase import change_passphrase

    lines = _lines(2) if chosen.passphrase_stdin else None
    with context.workspace(lines) as workspace:
        passphrase = passphrase_input.new(lines, _("New passphrase")) if workspace.database.key else ""
        older = change_passphrase(workspace, passphrase)
    context.say(_("The database and its backups have another passphrase."))
    _tell_of(older)
    return 0


def remove(context: Context, chosen: Namespace) -> int:
    """Make it plain."""
    from ahtc_tui.services.recovery.passphrase import remove_passphrase

    with context.workspace(passphrase_input.from_stdin(1) if chosen.passphrase_stdin else None) as workspace:
        older = remove_passphrase(workspace)
    context.say(_("The database and its backups are plain files, which any SQLite program opens."))
    _tell_of(older)
    return 0


def _lines(wanted: int) -> list[str]:
    """Lines of standard input; where only the new passphrase is there, the old one comes from its file."""
    lines = passphrase_input.from_stdin(wanted)
    old = passphrase_input.from_file() if len(lines) < wanted else None
    return lines if old is None else [old, *lines]


def _tell_of(older: tuple[str, ...]) -> None:
    """Copies that the former passphrase does not open stay what they are."""
    for name in older:
        tell(_("{name} does not open with what the database had, and stays as it is.").format(name=name))
