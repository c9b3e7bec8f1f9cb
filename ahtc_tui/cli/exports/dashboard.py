"""`ahtc export dashboard`: the position on one page of HTML, for people without a terminal."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import tell
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind with its flags."""
    kind = kinds.add_parser(
        "dashboard", help="the position on one page for people without a terminal: .html", allow_abbrev=False
    )
    kind.add_argument("out", metavar="OUT")
    kind.set_defaults(run=export)
    return kind


def export(context: Context, chosen: Namespace) -> int:
    """`export dashboard`: exit code 1 where a figure counts so few people that somebody has to look first."""
    from ahtc_tui.services.exports.dashboard import export_dashboard

    target = place(chosen.out)
    with context.workspace() as workspace:
        language = Language(context.language)
        found = export_dashboard(workspace, target, Marking(chosen.marking), chosen.force, language)
    write_messages.file(
        context,
        chosen,
        target,
        _("The dashboard"),
        found.marking,
        total=found.plan.total,
        open=found.open,
        late=len(found.late),
        to_review=found.to_review,
        meetings=len(found.meetings),
        figures=len(found.figures),
        groups=len(found.groups),
        vacant=found.vacant,
        small_counts=list(found.small),
    )
    for ref in found.small:
        tell(_("{ref} counts few people: look at it before the page goes out.").format(ref=ref))
    return 1 if found.small else 0
