"""`ahtc export plan`: objectives with their actions, progress and timeline, as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser("plan", help="the plan with progress, charts and timeline: .xlsx", allow_abbrev=False)
    kind.add_argument("out", metavar="OUT")
    kind.set_defaults(run=export)
    return kind


def export(context: Context, chosen: Namespace) -> int:
    """`export plan`."""
    from ahtc_tui.services.exports.plan import export_plan

    target = place(chosen.out)
    with context.office() as workspace:
        done = export_plan(workspace, target, marking=Marking(chosen.marking), force=chosen.force)
    what = say_number(done.count, _("1 action"), _("{n} actions"))
    return write_messages.file(context, chosen, target, what, done.marking, actions=done.count)
