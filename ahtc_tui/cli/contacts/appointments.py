"""`ahtc contacts appoint`, `vacate` and `departing`: who holds a post, and who takes over what a person leaves."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.answers_file import read_answers_file
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, format_table, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, declare_dry_run, declare_yes
from ahtc_tui.cli.contacts.write_commands import suggest_yes_flag
from ahtc_tui.domain.contacts.departures import REST, Departure, HeldItem
from ahtc_tui.domain.contacts.post_holders import AppointmentReport
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, ngettext, translated_names
from ahtc_tui.domain.serialization import serialize_record


def declare_verbs() -> list[Verb]:
    """Return the verbs `appoint`, `vacate` and `departing`."""
    return [
        Verb(
            "appoint", appoint_person, _("appoint a person to a post; open actions, seats and invitations follow")
        ).takes(
            Argument("person"),
            Argument("post"),
            Argument("--from", "D", _("the start date"), dest="from_on", required=True),
            Argument("--to", "D", _("the end date, if it is known"), dest="to_on"),
            Switch("--acting", _("a temporary appointment; the holder keeps the post")),
            Switch("--new", _("add the person to the register if the name is unknown")),
            declare_yes(_("add a person even if they may have been erased")),
            JSON,
        ),
        Verb("vacate", vacate_post, _("end the appointment to a post")).takes(
            Argument("post"), Argument("--on", "D", _("the holder's last date"), required=True), JSON
        ),
        Verb("departing", print_departure, _("what a departing person holds, and who takes each over")).takes(
            Argument("person"),
            Argument("--on", "DATE", _("the last day"), required=True),
            Argument("--to", "HEIR", _("who takes everything over, except what --answers gives to others")),
            Argument("--answers", "FILE.json", _("who takes each over (a name, proposed, none or keep), by key")),
            declare_dry_run(),
            JSON,
        ),
    ]


def appoint_person(context: Context, args: Namespace) -> int:
    """Appoint a person to a post and print what follows; returns 1 if something is left to decide."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import appointments

    with context.open_workspace() as workspace, translated_names(not args.json):
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

    with context.open_workspace() as workspace, translated_names(not args.json):
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
    until = _(" until {date}").format(date=soften_date(report.to_on)) if report.to_on else ""
    lines = [_("{post}: {who} from {date}{until}{acting}").format(
        post=report.post, who=holder, date=report.from_on, until=until, acting=acting
    )]  # fmt: skip
    if report.former:
        lines.append(
            _("Previously: {names}, until {date}").format(names=", ".join(report.former), date=report.former_until)
        )
    lines += report.warnings
    actions, kept = len(report.actions), len(report.kept)
    following = ngettext("1 open action follows the post", "{n} open actions follow the post", actions)
    staying = ngettext("1 closed action stays with the person", "{n} closed actions stay with the person", kept)
    return [
        *lines,
        *format_section(following, report.actions),
        *format_section(_("Seats"), report.seats),
        *format_section(_("Invited to"), report.invites),
        *format_section(staying, report.kept),
        *format_section(_("Held personally: to be reassigned"), report.questions),
    ]


def print_departure(context: Context, args: Namespace) -> int:
    """Print what a person holds; pass it on where an heir or answers are given. Return 1 if an item has no answer."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services import departures

    answers: dict[str, str | None] = {REST: args.to} if args.to is not None else {}
    answers |= _read_answers(args.answers)
    with context.open_workspace() as workspace, translated_names(not (args.json or answers)):
        on = read_date(args.on, workspace.today())
        if not answers:
            report = departures.show_departure(workspace, args.person, on)
        elif args.dry_run:
            report = departures.preview_departure(workspace, args.person, on, answers)
        else:
            report = departures.write_departure(workspace, args.person, on, answers)
    print_result(
        args.json, lambda: serialize_record(report, "on"), lambda: _format_departure(context.show_names(report))
    )
    if report.written:
        context.print_undoable(_("{name} leaves on {day}").format(name=report.person, day=soften_date(report.on)) + ".")
    elif not report.items:
        context.print_notice(_("{name} holds nothing then.").format(name=report.person))
    elif not answers:
        context.print_notice(_("Nothing was changed. To pass these on, add --to HEIR or --answers FILE.json."))
    return 1 if answers and report.open_items else 0


def _read_answers(name: str | None) -> dict[str, str | None]:
    """Return the answers of a JSON file by key of the item. Raises BadFile, which names the file and the key."""
    values = read_answers_file(name)
    for key, value in values.items():
        if not isinstance(value, str | None) or value == "":
            sentence = _('{name}: the answer to "{key}" must be a name, "proposed", "none" or "keep".')
            raise BadFile(sentence.format(name=name, key=key))
    return values


def _format_departure(report: Departure) -> list[str]:
    rows = [(item.id, item.kind.label, item.what, _format_heir(item)) for item in report.items]
    stays = ngettext("1 record stays with the post", "{n} records stay with the post", len(report.follows))
    return [*format_table(rows, (30, 18, None, 40)), *format_section(stays, report.follows)]


def _format_heir(item: HeldItem) -> str:
    """Return what becomes of an item, else who is proposed and why."""
    if item.outcome is not None:
        return _("to {name}").format(name=item.to) if item.to else item.outcome.label
    return f"{item.heir} ({item.because.label})" if item.heir else item.because.label
