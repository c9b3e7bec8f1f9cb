"""`ahtc meetings invite`: the invitations of a meeting by area."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, format_table, print_json, print_lines
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.enums import Reply
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.invitations import InviteList


def declare_verbs() -> list[Verb]:
    """Return the verb `invite`."""
    area_help = _("every contact of an area; may be repeated")
    return [
        Verb(
            "invite", print_or_invite, _("the invitations by area; --area, --list and --who invite more contacts")
        ).takes(
            REF,
            Argument("--area", "A", area_help, action="append", default=[]),
            Argument("--list", "L", _("a circulation list"), action="append", default=[], dest="lists"),
            Argument("--who", "X", _("one contact"), action="append", default=[]),
            JSON,
        )
    ]


def print_or_invite(context: Context, args: Namespace) -> int:
    """Invite contacts by area, list or name, then print the invitations."""
    from ahtc_tui.services.meetings.invitations import invite_guests, show_invitations

    with context.open_workspace() as workspace:
        if args.area or args.lists or args.who:
            invitations = invite_guests(workspace, args.ref, args.area, args.lists, args.who)
        else:
            invitations = show_invitations(workspace, args.ref)
    if args.json:
        areas = [{**serialize_value(area), "without_address": area.without_address} for area in invitations.areas]
        print_json({**serialize_value(invitations), "areas": areas, "total": invitations.total})
    else:
        print_lines(_format_invitations(invitations))
    if invitations.added:
        number = ngettext("1 contact invited", "{n} contacts invited", len(invitations.added))
        context.print_notice(_("{said}. To undo, run `ahtc undo`.").format(said=number))
    return 0


def _format_invitations(invitations: InviteList) -> list[str]:
    invited = ngettext("1 invited", "{n} invited", invitations.total)
    lines = [f"{invitations.ref}  {invitations.title}: {invited}"]
    for area in invitations.areas:
        rows = [
            (
                f"{guest.name} ({guest.holder})" if guest.holder else guest.name,
                "" if guest.email else _("no address"),
                _("no answer") if guest.reply is Reply.NEEDS_ACTION else guest.reply.label,
            )
            for guest in area.guests
        ]
        heading = area.area or _("No area")
        lines += format_section(f"{heading} ({len(rows)})", format_table(rows, (None, 12, 14)))
    return lines
