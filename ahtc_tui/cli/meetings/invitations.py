"""`ahtc meetings invite`: the invitation list of a meeting or an event by area, and asking an area or a list."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, section, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.enums import Reply
from ahtc_tui.domain.serialization import plain

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.invitations import InviteList


def add_verb(verbs: Any) -> None:
    """The verb of `ahtc meetings`."""
    verb: ArgumentParser = verbs.add_parser(
        "invite", help="who is asked, by area; --area, --list and --who ask more", allow_abbrev=False
    )
    verb.add_argument("ref")
    verb.add_argument(
        "--area", action="append", default=[], metavar="A", help="every contact of an area; may be repeated"
    )
    verb.add_argument("--list", action="append", default=[], dest="lists", metavar="L", help="a circulation list")
    verb.add_argument("--who", action="append", default=[], metavar="X", help="one contact")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=run)


def run(context: Context, chosen: Namespace) -> int:
    """`meetings invite`."""
    from ahtc_tui.services.meetings.invitations import invite, invite_list

    with context.workspace() as workspace:
        if chosen.area or chosen.lists or chosen.who:
            found = invite(workspace, chosen.ref, chosen.area, chosen.lists, chosen.who)
        else:
            found = invite_list(workspace, chosen.ref)
    if chosen.json:
        areas = [{**plain(one), "without_address": one.without_address} for one in found.areas]
        print_json({**plain(found), "areas": areas, "total": found.total})
    else:
        print_lines(_lines(found))
    if found.added:
        said = say_number(len(found.added), _("1 asked"), _("{n} asked"))
        context.say(_("{said}. `ahtc undo` takes it back.").format(said=said))
    return 0


def _lines(found: InviteList) -> list[str]:
    lines = [f"{found.ref}  {found.title}: {say_number(found.total, _('1 invited'), _('{n} invited'))}"]
    for area in found.areas:
        rows = [
            (
                f"{guest.name} ({guest.holder})" if guest.holder else guest.name,
                "" if guest.email else _("no address"),
                _("no answer") if guest.reply is Reply.NEEDS_ACTION else _(guest.reply.value),
            )
            for guest in area.guests
        ]
        lines += section(f"{area.area or _('No area')} ({len(rows)})", table(rows, (None, 12, 14)))
    return lines
