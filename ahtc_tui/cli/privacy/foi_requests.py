"""The kind `foi` of `ahtc export`: what is held on a subject, for somebody who asks under the Act."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.foi_requests import say_request
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import place


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The flags that are its own."""
    asked = kinds.add_parser(
        "foi", help="a freedom of information request: all that is held on a subject, .zip", allow_abbrev=False
    )
    asked.add_argument("subject", metavar="WORDS", help="all of them must be there")
    asked.add_argument("out", metavar="OUT")
    asked.add_argument("--received", metavar="D", help="the day the request came; today unless given")
    asked.set_defaults(run=export)
    return asked


def export(context: Context, chosen: Namespace) -> int:
    """The archive; exit code 1 where names or addresses stand in it that somebody has to look at."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.privacy.foi_requests import answer_request

    context.refuse_another_language(_("The archive holds records in the words that were typed: leave out --lang."))
    with context.workspace() as workspace:
        received = read_date(chosen.received, workspace.today()).latest if chosen.received else None
        done = answer_request(
            workspace, chosen.subject, place(chosen.out), received, Marking(chosen.marking), force=chosen.force
        )
    if chosen.json:
        print_json(plain(done))
    else:
        print_lines([done.file])
        context.say(say_request(done))
    return 1 if done.redactions else 0
