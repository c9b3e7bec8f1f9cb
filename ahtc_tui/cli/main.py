"""The command `ahtc`: imports the module of one command, runs it and turns exceptions into exit codes."""

from __future__ import annotations

import gc
import os
import re
import sys
from argparse import SUPPRESS, Namespace
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ahtc_tui import __version__
from ahtc_tui.cli.console.output import hold_messages
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import (
    Language,
    _,
    get_current_language,
    gettext_noop,
    switch_language,
    translated_names,
    use_language,
)
from ahtc_tui.domain.saved_work import record_saved_work
from ahtc_tui.services.settings.language import choose_language, find_environment_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ahtc_tui.cli.console.context import Context

GC_THRESHOLDS = (50_000, 20, 100)
"""A command creates many rows and few cycles: the usual thresholds take a tenth of the time of a check or an export."""

COMMANDS = {
    "today": ("ahtc_tui.cli.today", gettext_noop("late and due actions, coming meetings, leads to chase")),
    "actions": (
        "ahtc_tui.cli.actions.commands",
        gettext_noop("the action log, with find, add, update, close, views, urgency"),
    ),
    "plan": (
        "ahtc_tui.cli.plan.commands",
        gettext_noop("aims, objectives and milestones, and their progress over time"),
    ),
    "meetings": (
        "ahtc_tui.cli.meetings.commands",
        gettext_noop("meetings and series, with agenda, attendance, minutes, carry forward"),
    ),
    "decisions": ("ahtc_tui.cli.meetings.decisions", gettext_noop("list, show, edit and link decisions")),
    "groups": (
        "ahtc_tui.cli.groups.commands",
        gettext_noop("boards and fora, with seats, terms, chairs, attendance, matrix, map"),
    ),
    "contacts": (
        "ahtc_tui.cli.contacts.commands",
        gettext_noop("people, posts and organisations, with appointments, engagements, merge, erase"),
    ),
    "areas": (
        "ahtc_tui.cli.areas.commands",
        gettext_noop("add, rename or end regions, forces, health boards and authorities"),
    ),
    "practice": (
        "ahtc_tui.cli.evidence.practice",
        gettext_noop("good practice by place, with matrix, gaps and sessions"),
    ),
    "evidence": (
        "ahtc_tui.cli.evidence.commands",
        gettext_noop("list, add, revise and review figures, data sets and web pages"),
    ),
    "recommendations": (
        "ahtc_tui.cli.evidence.recommendations",
        gettext_noop("documents and recommendations, with answers and links"),
    ),
    "commissions": (
        "ahtc_tui.cli.commissions.commands",
        gettext_noop("draft, edit and confirm commissioned papers, and show changes"),
    ),
    "promises": (
        "ahtc_tui.cli.promises.commands",
        gettext_noop("what was promised to or by whom, and the result"),
    ),
    "retention": (
        "ahtc_tui.cli.privacy.retention",
        gettext_noop("what is due to be kept, transferred or destroyed, and holds"),
    ),
    "check-draft": (
        "ahtc_tui.cli.draft_check",
        gettext_noop("the numbers, names and dates of a document against the records"),
    ),
    "search": ("ahtc_tui.cli.search", gettext_noop("find words in all records")),
    "history": ("ahtc_tui.cli.history", gettext_noop("who changed what, and when")),
    "undo": ("ahtc_tui.cli.history", gettext_noop("undo the last command")),
    "redo": ("ahtc_tui.cli.history", gettext_noop("redo the last undone command")),
    "export": (
        "ahtc_tui.cli.exports.commands",
        gettext_noop("files for other people, like logs, returns, papers, invitations, contacts"),
    ),
    "exports": ("ahtc_tui.cli.exports.folder", gettext_noop("list or clear the files in the exports folder")),
    "templates": (
        "ahtc_tui.cli.exports.templates",
        gettext_noop("copy the Word templates and the tasks of a back-plan"),
    ),
    "import": (
        "ahtc_tui.cli.imports.commands",
        gettext_noop("files from other people, like returns, logs, calendars, replies, contacts"),
    ),
    "welsh": (
        "ahtc_tui.cli.welsh.commands",
        gettext_noop("list, export and import text waiting for translation"),
    ),
    "pack": ("ahtc_tui.cli.replication.office_pack", gettext_noop("an encrypted copy of the workspace in one file")),
    "open-pack": (
        "ahtc_tui.cli.replication.office_pack",
        gettext_noop("create a workspace from a pack, on another laptop"),
    ),
    "backup": ("ahtc_tui.cli.backup.commands", gettext_noop("create a checked backup, or list the backups")),
    "restore": (
        "ahtc_tui.cli.backup.commands",
        gettext_noop("replace the database with a backup, and keep the replaced one"),
    ),
    "merge": ("ahtc_tui.cli.replication.merge", gettext_noop("merge another laptop's changes")),
    "sync": ("ahtc_tui.cli.replication.merge", gettext_noop("merge with the office hub, a folder or PostgreSQL")),
    "verify": (
        "ahtc_tui.cli.replication.merge",
        gettext_noop("whether another copy has the same history, and nothing in it was altered"),
    ),
    "hub": ("ahtc_tui.cli.replication.hub", gettext_noop("the office hub, with roles and laptops")),
    "conflicts": ("ahtc_tui.cli.replication.conflicts", gettext_noop("fields changed by two people, with both values")),
    "resolve": ("ahtc_tui.cli.replication.conflicts", gettext_noop("resolve a conflict")),
    "desk": ("ahtc_tui.cli.desk", gettext_noop("your name and post, for documents")),
    "config": ("ahtc_tui.cli.config", gettext_noop("show and change the workspace settings")),
    "accessible": (
        "ahtc_tui.cli.accessible",
        gettext_noop("the modes as a dialogue of numbered lines, for a screen reader"),
    ),
    "serve": ("ahtc_tui.cli.serve", gettext_noop("the screen in a browser on this computer")),
    "init": ("ahtc_tui.cli.workspace_commands", gettext_noop("create the database")),
    "demo": (
        "ahtc_tui.cli.workspace_commands",
        gettext_noop("open the screen on the sample, 2013 with a year of work"),
    ),
    "passphrase": (
        "ahtc_tui.cli.backup.passphrase",
        gettext_noop("encrypt the database, or decrypt it"),
    ),
    "paths": ("ahtc_tui.cli.workspace_commands", gettext_noop("the folders and files of the workspace")),
    "doctor": ("ahtc_tui.cli.workspace_commands", gettext_noop("check the set-up")),
    "check": ("ahtc_tui.cli.workspace_commands", gettext_noop("check the integrity of the database")),
    "completion": ("ahtc_tui.cli.completion", gettext_noop("complete commands and references in bash, zsh or fish")),
    "man": ("ahtc_tui.cli.manual", gettext_noop("the man page, read with `ahtc man | man -l -`")),
}
"""Each command with its module and its help. A module declares its arguments in `register(parser, command)`."""

