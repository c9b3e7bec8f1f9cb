"""`ahtc import actions FILE...`: returned workbooks and other people's action logs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import import_report
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.report import ImportReport

FEW = 5_000
"""Rows below which a line of progress would only flicker."""


def add_kind(kinds: Any) -> ArgumentParser:
    """The flags of this kind of import."""
    logs: ArgumentParser = kinds.add_parser(
        "actions", help="returns and action logs: .xlsx .xlsm .xls .ods .csv", allow_abbrev=False
    )
    logs.add_argument("--map", action="append", default=[], metavar='"Column=field"', help="what a column means; kept")
    logs.set_defaults(run=actions)
    return logs


def actions(context: Context, chosen: Namespace) -> int:
    """Returned workbooks and logs; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
    from ahtc_tui.services.progress import Hooks

    wishes, columns = import_report.wished(chosen), _columns(chosen.map)
    do = plan_actions_import if chosen.dry_run else apply_actions_import
    hooks = Hooks(_progress if sys.stderr.isatty() and not context.quiet else None)
    with context.workspace() as workspace:
        report = do(workspace, import_report.files_of(chosen), wishes, columns=columns, hooks=hooks)
    if chosen.dry_run and not chosen.json:
        print_lines(_mapping(report))
    return import_report.told(context, chosen, report)


def _columns(said: list[str]) -> dict[str, str]:
    """ "Column=field" as a table; an empty field leaves the column out."""
    found = {}
    for words in said:
        heading, equals, field = words.rpartition("=")
        if not equals or not heading.strip():
            raise BadInput(_('--map wants "Column=field", not "{words}".').format(words=words))
        found[heading.strip()] = field.strip().lower()
    return found


def _mapping(report: ImportReport) -> list[str]:
    """What each column was taken for, with samples and how sure that is."""
    lines = []
    for file in report.files:
        for column in file.columns:
            place = f"{file.file.name} {column.sheet}".strip()
            meant = f"{column.field} ({column.confidence}%)" if column.field else _("left out")
            samples = " | ".join(" ".join(sample.split()) for sample in column.samples)
            lines.append(f"{place}  {column.heading or '–'} > {meant}  {samples}".rstrip())
    return lines


def _progress(done: int, total: int) -> None:
    if total >= FEW:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{done}/{total}{end}")
        sys.stderr.flush()
