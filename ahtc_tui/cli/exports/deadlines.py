"""`ahtc export deadlines OUT`: actions as to-dos for calendars and task lists, or as whole-day events."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.actions.filter_flags import add_filter_flags, build_filter
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The flags of this kind of export; the filters are those of `actions list`."""
    parser: ArgumentParser = kinds.add_parser("deadlines", help="actions as to-dos: .ics", allow_abbrev=False)
    parser.add_argument("out", metavar="OUT")
    add_filter_flags(parser)
    parser.add_argument("--as-events", action="store_true", help="whole-day events, for Outlook, which knows no to-dos")
    parser.set_defaults(run=write_deadlines)
    return parser


def write_deadlines(context: Context, args: Namespace) -> int:
    """`export deadlines`; exit code 1 if an action was left out or stands without a date that it has in words."""
    from ahtc_tui.domain.serialization import serialize_value
    from ahtc_tui.services.exports.deadlines import export_deadlines

    with context.open_for_export() as workspace:
        report = export_deadlines(
            workspace,
            resolve_path(args.out),
            build_filter(workspace, args),
            as_events=args.as_events,
            marking=Marking(args.marking),
            force=args.force,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([str(report.file)])
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        for undated in report.undated:
            print_message(_("{ref} stands without a date: {reason}").format(ref=undated.ref, reason=undated.reason))
        context.print_notice(_("{n} actions written.").format(n=report.actions))
    return 1 if report.left_out or report.undated else 0