REQUEST_VARIABLE = "_ARGCOMPLETE"
"""Variable of the environment with which a shell asks for completions."""

MARK = "\0"
"""Begins an argument that argparse must not read as an option; no argument of a command can hold it."""

EXCLUDED_WORD = re.compile(r"-(?:[@#!\"]|[^\W\d_]{2}|[^\W\d_]+[:<>])")
"""An argument that excludes what a filter word or term finds: "-training", "-@bawso", "-is:late"."""

FIRST_EXAMPLES = ("today", "actions list --late", "help actions update", "export actions log.xlsx", "undo")


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code; or answer a shell that completes a command."""
    if REQUEST_VARIABLE in os.environ:
        from ahtc_tui.cli.completion import complete

        complete(build_command_tree)
    gc.set_threshold(*GC_THRESHOLDS)
    sys.unraisablehook = _ignore_unraisable
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def _ignore_unraisable(_unraisable: object) -> None:
    """Suppress exceptions that libraries raise at shutdown; the error has been reported already."""


def run(arguments: list[str]) -> int:
    """Run one command. Returns 0 done, 1 something is left to decide, 2 to 6 by the class of the error."""
    _prepare_streams()
    as_json = "--json" in arguments
    with use_language(Language.EN), record_saved_work() as saved, hold_messages(as_json) as messages:
        try:
            code = run_with_case_data_check(arguments)
            sys.stdout.flush()
            return code
        except KeyboardInterrupt:
            from ahtc_tui.cli.console.error_handling import print_interruption

            return print_interruption(saved)
        except Exception as error:  # no exception ends in a traceback
            from ahtc_tui.cli.console.error_handling import print_error

            return print_error(error, saved, messages if as_json else None)


def _prepare_streams() -> None:
    """Make the standard streams accept all of Unicode; connect closed ones to the null device."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run_with_case_data_check(arguments: list[str]) -> int:
    """Run one command, then report text that looks like case data and was written or exported.

    An export with such text returns 1. Imports and the screen report case data themselves.
    """
    from ahtc_tui.domain.case_data.reporter import CaseDataReporter, report_case_data_to

    command = next((word for word in arguments if word in COMMANDS), "")
    if command in ("import", "merge", "sync"):
        return _run_command(arguments)
    warnings: dict[str, None] = {}
    with report_case_data_to(CaseDataReporter(warnings.setdefault)):
        code = _run_command(arguments)
    if warnings:
        from ahtc_tui.cli.console.output import print_message

        print_message(*warnings)
    return 1 if warnings and code == 0 and command == "export" else code


