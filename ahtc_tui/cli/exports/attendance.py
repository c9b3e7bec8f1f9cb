"""`ahtc export attendance`: how often seats and people were there, as a workbook."""

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
    kind = kinds.add_parser("attendance", help="by seat and by person: .xlsx", allow_abbrev=False)
    kind.add_argument("out", metavar="OUT")
    kind.add_argument("--group", metavar="X")
    kind.add_argument("--from", dest="from_", metavar="D")
    kind.add_argument("--to", metavar="D")
    kind.set_defaults(run=export)
    return kind


def export(context: Context, chosen: Namespace) -> int:
    """`export attendance`."""
    from ahtc_tui.cli.meetings.series import day_of
    from ahtc_tui.services.meetings.attendance import export_attendance

    target = place(chosen.out)
    with context.office() as workspace:
        first = day_of(workspace, chosen.from_) if chosen.from_ else None
        last = day_of(workspace, chosen.to) if chosen.to else None
        marking = Marking(chosen.marking)
        count = export_attendance(workspace, target, chosen.group, first, last, marking=marking, force=chosen.force)
    return write_messages.file(context, chosen, target, say_number(count, _("1 line"), _("{n} lines")), rows=count)
