"""`ahtc export matrix` and `export evidence`: good practice by place, and figures, as workbooks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.paths import resolve_path


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> tuple[ArgumentParser, ...]:
    """The kinds with their flags."""
    cascade = kinds.add_parser("matrix", help="good practice by place: .xlsx", allow_abbrev=False)
    cascade.add_argument("out", metavar="OUT")
    cascade.add_argument("words", nargs="*", metavar="WORDS")
    cascade.set_defaults(run=write_matrix)
    figures = kinds.add_parser("evidence", help="figures, data sets and charts: .xlsx", allow_abbrev=False)
    figures.add_argument("out", metavar="OUT")
    figures.add_argument("words", nargs="*", metavar="WORDS")
    figures.set_defaults(run=write_evidence)
    return cascade, figures


def write_matrix(context: Context, args: Namespace) -> int:
    """`export matrix`."""
    from ahtc_tui.services.exports.evidence import export_matrix

    target = resolve_path(args.out)
    marking, words = Marking(args.marking), " ".join(args.words)
    with context.open_for_export() as workspace:
        count = export_matrix(workspace, target, marking=marking, words=words, force=args.force)
    description = ngettext("1 known cell", "{n} known cells", count)
    return write_messages.print_written_file(context, args, target, description, cells=count)


def write_evidence(context: Context, args: Namespace) -> int:
    """`export evidence`; exit code 1 where a count of people is so small that somebody should look first."""
    from ahtc_tui.services.exports.evidence import export_evidence

    target = resolve_path(args.out)
    marking, words = Marking(args.marking), " ".join(args.words)
    with context.open_for_export() as workspace:
        report = export_evidence(workspace, target, marking=marking, words=words, force=args.force)
    description = ngettext("1 figure", "{n} figures", report.figures)
    write_messages.print_written_file(
        context, args, target, description, figures=report.figures, small=list(report.small), limit=report.limit
    )
    return print_small_counts(report.small, report.limit)


def print_small_counts(refs: Sequence[str], limit: int) -> int:
    """Name the counts that somebody should look at before they leave; 1 where there are any."""
    for ref in refs:
        print_message(_("{ref} is a count under {limit}: look before you send it.").format(ref=ref, limit=limit))
    return 1 if refs else 0
