"""The kind `pack` of `ahtc export`: everything that goes out before a meeting, in one folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import place


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The flags that are its own."""
    pack = kinds.add_parser(
        "pack", help="before a meeting: agenda, open actions, last minutes, invitation, note", allow_abbrev=False
    )
    pack.add_argument("meeting", metavar="MEETING")
    pack.add_argument("out", metavar="FOLDER")
    pack.set_defaults(run=export)
    return pack


def export(context: Context, chosen: Namespace) -> int:
    """The pack; exit code 1 where somebody invited has no address or a part could not be written."""
    from ahtc_tui.services.exports import meeting_pack

    target = place(chosen.out)
    with context.workspace() as workspace:
        came = meeting_pack.begin_pack(workspace, chosen.meeting)
    with context.office() as workspace:
        report = meeting_pack.write_pack(workspace, chosen.meeting, target, chosen.force, Marking(chosen.marking))
    if chosen.json:
        print_json(plain(report))
    else:
        print_lines(str(path) for path in report.files)
        if came:
            context.say(_("It had no agenda: {n} items came from the template.").format(n=came))
        context.say(say_number(report.actions, _("1 action not done."), _("{n} actions not done.")))
        for name in report.without_address:
            tell(_("{name} has no address").format(name=name))
        for sentence in report.left:
            tell(sentence)
    return 1 if report.without_address or report.left else 0
