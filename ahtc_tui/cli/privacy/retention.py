"""`ahtc retention`: the retention schedule, its yearly run, holds and certificates."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, format_table, print_message, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, add_arguments, declare_dry_run, declare_yes
from ahtc_tui.cli.desk import ask_desk_person
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.privacy.retention import DisposalReport, DisposedRow, HoldRow, ScheduleRow
from ahtc_tui.domain.serialization import serialize_value


def register(parser: CommandParser, _command: str) -> None:
    """Declare the schedule itself and its verbs."""
    add_arguments(parser, print_schedule, JSON)
    held = Argument("ref", "REF", _("the record, or a class of the schedule"))
    verbs = parser.add_subparsers(required=False, metavar="VERB")
    for verb in (
        Verb(
            "apply", apply_schedule, _("destroy and transfer what is due, with a certificate; it cannot be undone")
        ).takes(declare_dry_run(), declare_yes(), JSON),
        Verb("hold", hold, _("keep records while a request or an inquiry needs them")).takes(
            held, Argument("--reason", "TEXT", _("why they are held"), required=True), JSON
        ),
        Verb("release", release, _("end a hold")).takes(held, JSON),
        Verb("history", print_history, _("certificates of what was destroyed, and holds"), JSON),
    ):
        verb.add_to(verbs)


def print_schedule(context: Context, args: Namespace) -> None:
    """Print what is due, held and kept."""
    from ahtc_tui.services.retention.service import list_schedule

    with context.open_workspace() as workspace:
        rows = list_schedule(workspace)
        due = sum(row.count for row in rows if row.action in ("destroy", "transfer"))
    print_result(args.json, lambda: [row.to_data() for row in rows], lambda: _format_schedule(rows))
    sentence = ngettext(
        "{n} is due. `ahtc retention apply --dry-run` lists it.",
        "{n} are due. `ahtc retention apply --dry-run` lists them.",
        due,
    )
    context.print_notice(sentence.format(n=due) if due else _("Nothing is due."))


def _format_schedule(rows: list[ScheduleRow]) -> Iterator[str]:
    cells = [
        (
            row.retention_class.label,
            row.action.label,
            str(row.count),
            format_short_date(row.due) if row.due and row.count else "",
            row.basis,
        )
        for row in rows
    ]
    yield from format_table(cells, (24, 10, 6, 12, None))


def apply_schedule(context: Context, args: Namespace) -> int:
    """Destroy and transfer what is due, after a question; returns 1 where something is left to do."""
    from ahtc_tui.services.retention import service as retention

    with context.open_workspace() as workspace:
        report = retention.apply_schedule(workspace, dry_run=True)
        has_due = bool(report.destroyed or report.transferred)
        if has_due and not args.dry_run:
            ask_desk_person(context, workspace)
            if not args.yes:
                print_message(*_format_report(report))
            if not context.confirm(_("This cannot be undone. Destroy and transfer it?"), args.yes):
                raise Refused(_("Nothing was destroyed. Answer yes, or add --yes."))
            report = retention.apply_schedule(workspace)
    print_result(args.json, report.to_data, lambda: _format_report(report))
    if not has_due:
        context.print_notice(_("Nothing is due."))
    print_message(*report.remaining)
    return 1 if report.remaining else 0


def _format_report(report: DisposalReport) -> list[str]:
    held = [ngettext("{n} due record is held.", "{n} due records are held.", report.held).format(n=report.held)]
    return [
        *format_section(_("Destroyed") if report.certificate else _("To destroy"), _format_rows(report.destroyed)),
        *format_section(_("For an archive"), [*_format_rows(report.transferred), *filter(None, [report.folder])]),
        *(held if report.held else []),
        *([_("Certificate: {path}").format(path=report.certificate)] if report.certificate else []),
    ]


def _format_rows(rows: tuple[DisposedRow, ...]) -> list[str]:
    return format_table([(row.retention_class.label, str(row.count), row.what) for row in rows], (24, 6, None))


def hold(context: Context, args: Namespace) -> None:
    """Hold a record or a class."""
    from ahtc_tui.services.retention import service as retention

    with context.open_workspace() as workspace:
        row = retention.hold(workspace, args.ref, args.reason)
    _print_hold(context, args, row, _("{ref} is held. It is not destroyed until the hold is released."))


def release(context: Context, args: Namespace) -> None:
    """End a hold."""
    from ahtc_tui.services.retention import service as retention

    with context.open_workspace() as workspace:
        row = retention.release(workspace, args.ref)
    _print_hold(context, args, row, _("{ref} is not held any more."))


def _print_hold(context: Context, args: Namespace, row: HoldRow, sentence: str) -> None:
    print_result(args.json, lambda: serialize_value(row), lambda: [row.ref])
    context.print_undoable(sentence.format(ref=row.ref))


def print_history(context: Context, args: Namespace) -> None:
    """Print the certificates and the holds."""
    from ahtc_tui.services.retention import service as retention

    with context.open_workspace() as workspace:
        certificates, holds = retention.list_certificates(workspace), retention.list_holds(workspace)
    if args.json:
        data = [
            {
                "certificate": row.ref,
                "on": row.made_on.isoformat(),
                "by": row.made_by,
                "destroyed": [part.to_data() for part in row.destroyed],
                "transferred": [part.to_data() for part in row.transferred],
            }
            for row in certificates
        ]
        print_result(True, lambda: {"certificates": data, "holds": serialize_value(holds)}, list)
        return
    lines = []
    for row in certificates:
        day = format_long_date(row.made_on)
        lines.append(_("{ref}, {date}, by {name}").format(ref=row.ref, date=day, name=row.made_by))
        lines += [f"  {line}" for line in _format_rows((*row.destroyed, *row.transferred))]
    print_result(False, list, lambda: [*lines, *format_section(_("Holds"), [_format_hold(row) for row in holds])])


def _format_hold(row: HoldRow) -> str:
    until = _(", released {day}").format(day=format_long_date(row.released_on)) if row.released_on else ""
    sentence = _("{ref} since {day}: {reason}")
    return sentence.format(ref=row.ref, day=format_long_date(row.held_on), reason=row.reason) + until
