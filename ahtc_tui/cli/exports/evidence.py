"""`ahtc export matrix` and `export evidence`: good practice by place, and figures, as workbooks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import tell
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> tuple[ArgumentParser, ...]:
    """The kinds with their flags."""
    cascade = kinds.add_parser("matrix", help="good practice by place: .xlsx", allow_abbrev=False)
    cascade.add_argument("out", metavar="OUT")
    cascade.add_argument("words", nargs="*", metavar="WORDS")
    cascade.set_defaults(run=matrix)
    figures = kinds.add_parser("evidence", help="figures, data sets and charts: .xlsx", allow_abbrev=False)
    figures.add_argument("out", metavar="OUT")
    figures.add_argument("words", nargs="*", metavar="WORDS")
    figures.set_defaults(run=evidence)
    return cascade, figures


def matrix(context: Context, chosen: Namespace) -> int:
    """`export matrix`."""
    from ahtc_tui.services.exports.evidence import export_matrix

    target = place(chosen.out)
    marking, words = Marking(chosen.marking), " ".join(chosen.words)
    with context.office() as workspace:
        count = export_matrix(workspace, target, marking=marking, words=words, force=chosen.force)
    what = say_number(count, _("1 known cell"), _("{n} known cells"))
    return write_messages.file(context, chosen, target, what, cells=count)


def evidence(context: Context, chosen: Namespace) -> int:
    """`export evidence`; exit code 1 where a count of people is so small that somebody should look first."""
    from ahtc_tui.services.exports.evidence import export_evidence

    target = place(chosen.out)
    marking, words = Marking(chosen.marking), " ".join(chosen.words)
    with context.office() as workspace:
        report = export_evidence(workspace, target, marking=marking, words=words, force=chosen.force)
    what = say_number(report.figures, _("1 figure"), _("{n} figures"))
    write_messages.file(
        context, chosen, target, what, figures=report.figures, small=list(report.small), limit=report.limit
    )
    return tell_small(report.small, report.limit)


def tell_small(small: Sequence[str], limit: int) -> int:
    """Name the counts that somebody should look at before they leave; 1 where there are any."""
    for ref in small:
        tell(_("{ref} is a count under {limit}: look before you send it.").format(ref=ref, limit=limit))
    return 1 if small else 0
