"""The kind `pack` of `ahtc export`: everything that goes out before a meeting, in one folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The flags that are its own."""
    pack = kinds.add_parser(
        "pack", help="before a meeting: agenda, open actions, last minutes, invitation, note", allow_abbrev=False
    )
    pack.add_argument("meeting", metavar="MEETING")
    pack.add_argument("out", metavar="FOLDER")
    pack.set_defaults(run=write_meeting_pack)
    return pack


def write_meeting_pack(context: Context, args: Namespace) -> int:
    """The pack; exit code 1 where somebody invited has no address or a part could not be written."""
    from ahtc_tui.services.exports import meeting_pack

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        template_items = meeting_pack.fill_agenda(workspace, args.meeting)
    with context.open_for_export() as workspace:
        report = meeting_pack.write_meeting_pack(workspace, args.meeting, target, args.force, Marking(args.marking))
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(str(path) for path in report.files)
        if template_items:
            context.print_notice(_("It had no agenda: {n} items came from the template.").format(n=template_items))
        context.print_notice(ngettext("1 action not done.", "{n} actions not done.", report.actions))
        for name in report.without_address:
            print_message(_("{name} has no address").format(name=name))
        for sentence in report.left:
            print_message(sentence)
    return 1 if report.without_address or report.left else 0
