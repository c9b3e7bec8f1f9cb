"""`ahtc contacts appoint` and `vacate`: appointments to posts, and what follows from them."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, declare_yes
from ahtc_tui.cli.contacts.write_commands import suggest_yes_flag
from ahtc_tui.domain.contacts.post_holders import AppointmentReport
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record


def declare_verbs() -> list[Verb]:
    """Return the verbs `appoint` and `vacate`."""
    return [
        Verb(
            "appoint", appoint_person, _("appoint a person to a post; open actions, seats and invitations follow")
        ).takes(
            Argument("person"),
            Argument("post"),
            Argument("--from", "D", _("the first day"), dest="from_on", required=True),
            Argument("--to", "D", _("the last day, if it is known"), dest="to_on"),
            Switch("--acting", _("a temporary appointment; the holder keeps the post")),
            Switch("--new", _("add the person to the register if the name is unknown")),
            declare_yes(_("add a person even if they may have been erased")),
            JSON,
        ),
        Verb("vacate", vacate_post, _("end the appointment to a post")).takes(
            Argument("post"), Argument("--on", "D", _("the holder's last date"), required=True), JSON
        ),
    ]


def appoint_person(context: Context, args: Namespace) -> int:
    """Appoint a person to a post and print what follows; returns 1 if something is left to decide."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments

    with context.open_workspace() as workspace:
        today = workspace.today()
        last_day = read_date(args.to_on, today) if args.to_on else None
        appointment = appointments.Appointment(read_date(args.from_on, today), last_day, args.acting)
        with suggest_yes_flag():
            report = appointments.appoint_holder(
                workspace, args.person, args.post, appointment, create_person=args.new, allow_erased=args.yes
            )
    return _print_report(context, report, args.json)


def vacate_post(context: Context, args: Namespace) -> int:
    """End the appointment to a post and print what follows; returns 1 if something is left to decide."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments

    with context.open_workspace() as workspace:
        report = appointments.vacate_post(workspace, args.post, read_date(args.on, workspace.today()))
    return _print_report(context, report, args.json)


def _print_report(context: Context, report: AppointmentReport, as_json: bool) -> int:
    print_result(
        as_json,
        lambda: serialize_record(report, "from_on", "to_on"),
        lambda: _format_report(context.show_names(report)),
    )
    context.print_undoable("")
    return 1 if report.questions else 0


def _format_report(report: AppointmentReport) -> list[str]:
    """Return the appointment, what follows the post, what stays with the person, what is left to decide."""
    holder = report.person or _("vacant")
    acting = _(", acting") if report.acting else ""
    until = _(" until {day}").format(day=soften_date(report.to_on)) if report.to_on else ""
    lines = [_("{post}: {who} from {day}{until}{acting}").format(
        post=report.post, who=holder, day=report.from_on, until=until, acting=acting
    )]  # fmt: skip
    if report.former:
        lines.append(
            _("Previously: {names}, until {day}").format(names=", ".join(report.former), day=report.former_until)
        )
    lines += report.warnings
    actions, kept = len(report.actions), len(report.kept)
    following = ngettext("Follows the post: 1 open action", "Follow the post: {n} open actions", actions)
    staying = ngettext("Stays with the person: 1 closed action", "Stay with the person: {n} closed actions", kept)
    return [
        *lines,
        *format_section(following, report.actions),
        *format_section(_("Seats"), report.seats),
        *format_section(_("Invited to"), report.invites),
        *format_section(staying, report.kept),
        *format_section(_("Held personally: to be reassigned"), report.questions),
    ]
