"""`ahtc export plan`: objectives with their actions, progress and timeline, as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import ngettext
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser("plan", help="the plan with progress, charts and timeline: .xlsx", allow_abbrev=False)
    kind.add_argument("out", metavar="OUT")
    kind.set_defaults(run=write_plan)
    return kind


def write_plan(context: Context, args: Namespace) -> int:
    """`export plan`."""
    from ahtc_tui.services.exports.plan import export_plan

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = export_plan(workspace, target, marking=Marking(args.marking), force=args.force)
    description = ngettext("1 action", "{n} actions", report.count)
    return write_messages.print_written_file(context, args, target, description, report.marking, actions=report.count)
