"""The command `ahtc`: finds the command that is asked for, imports that one alone, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from argparse import SUPPRESS, Namespace
from importlib import import_module
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, set_language

if TYPE_CHECKING:
    from datetime import date

COMMANDS = {
    "today": ("ahtc_tui.cli.today", "what is late, what is due, what comes next, whom to chase"),
    "actions": (
        "ahtc_tui.cli.actions.commands",
        "what was promised: find, add, update, close; views; why it is urgent",
    ),
    "plan": ("ahtc_tui.cli.plan.commands", "aims, objectives, milestones, and how they stand over time"),
    "meetings": (
        "ahtc_tui.cli.meetings.commands",
        "meetings and series: agenda, attendance, minutes, carry-forward",
    ),
    "decisions": ("ahtc_tui.cli.meetings.decisions", "the decision register: list, show, edit, link"),
    "groups": ("ahtc_tui.cli.groups.commands", "boards and fora: seats, terms, chairs, attendance, matrix, map"),
    "contacts": (
        "ahtc_tui.cli.contacts.commands",
        "people, posts and bodies: appoint, engage, lists, duplicates, erase",
    ),
    "practice": ("ahtc_tui.cli.evidence.practice", "good practice by place: matrix, set, gaps, sessions"),
    "evidence": ("ahtc_tui.cli.evidence.commands", "figures, data sets and web pages: list, add, revise, review"),
    "recommendations": (
        "ahtc_tui.cli.evidence.recommendations",
        "documents and what they recommend: answer, link, list",
    ),
    "commissions": (
        "ahtc_tui.cli.commissions.commands",
        "papers that others ask for: draft, word, confirm, what changed",
    ),
    "search": ("ahtc_tui.cli.search", "find words in every record"),
    "history": ("ahtc_tui.cli.history", "who changed what, and when"),
    "undo": ("ahtc_tui.cli.history", "take back the last command"),
    "redo": ("ahtc_tui.cli.history", "bring back what was undone"),
    "export": ("ahtc_tui.cli.exports.commands", "files for others: logs, returns, papers, invites, cards, registers"),
    "templates": ("ahtc_tui.cli.exports.templates", "Word templates of papers, and the tasks of a back-plan: copy"),
    "import": ("ahtc_tui.cli.imports.commands", "what others send: returns, logs, calendars, replies, cards"),
    "pack": ("ahtc_tui.cli.replication.office_pack", "an encrypted copy of everything, to take along or to give away"),
    "open-pack": ("ahtc_tui.cli.replication.office_pack", "make a workspace of a pack, on another laptop"),
    "backup": ("ahtc_tui.cli.backup.commands", "a whole copy, checked when made; which there are"),
    "restore": ("ahtc_tui.cli.backup.commands", "put a backup in the place of the database, and keep that"),
    "merge": ("ahtc_tui.cli.replication.merge", "bring together what two laptops wrote"),
    "sync": ("ahtc_tui.cli.replication.hub_sync", "the same with the office hub, a PostgreSQL database"),
    "conflicts": ("ahtc_tui.cli.replication.conflicts", "what two people wrote apart, side by side"),
    "resolve": ("ahtc_tui.cli.replication.conflicts", "decide one of them"),
    "init": ("ahtc_tui.cli.workspace_commands", "make the database"),
    "demo": ("ahtc_tui.cli.workspace_commands", "the screen on a fresh copy of the Wales 2013 data"),
    "passphrase": ("ahtc_tui.cli.backup.passphrase", "encrypt the database: set, change, remove"),
    "paths": ("ahtc_tui.cli.workspace_commands", "where things are"),
    "doctor": ("ahtc_tui.cli.workspace_commands", "what is wrong with the set-up"),
    "check": ("ahtc_tui.cli.workspace_commands", "whether the database is whole"),
}
"""Command to the module that has it. A module makes the parser of its command: `build(parser, command)`."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    sys.unraisablehook = _ignore_unraisable
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def _ignore_unraisable(_unraisable: object) -> None:
    """What a library says while it is torn down, after the person was told what is wrong, is not said."""


