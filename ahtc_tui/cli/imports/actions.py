"""`ahtc import actions FILE...`: returned workbooks and other people's action logs."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import import_report
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.cli.console.verbs import Verb, declare_mapping
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.report import ImportReport

MIN_PROGRESS_ROWS = 5_000
"""Rows below which a line of progress would only flicker."""


def declare_kinds() -> list[Verb]:
    """Return the kind `actions`."""
    help_text = _("returns and action logs: .xlsx .xlsm .xls .ods .csv")
    return [Verb("actions", run_actions_import, help_text, declare_mapping())]


def run_actions_import(context: Context, args: Namespace) -> int:
    """Returned workbooks and logs; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
    from ahtc_tui.services.progress import ProgressHooks

    options, columns = import_report.read_import_options(args), _parse_mappings(args.map)
    run_import = plan_actions_import if args.dry_run else apply_actions_import
    hooks = ProgressHooks(_print_progress if sys.stderr.isatty() and not context.quiet else None)
    with context.open_workspace() as workspace:
        report = run_import(workspace, import_report.list_input_files(args), options, columns=columns, hooks=hooks)
    if args.dry_run and not args.json:
        print_lines(_format_mappings(report))
    return import_report.print_report(context, args, report)


def _parse_mappings(arguments: list[str]) -> dict[str, str]:
    """ "Column=field" as a table; an empty field leaves the column out."""
    mappings = {}
    for argument in arguments:
        heading, equals, field = argument.rpartition("=")
        if not equals or not heading.strip():
            raise BadInput(_('--map wants "Column=field", not "{words}".').format(words=argument))
        mappings[heading.strip()] = field.strip().lower()
    return mappings


def _format_mappings(report: ImportReport) -> list[str]:
    """What each column was taken for, with samples and how sure that is."""
    lines = []
    for file in report.files:
        for column in file.columns:
            place = f"{file.file.name} {column.sheet}".strip()
            field_text = f"{column.field} ({column.confidence}%)" if column.field else _("left out")
            samples = " | ".join(" ".join(sample.split()) for sample in column.samples)
            lines.append(f"{place}  {column.heading or '–'} > {field_text}  {samples}".rstrip())
    return lines


def _print_progress(completed: int, total: int) -> None:
    if total >= MIN_PROGRESS_ROWS:
        end = "\n" if completed == total else ""
        sys.stderr.write(f"\r{completed}/{total}{end}")
        sys.stderr.flush()
