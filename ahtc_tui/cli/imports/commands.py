"""`ahtc import KIND FILE...`: prints the plan of an import, and writes it unless --dry-run is given."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from ahtc_tui.cli.backup import commands
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import list_input_files, print_columns, print_report, read_import_options
from ahtc_tui.cli.console.output import print_json, print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.progress_line import build_progress_hooks
from ahtc_tui.cli.console.verbs import (
    JSON,
    Argument,
    Switch,
    Verb,
    add_verbs,
    declare_answers,
    declare_dry_run,
    declare_mapping,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportReport, TakeMode, UnknownColumns
from ahtc_tui.services.paths import resolve_input_path

STANDARD_INPUT = "-"


def register(parser: CommandParser, _command: str) -> None:
    """Declare the kinds of import."""
    take = Argument("--take", choices=list(TakeMode), default=TakeMode.CLEAN.value)
    details = Switch("--details", _("print identical warnings and questions separately"))
    shared = (Argument("files", "FILE", nargs="+"), declare_dry_run(), take, declare_answers(), details, JSON)
    logs = _("returns and action logs: .xlsx .xlsm .xls .ods .csv .docx")
    private = Switch("--private", _("import private events too, as OFFICIAL-SENSITIVE"))
    explain = Switch("--explain", _("print what each column was taken for and why; save nothing"))
    group = Argument("--group", "G", _("the group whose log it is; references begin with the letters of the group"))
    kinds = [
        Verb("replies", run_replies_import, _("replies to invitations: .ics METHOD:REPLY, .eml, or a folder")),
        Verb("actions", run_actions_import, logs, declare_mapping(), explain, group),
        Verb("contacts", run_contacts_import, _("people: .vcf, .csv, .xlsx, or a folder"), declare_mapping()),
        Verb("meetings", run_meetings_import, _("calendars: .ics, or a folder"), private),
        commands.declare_import_kind(),
    ]
    add_verbs(parser, *(kind.takes(*shared) for kind in kinds), _declare_minutes(take), metavar="KIND")


def _declare_minutes(take: Argument) -> Verb:
    """Return the kind `minutes`, which takes one file."""
    help_text = _(
        "old minutes, an edited draft or paper from this office, or a transcript: .docx .odt .html .md .txt .pdf .vtt"
    )
    return Verb(
        "minutes",
        run_minutes_import,
        help_text,
        Argument("file", "FILE", _("the file; - reads standard input")),
        Argument("--meeting", "REF", _("the meeting in the file")),
        Argument("--group", "G"),
        declare_dry_run(),
        take,
        declare_answers(),
        JSON,
    )


def run_actions_import(context: Context, args: Namespace) -> int:
    """Import action logs; return 1 if a question is open or a file adds nothing."""
    from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import

    options = replace(read_import_options(args), group=args.group or "")
    columns = _parse_mappings(args.map, allow_empty=True)
    run_import = plan_actions_import if args.dry_run or args.explain else apply_actions_import
    files = list_input_files(args)
    with context.open_workspace() as workspace:
        hooks = build_progress_hooks(context, files)
        try:
            report = run_import(workspace, files, options, columns=columns, hooks=hooks)
        except UnknownColumns as error:
            if args.explain:
                print_columns(error.columns, as_json=args.json)
            raise
    if args.explain:
        print_columns([column for file in report.files for column in file.columns], as_json=args.json)
        return 1 if report.open_question_count else 0
    return _name_fruitless(report, print_report(context, args, report, lists_columns=args.dry_run))


def run_contacts_import(context: Context, args: Namespace) -> int:
    """Import contacts; return 1 if a question is open or a file adds nothing."""
    from ahtc_tui.services.imports.contacts.service import import_contacts

    options, columns = read_import_options(args), _parse_mappings(args.map)
    with context.open_workspace() as workspace:
        files = list_input_files(args)
        hooks = build_progress_hooks(context, files)
        report = import_contacts(workspace, files, options, columns=columns, apply=not args.dry_run, hooks=hooks)
    return _name_fruitless(report, print_report(context, args, report))


def run_meetings_import(context: Context, args: Namespace) -> int:
    """Import the meetings of calendars; return 1 if a question is open or a file adds nothing."""
    from ahtc_tui.services.imports.meetings.service import import_meetings

    options = replace(read_import_options(args), include_private=args.private)
    with context.open_workspace() as workspace:
        files = list_input_files(args)
        hooks = build_progress_hooks(context, files)
        report = import_meetings(workspace, files, options, apply=not args.dry_run, hooks=hooks)
    return _name_fruitless(report, print_report(context, args, report))


def _name_fruitless(report: ImportReport, code: int) -> int:
    """Name the files of which nothing was taken; return 1 if there are any, else the code."""
    fruitless = [file for file in report.files if file.is_fruitless]
    for file in fruitless:
        print_message(_("Nothing was imported from {files}.").format(files=file.file.name))
    return 1 if fruitless else code


def run_replies_import(context: Context, args: Namespace) -> int:
    """Import answers to invitations; return 1 if a question is open or a file adds nothing."""
    from ahtc_tui.services.imports.replies.service import import_replies

    options = read_import_options(args)
    with context.open_workspace() as workspace:
        report = import_replies(workspace, list_input_files(args), not args.dry_run, options)
    return _name_fruitless(report, print_report(context, args, report))


def run_minutes_import(context: Context, args: Namespace) -> int:
    """Import a file of minutes; return 1 if a question is open or the file adds nothing."""
    from ahtc_tui.domain.imports.minutes import MinutesFileReport
    from ahtc_tui.services.imports.minutes.service import MinutesRequest, explain_unwritten, import_minutes

    options = read_import_options(args)
    data = sys.stdin.buffer.read() if args.file == STANDARD_INPUT else None
    path = Path(args.file) if data is not None else resolve_input_path(args.file)
    request = MinutesRequest(path, data, args.meeting, args.group)
    with context.open_workspace() as workspace:
        report = import_minutes(workspace, request, options, apply=not args.dry_run)
    (file,) = report.files
    assert isinstance(file, MinutesFileReport)
    if sentence := explain_unwritten(file):
        print_message(sentence)
    if not args.json:
        return _name_fruitless(report, print_report(context, args, report, dry_run=args.dry_run))
    print_json(file.serialize(applied=report.applied))
    return 1 if file.questions or file.is_fruitless else 0


def _parse_mappings(arguments: list[str], *, allow_empty: bool = False) -> dict[str, str]:
    """Return the fields of "Column=field" arguments by heading; an empty field omits the column. Raises BadInput."""
    mappings = {}
    for argument in arguments:
        heading, equals, field = argument.rpartition("=")
        if not equals or not heading.strip() or not (field.strip() or allow_empty):
            raise BadInput(_('--map needs "Column=field", not "{words}".').format(words=argument))
        mappings[heading.strip()] = field.strip().lower()
    return mappings
