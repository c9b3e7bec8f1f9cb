"""`ahtc export plan`: objectives with their actions, progress and timeline, as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines
from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.words import _


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser("plan", help="the plan with progress, charts and timeline: .xlsx", allow_abbrev=False)
    kind.add_argument("out", metavar="OUT")
    kind.set_defaults(run=export)
    return kind


def export(context: Context, chosen: Namespace) -> int:
    """`export plan`."""
    from ahtc_tui.services.exports_plan import export_plan

    target = Path(chosen.out).expanduser().absolute()
    with context.workspace() as workspace:
        count = export_plan(workspace, target, marking=Marking(chosen.marking), force=chosen.force)
    if chosen.json:
        print_json({"file": str(target), "actions": count, "marking": chosen.marking})
    else:
        print_lines([str(target)])
        context.say(_("{n} actions written.").format(n=count))
    return 0
