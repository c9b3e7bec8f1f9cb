"""`ahtc export attendance`: how often seats and people were there, as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import ngettext
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser("attendance", help="by seat and by person: .xlsx", allow_abbrev=False)
    kind.add_argument("out", metavar="OUT")
    kind.add_argument("--group", metavar="X")
    kind.add_argument("--from", dest="from_", metavar="D")
    kind.add_argument("--to", metavar="D")
    kind.set_defaults(run=write_attendance)
    return kind


def write_attendance(context: Context, args: Namespace) -> int:
    """`export attendance`."""
    from ahtc_tui.cli.meetings.series import read_day
    from ahtc_tui.services.meetings.attendance import export_attendance

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        first = read_day(workspace, args.from_) if args.from_ else None
        last = read_day(workspace, args.to) if args.to else None
        marking = Marking(args.marking)
        count = export_attendance(workspace, target, args.group, first, last, marking=marking, force=args.force)
    return write_messages.print_written_file(context, args, target, ngettext("1 line", "{n} lines", count), rows=count)
