"""`ahtc man`: the man page, built from the parsers of all commands."""

from __future__ import annotations

from argparse import HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from ahtc_tui import __version__
from ahtc_tui.cli.console.environment import list_exit_codes, list_variables
from ahtc_tui.cli.console.examples import list_examples
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.verbs import add_arguments
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context
    from ahtc_tui.cli.console.parser import CommandParser

MAX_WIDTH = 100_000
"""Columns of a synopsis, which the reader of the page wraps."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the command, which takes no arguments."""
    add_arguments(parser, print_manual)


def print_manual(context: Context, _args: Namespace) -> None:
    """Print the man page in the current language, as input for `man -l -`."""
    from ahtc_tui.cli.main import COMMANDS, build_command_tree

    lines = list(build_manual(build_command_tree(COMMANDS)))
    print_result(context.as_json, lambda: {"page": "\n".join(lines)}, lambda: lines)


def build_manual(parser: CommandParser) -> Iterator[str]:
    """Yield the lines of the page in the macros of groff_man(7)."""
    summary = _(
        "The records of the Wales Anti Human Trafficking Co-ordinator. Without a command, ahtc opens the screen."
    )
    title = _escape(_("ahtc commands"))
    yield f'.TH AHTC 1 "" "ahtc {__version__}" "{title}"'
    yield from (".SH " + _escape(_("Name")), r"ahtc \- " + _escape(_("actions, meetings, groups and contacts")))
    yield from (".SH " + _escape(_("Synopsis")), ".B ahtc", _escape("[OPTION ...] [COMMAND [VERB] ...]"))
    yield from (".SH " + _escape(_("Description")), _escape(summary))
    yield from _build_items(_("Options"), _list_options(parser))
    yield ".SH " + _escape(_("Commands"))
    for command in _list_parsers(parser):
        yield f".SS {_escape(command.prog)}"
        yield _escape(command.description or "")
        yield from _build_command(command)
    yield from _build_items(_("Exit status"), list_exit_codes())
    yield from _build_items(_("Environment"), list_variables())
    yield from _build_items(_("Files"), _list_files())


def _list_files() -> list[tuple[str, str]]:
    return [
        ("data/ahtc.db", _("the workspace database")),
        ("data/backups", _("the backups")),
        ("ahtc.toml", _("the settings")),
        ("exports", _("files for other people")),
    ]


def _list_parsers(parser: CommandParser) -> list[CommandParser]:
    actions = (action for action in parser._actions if isinstance(action, _SubParsersAction))
    return list({id(verb): verb for action in actions for verb in action.choices.values()}.values())


def _build_command(command: CommandParser) -> Iterator[str]:
    """Yield what a command without verbs takes, or each of its verbs with its synopsis and its meaning."""
    verbs = _list_parsers(command)
    if not verbs:
        yield from _build_entry(command)
    for verb in verbs:
        yield from _build_command(verb)


def _build_entry(verb: CommandParser) -> Iterator[str]:
    verb.formatter_class = partial(HelpFormatter, width=MAX_WIDTH)
    words = verb.format_usage().partition(verb.prog)[2].split()
    usage = " ".join(word for word in words if word not in ("[-h]", "[--json]"))
    yield from (".TP", rf"\fB{_escape(verb.prog)}\fR {_escape(usage)}", _escape(verb.description or ""))
    for name, meaning in _list_options(verb):
        yield from (".br", rf"\fI{_escape(name)}\fR: {_escape(meaning)}")
    heading = _escape(_("Example"))
    for example in list_examples(verb.prog):
        yield from (".br", f"{heading}: {_escape(f'ahtc {example}')}")


def _list_options(parser: CommandParser) -> list[tuple[str, str]]:
    """Return the options and arguments of a parser with their meanings."""
    parser.describe_arguments()
    return [
        (", ".join(action.option_strings) or str(action.metavar or action.dest), (action.help or "").replace("%%", "%"))
        for action in parser._actions
        if action.dest not in ("help", "json") and not isinstance(action, _SubParsersAction)
    ]


def _build_items(heading: str, items: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {_escape(heading)}"
    for name, meaning in items:
        yield from (".TP", rf"\fB{_escape(name)}\fR", _escape(meaning))


def _escape(text: str) -> str:
    """Return text that groff prints as it is: no escapes, and no request at the beginning of the line."""
    escaped = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    escaped = escaped.replace("'", r"\(aq").replace('"', r"\(dq")
    return rf"\&{escaped}" if escaped[:1] in (".", "\\") and not escaped.startswith(r"\-") else escaped