def _run_command(arguments: list[str]) -> int:
    switch_language(find_environment_language(os.environ))
    flags, remaining = _build_global_parser().parse_known_args(arguments)
    if remaining in (["--version"], ["-V"]):
        sys.stdout.write(f"ahtc {__version__}{_read_build()}\n")
        return 0
    if flags.spec and not remaining:
        from ahtc_tui.cli.spec import print_spec

        switch_language(choose_language(flags.lang, flags.workspace))
        print_spec(build_command_tree(COMMANDS))
        return 0
    switch_language(choose_language(flags.lang, flags.workspace))
    if flags.help and not remaining:
        sys.stdout.write(build_help_text())
        return 0
    context = _build_context(flags, as_json="--json" in remaining)
    if remaining in ([], ["accessible"]) and not flags.help:
        return _open_desk(context, accessible=bool(remaining))
    if remaining == ["help"]:
        sys.stdout.write(build_help_text())
        return 0
    if remaining[0] == "help":
        remaining, flags.help = remaining[1:], True
    name, *words = remaining
    parser = build_parser(name, next(iter(words), None))
    args = parse_arguments(parser, [*words, "--help"] if flags.help else words)
    for typed in [name for name in ("text", "title") if getattr(args, name, None) == "-"]:
        setattr(args, typed, sys.stdin.read())
    context = context.with_verb(args)
    started = monotonic()
    with translated_names(getattr(args, "shows_names", False) and not getattr(args, "json", False)):
        code: int = args.run(context, args) or 0
    if monotonic() - started >= NOTICE_SECONDS:
        from ahtc_tui.cli.console.terminal_signs import show_notice

        show_notice(_("`ahtc {command}` has finished.").format(command=name))
    return code


def _read_build() -> str:
    """Return the commit of an installed package in brackets; nothing for a package that was not built in a checkout."""
    file = Path(__file__).parents[1] / "build.txt"
    return f" ({file.read_text(encoding='ascii').strip()})" if file.exists() else ""


def build_command_tree(names: Iterable[str]) -> CommandParser:
    """Return a parser of the global options and of all commands; only the commands in `names` have their arguments."""
    tree = _build_global_parser()
    subparsers = tree.add_subparsers(metavar="COMMAND")
    for name, (module, help_text) in COMMANDS.items():
        parser = subparsers.add_parser(name, prog=f"ahtc {name}", help=_(help_text), description=_(help_text))
        if name in names:
            import_module(module).register(parser, name)
    return tree


def _open_desk(context: Context, *, accessible: bool) -> int:
    """Open the screen, or where it is asked for, also by ACCESSIBLE=1, the dialogue of lines."""
    from ahtc_tui.cli.console.output import is_accessible

    if accessible or is_accessible():
        from ahtc_tui.cli.accessible import Dialogue

        return Dialogue(context, run).run()
    from ahtc_tui.cli.launch_screen import open_screen

    return open_screen(context)


def build_parser(name: str, verb: str | None = None) -> CommandParser:
    """Return the parser of a command, with all its verbs or only those that are declared along with the typed one.

    Raises BadInput, with a near command, where there is none of this name.
    """
    from ahtc_tui.domain.text.suggestions import propose_name

    if name not in COMMANDS:
        proposal = propose_name(name, COMMANDS)
        sentence = _('There is no command "{name}".{proposal} `ahtc --help` lists them.')
        if name.startswith("-"):
            sentence = _('There is no option "{name}" before a command.{proposal} `ahtc --help` lists them.')
        raise BadInput(sentence.format(name=name, proposal=proposal))
    parser = CommandParser(prog=f"ahtc {name}", description=_(COMMANDS[name][1]))
    parser.typed_verb = verb
    import_module(COMMANDS[name][0]).register(parser, name)
    return parser


def parse_arguments(parser: CommandParser, arguments: list[str]) -> Namespace:
    """Parse the arguments; filter words may follow options, which argparse alone does not accept."""
    if flag := next((word for word in arguments if word.startswith("--") and word.endswith("=--")), None):
        parser.error(_("{flag}: expected a value, not --").format(flag=flag[:-3]))  # argparse ignores the --
    if arguments.count("--") > 1:
        parser.error(_("use -- only once, before words beginning with a dash"))
    marked = [f"{MARK}{word}" if EXCLUDED_WORD.match(word) else word for word in arguments]
    args, remaining = parser.parse_known_args(arguments if "--" in arguments else marked)
    words = getattr(args, "words", None)
    if not isinstance(words, list) or any(str(value).startswith(MARK) for value in vars(args).values()):
        args, remaining = parser.parse_known_args(arguments)
        words = None
    if remaining and (words is None or any(word.startswith("-") for word in remaining)):
        args.parser.refuse_unknown([word.replace(MARK, "") for word in remaining])
    if words is None:
        return args
    args.words = [word.removeprefix(MARK) for word in (*words, *remaining)]
    return args


