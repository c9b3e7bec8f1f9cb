"""`ahtc export returns FOLDER`: one workbook a lead, with a covering note where there is an address."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.actions.filter_flags import add_filter_flags, build_filter
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: Any) -> ArgumentParser:
    """The kind of export; the flags that all kinds share are added by the caller."""
    kind: ArgumentParser = kinds.add_parser(
        "returns", help="one workbook a lead, with a covering note: a folder", allow_abbrev=False
    )
    kind.add_argument("out", metavar="OUT_FOLDER")
    add_filter_flags(kind)
    kind.set_defaults(run=write_return_workbooks)
    return kind


def write_return_workbooks(context: Context, args: Namespace) -> int:
    """Returns to send; exit code 1 if a lead has no address or an action no lead."""
    from ahtc_tui.services.exports.returns import write_returns

    with context.open_for_export() as workspace:
        report = write_returns(
            workspace,
            resolve_path(args.out),
            build_filter(workspace, args),
            marking=Marking(args.marking),
            force=args.force,
        )
    without_lead = [file for file in report.files if file.lead is None]
    if args.json:
        from ahtc_tui.domain.serialization import serialize_value

        print_json(serialize_value(report))
    else:
        print_lines(str(path) for file in report.files for path in (file.file, file.letter) if path)
        for absent in report.without_address:
            print_message(
                _("{name} has no address: send {file} by other means").format(name=absent.name, file=absent.file.name)
            )
        for file in without_lead:
            sentence = _("{refs}: led by nobody, in {file} for the office")
            print_message(sentence.format(refs=", ".join(file.actions), file=file.file.name))
        count = sum(len(file.actions) for file in report.files)
        message = _("{n} actions in {m} workbooks. `ahtc undo` forgets that they were sent.")
        context.print_notice(message.format(n=count, m=len(report.files)) if count else _("There is nothing to send."))
    return 1 if report.without_address or without_lead else 0
