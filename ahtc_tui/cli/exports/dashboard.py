"""`ahtc export dashboard`: the position on one page of HTML, for people without a terminal."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser(
        "dashboard", help="the position on one page for people without a terminal: .html", allow_abbrev=False
    )
    kind.add_argument("out", metavar="OUT")
    kind.set_defaults(run=write_dashboard)
    return kind


def write_dashboard(context: Context, args: Namespace) -> int:
    """`export dashboard`: exit code 1 where a figure counts so few people that somebody has to look first."""
    from ahtc_tui.services.exports.dashboard import export_dashboard

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        language = Language(context.language)
        dashboard = export_dashboard(workspace, target, Marking(args.marking), args.force, language)
    write_messages.print_written_file(
        context,
        args,
        target,
        _("The dashboard"),
        dashboard.marking,
        total=dashboard.plan.total,
        open=dashboard.open,
        late=len(dashboard.late),
        to_review=dashboard.to_review,
        meetings=len(dashboard.meetings),
        figures=len(dashboard.figures),
        groups=len(dashboard.groups),
        vacant=dashboard.vacant,
        small_counts=list(dashboard.small),
    )
    for ref in dashboard.small:
        print_message(_("{ref} counts few people: look at it before the page goes out.").format(ref=ref))
    return 1 if dashboard.small else 0