NOTICE_SECONDS = 10.0
"""Duration of a command after which the terminal shows a notice, where it can: the person may be elsewhere by then."""
NOW = "now"
"""The value of --known for everything that is known today."""


def _build_global_parser() -> CommandParser:
    parser = CommandParser(prog="ahtc", add_help=False, usage=SUPPRESS)
    languages = [language.value for language in Language]
    parser.add_argument("--workspace", metavar="DIR", help=_("the workspace folder"))
    parser.add_argument("--lang", choices=languages, help=_("the language of messages and files; both for files only"))
    parser.add_argument("--as-at", metavar="YYYY-MM-DD", help=_("when lists and exports are made"))
    parser.add_argument(
        "--known", metavar="YYYY-MM-DD|now", help=_("what was known on this date about the date of --as-at")
    )
    parser.add_argument("--quiet", action="store_true", help=_("no messages except errors"))
    parser.add_argument("--no-color", action="store_true", help=_("no colour and no pager"))
    parser.add_argument("--spec", action="store_true", help=_("all commands and fields as one JSON document"))
    parser.add_argument("-h", "--help", action="store_true", help=_("show this help message and exit"))
    return parser


def _build_context(flags: Namespace, *, as_json: bool) -> Context:
    if flags.no_color:
        os.environ["NO_COLOR"] = "1"
    if flags.workspace is not None and not flags.workspace.strip():
        raise BadInput(_("--workspace needs a folder; without it the default folder is used (`ahtc paths`)."))
    as_at = None if flags.as_at is None else _parse_day("--as-at", flags.as_at)
    if flags.known is not None and as_at is None:
        raise BadInput(_("--known needs --as-at with the date of the question."))
    known_on = as_at
    if flags.known is not None:
        known_on = None if flags.known == NOW else _parse_day("--known", flags.known)
    from ahtc_tui.cli.console.context import Context

    language = Language(flags.lang) if flags.lang else get_current_language()
    return Context(
        flags.workspace,
        as_at,
        flags.quiet,
        language,
        has_language_flag=flags.lang is not None,
        as_json=as_json,
        known_on=known_on,
        has_known_flag=flags.known is not None,
    )


def _parse_day(flag: str, text: str) -> date:
    """Return the date of a flag. Raises BadInput."""
    from datetime import date

    from ahtc_tui.domain.dates.components import check_year

    try:
        day = date.fromisoformat(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadInput(_('{flag} needs a date as YYYY-MM-DD, not "{text}".').format(flag=flag, text=text))
    check_year(day.year)
    return day


def build_help_text() -> str:
    """Return the text of `ahtc --help`."""
    from ahtc_tui.cli.console.environment import list_exit_codes, list_variables

    usage = _("usage: ")
    lines = [
        _("The records of the Wales Anti Human Trafficking Co-ordinator. Without a command, ahtc opens the screen."),
        "",
        f"{usage}ahtc [--workspace DIR] [--lang en|cy|both] [--as-at YYYY-MM-DD [--known YYYY-MM-DD|now]]",
        "  [--quiet] [--no-color] COMMAND",
        "",
        *(f"  {name:16} " + _(help_text) for name, (_module, help_text) in COMMANDS.items()),
        "",
        _("--lang sets the language of the screen, messages and files: English, Welsh, or both for files. Without it,"),
        _("AHTC_LANG decides, then `language` in ahtc.toml, then the language of the system."),
        _("--as-at shows lists, cards, files and the search as they were on that date. Commands that also save,"),
        _("and the screen, show the current records and treat that date as today. --known shows what was known"),
        _("on another date about that date. `--known now` uses everything known today."),
        _("Publishing prints the records of that date, as exports do."),
        _("`ahtc COMMAND --help` explains a group of commands, `ahtc COMMAND VERB --help` one command."),
        "",
        _("exit codes:"),
        *(f"  {code}  {meaning}" for code, meaning in list_exit_codes()),
        "",
        _("environment:"),
        *(f"  {name:30}  {meaning}" for name, meaning in list_variables()),
        "",
        _("examples:"),
        *(f"  ahtc {line}" for line in FIRST_EXAMPLES),
    ]
    return "\n".join(lines) + "\n"
