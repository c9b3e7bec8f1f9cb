"""`ahtc contacts appoint` and `vacate`: who holds a post from a day, and what that brings with it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, section
from ahtc_tui.cli.contacts.write_commands import suggest_yes_flag
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.post_holders import AppointmentReport


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
    appointing.set_defaults(run=appoint_person)
    vacating: ArgumentParser = verbs.add_parser("vacate", help="nobody holds the post any more", allow_abbrev=False)
    vacating.add_argument("post")
    vacating.add_argument("--on", required=True, metavar="D", help="the last day of whoever holds it")
    vacating.set_defaults(run=vacate_post)
    for verb in (appointing, vacating):
        verb.add_argument("--json", action="store_true")


def appoint_person(context: Context, args: Namespace) -> int:
    """`contacts appoint`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments as appointing

    with context.open_workspace() as workspace:
        today = workspace.today()
        last_day = read_date(args.to_on, today) if args.to_on else None
        appointment = appointing.Appointment(read_date(args.from_on, today), last_day, args.acting)
        with suggest_yes_flag():
            report = appointing.appoint_holder(
                workspace, args.person, args.post, appointment, create_person=args.new, allow_erased=args.yes
            )
    return _print_report(context, report, args.json)


def vacate_post(context: Context, args: Namespace) -> int:
    """`contacts vacate`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments as appointing

    with context.open_workspace() as workspace:
        report = appointing.vacate_post(workspace, args.post, read_date(args.on, workspace.today()))
    return _print_report(context, report, args.json)


def _print_report(context: Context, report: AppointmentReport, as_json: bool) -> int:
    if as_json:
        print_json(
            {
                **serialize_value(report),
                **serialize_date("from_on", report.from_on),
                **serialize_date("to_on", report.to_on),
            }
        )
    else:
        print_lines(_format_report(report))
    context.print_notice(_("`ahtc undo` takes it back."))
    return 1 if report.questions else 0


def _format_report(report: AppointmentReport) -> list[str]:
    """What happened, what follows, what stays, what somebody has to decide."""
    holder = report.person or _("vacant")
    acting = _(", acting") if report.acting else ""
    until = _(" until {day}").format(day=report.to_on) if report.to_on else ""
    lines = [_("{post}: {who} from {day}{until}{acting}").format(
        post=report.post, who=holder, day=report.from_on, until=until, acting=acting
    )]  # fmt: skip
    if report.former:
        lines.append(_("Before: {names}, until {day}").format(names=", ".join(report.former), day=report.former_until))
    actions, kept = len(report.actions), len(report.kept)
    following = ngettext("Follows the post: 1 open action", "Follow the post: {n} open actions", actions)
    staying = ngettext("Stays with the person: 1 closed action", "Stay with the person: {n} closed actions", kept)
    return [
        *lines,
        *section(following, report.actions),
        *section(_("Seats"), report.seats),
        *section(_("Invited to"), report.invites),
        *section(staying, report.kept),
        *section(_("To decide: held in person, not through the post"), report.questions),
    ]
