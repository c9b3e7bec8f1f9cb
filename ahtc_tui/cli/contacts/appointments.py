"""`ahtc contacts appoint` and `vacate`: who holds a post from a day, and what that brings with it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, section
from ahtc_tui.cli.contacts.write_commands import said_how_to_go_on
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.post_holders import Passing


def build(verbs: Any) -> None:
    """Both verbs."""
    appointing: ArgumentParser = verbs.add_parser(
        "appoint", help="put a person in a post; open work, seats and invites follow", allow_abbrev=False
    )
    appointing.add_argument("person")
    appointing.add_argument("post")
    appointing.add_argument("--from", dest="from_on", required=True, metavar="D", help="the first day")
    appointing.add_argument("--to", dest="to_on", metavar="D", help="the last day, where it is known")
    appointing.add_argument("--acting", action="store_true", help="stands in; the holder keeps the post")
    appointing.add_argument("--new", action="store_true", help="a name that is not in the register is added to it")
    appointing.add_argument("--yes", action="store_true", help="add a person who may have been erased")
    appointing.set_defaults(run=appoint)
    vacating: ArgumentParser = verbs.add_parser("vacate", help="nobody holds the post any more", allow_abbrev=False)
    vacating.add_argument("post")
    vacating.add_argument("--on", required=True, metavar="D", help="the last day of whoever holds it")
    vacating.set_defaults(run=vacate)
    for verb in (appointing, vacating):
        verb.add_argument("--json", action="store_true")


def appoint(context: Context, chosen: Namespace) -> int:
    """`contacts appoint`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments as appointing

    with context.workspace() as workspace:
        today = workspace.today()
        last = read_date(chosen.to_on, today) if chosen.to_on else None
        when = appointing.Appointment(read_date(chosen.from_on, today), last, chosen.acting)
        with said_how_to_go_on():
            done = appointing.appoint(workspace, chosen.person, chosen.post, when, new=chosen.new, again=chosen.yes)
    return _told(context, done, chosen.json)


def vacate(context: Context, chosen: Namespace) -> int:
    """`contacts vacate`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments as appointing

    with context.workspace() as workspace:
        done = appointing.vacate(workspace, chosen.post, read_date(chosen.on, workspace.today()))
    return _told(context, done, chosen.json)


def _told(context: Context, done: Passing, as_json: bool) -> int:
    if as_json:
        print_json({**plain(done), **date_data("from_on", done.from_on), **date_data("to_on", done.to_on)})
    else:
        print_lines(_lines(done))
    context.say(_("`ahtc undo` takes it back."))
    return 1 if done.questions else 0


def _lines(done: Passing) -> list[str]:
    """What happened, what follows, what stays, what somebody has to decide."""
    who = done.person or _("vacant")
    acting = _(", acting") if done.acting else ""
    until = _(" until {day}").format(day=done.to_on) if done.to_on else ""
    lines = [_("{post}: {who} from {day}{until}{acting}").format(
        post=done.post, who=who, day=done.from_on, until=until, acting=acting
    )]  # fmt: skip
    if done.former:
        lines.append(_("Before: {names}, until {day}").format(names=", ".join(done.former), day=done.former_until))
    open_actions, closed = _("Follow the post: {n} open actions"), _("Stay with the person: {n} closed actions")
    return [
        *lines,
        *section(say_number(len(done.actions), _("Follows the post: 1 open action"), open_actions), done.actions),
        *section(_("Seats"), done.seats),
        *section(_("Invited to"), done.invites),
        *section(say_number(len(done.kept), _("Stays with the person: 1 closed action"), closed), done.kept),
        *section(_("To decide: held in person, not through the post"), done.questions),
    ]