def run(arguments: list[str]) -> int:
    """Run one command. Returns 0 done, 1 something is left to decide, 2 to 6 as the error says."""
    _prepare_streams()
    try:
        code = run_with_case_data_check(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # whatever happens, the person reads one sentence
        from ahtc_tui.cli.console.error_handling import print_error

        return print_error(error)


def _prepare_streams() -> None:
    """Streams that take every letter; one that was closed takes and gives nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run_with_case_data_check(arguments: list[str]) -> int:
    """Run one command; then say what it wrote or sent out that looks like case data. An export leaves that to decide.

    An import and the screen tell of it themselves.
    """
    from ahtc_tui.domain.case_data.detector import CaseDataReporter, report_case_data_to

    command = next((word for word in arguments if word in COMMANDS), "")
    if command in ("import", "merge", "sync"):
        return _run_command(arguments)
    warnings: dict[str, None] = {}
    with report_case_data_to(CaseDataReporter(warnings.setdefault)):
        code = _run_command(arguments)
    if warnings:
        from ahtc_tui.cli.console.output import print_message

        for sentence in warnings:
            print_message(sentence)
    return 1 if warnings and code == 0 and command == "export" else code


def _run_command(arguments: list[str]) -> int:
    flags, remaining = _build_global_parser().parse_known_args(arguments)
    context = _build_context(flags)
    if remaining == ["--version"]:
        from ahtc_tui import __version__

        sys.stdout.write(f"ahtc {__version__}\n")
        return 0
    if not remaining:
        if flags.help:
            sys.stdout.write(build_help_text())
            return 0
        from ahtc_tui.cli.launch_screen import open_screen

        return open_screen(context)
    name, *words = remaining
    if name not in COMMANDS:
        raise BadInput(_('There is no command "{name}". `ahtc --help` lists them.').format(name=name))
    module = import_module(COMMANDS[name][0])
    parser = CommandParser(prog=f"ahtc {name}", description=COMMANDS[name][1], allow_abbrev=False)
    module.build(parser, name)
    args = _parse_arguments(parser, [*words, "--help"] if flags.help else words)
    return _run_and_flush(context, args)


def _run_and_flush(context: Context, args: Namespace) -> int:
    """Run it, and see that the answer is out: an answer that is lost is another thing than work that was not done."""
    try:
        code: int = args.run(context, args)
        sys.stdout.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename or not any(context.wrote):
            raise
        from ahtc_tui.cli.console.error_handling import build_unsaid_error

        raise build_unsaid_error(error) from error
    return code


def _parse_arguments(parser: CommandParser, arguments: list[str]) -> Namespace:
    """What was typed; words that filter may stand behind the flags as well, which argparse alone does not take."""
    if flag := next((word for word in arguments if word.startswith("--") and word.endswith("=--")), None):
        parser.error(
            _("{flag}: expected a value, not --").format(flag=flag[:-3])
        )  # argparse takes it for no value at all
    if arguments.count("--") > 1:
        parser.error(_("-- stands once, before words that begin with a dash"))
    args, remaining = parser.parse_known_args(arguments)
    if remaining and (
        not isinstance(getattr(args, "words", None), list) or any(word.startswith("-") for word in remaining)
    ):
        parser.parse_args(arguments)  # says what is wrong and ends
    if remaining:
        args.words += remaining
    return args


def _build_global_parser() -> CommandParser:
    parser = CommandParser(prog="ahtc", add_help=False, allow_abbrev=False, usage=SUPPRESS)
    parser.add_argument("--workspace")
    parser.add_argument("--lang", choices=("en", "cy", "both"), default="en")
    parser.add_argument("--as-at")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--no-color", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    return parser


def _build_context(flags: Namespace) -> Context:
    set_language("cy" if flags.lang == "cy" else "en")
    if flags.no_color:
        os.environ["NO_COLOR"] = "1"
    if flags.workspace is not None and not flags.workspace.strip():
        raise BadInput(_("--workspace wants a folder; without the flag the usual one is taken (`ahtc paths`)."))
    as_at = None if flags.as_at is None else _parse_as_at(flags.as_at)
    return Context(flags.workspace, as_at, flags.quiet, flags.lang)


def _parse_as_at(text: str) -> date:
    """The day of --as-at."""
    import re
    from datetime import date

    from ahtc_tui.domain.dates.components import check_year

    try:
        day = date.fromisoformat(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadInput(_('--as-at wants YYYY-MM-DD, not "{text}".').format(text=text))
    check_year(day.year)
    return day


def build_help_text() -> str:
    """The page of `ahtc --help`."""
    lines = [
        _("The desk of the Wales Anti Human Trafficking Co-ordinator. Without a command it opens the screen."),
        "",
        "usage: ahtc [--workspace DIR] [--lang en|cy] [--as-at YYYY-MM-DD] [--quiet] [--no-color] COMMAND",
        "",
        *(f"  {name:16} {_(words)}" for name, (_module, words) in COMMANDS.items()),
        "",
        _("`ahtc COMMAND --help` says more. Exit codes: 0 done, 1 something is left to decide, 2 wrong usage,"),
        _("3 not found, 4 bad input file, 5 database or file not written, 6 refused by a rule."),
    ]
    return "\n".join(lines) + "\n"
