"""`ahtc contacts departing`: what a person who leaves holds, and who takes it over."""

from __future__ import annotations

import json
from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, format_table, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_dry_run
from ahtc_tui.domain.contacts.departures import REST, Departure, HeldItem
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.services.paths import resolve_input_path


def declare_verbs() -> list[Verb]:
    """Return the verb `departing`."""
    return [
        Verb("departing", print_departure, _("what a departing person holds, and who takes each over")).takes(
            Argument("person"),
            Argument("--on", "DATE", _("the last day"), required=True),
            Argument("--to", "HEIR", _("who takes everything over, except what --answers gives to others")),
            Argument("--answers", "FILE.json", _("who takes each over (a name, proposed, none or keep), by key")),
            declare_dry_run(),
            JSON,
        )
    ]


def print_departure(context: Context, args: Namespace) -> int:
    """Print what a person holds; pass it on where an heir or answers are given. Return 1 if an item has no answer."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services import departures

    answers: dict[str, str | None] = {REST: args.to} if args.to is not None else {}
    answers |= _read_answers(args.answers)
    with context.open_workspace() as workspace:
        on = read_date(args.on, workspace.today())
        if not answers:
            report = departures.show_departure(workspace, args.person, on)
        elif args.dry_run:
            report = departures.preview_departure(workspace, args.person, on, answers)
        else:
            report = departures.write_departure(workspace, args.person, on, answers)
    print_result(args.json, lambda: serialize_record(report, "on"), lambda: _format_departure(report))
    if report.written:
        context.print_undoable(_("{name} leaves on {day}.").format(name=report.person, day=soften_date(report.on)))
    elif not report.items:
        context.print_notice(_("{name} holds nothing then.").format(name=report.person))
    elif not answers:
        context.print_notice(_("Nothing was changed: --to HEIR or --answers FILE.json passes these on."))
    return 1 if answers and report.open_items else 0


def _read_answers(name: str | None) -> dict[str, str | None]:
    """Return the answers of a JSON file by key of the item. Raises BadFile, which names the file and the key."""
    if name is None:
        return {}
    path = resolve_input_path(name)
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFile(_("{name} cannot be read: {reason}").format(name=path.name, reason=error.strerror)) from error
    except ValueError as error:
        raise BadFile(_("{name} is not JSON: {reason}.").format(name=path.name, reason=error)) from error
    if not isinstance(values, dict):
        raise BadFile(_("{name} must be a JSON object with an answer for each key.").format(name=path.name))
    for key, value in values.items():
        if not isinstance(value, str | None) or value == "":
            sentence = _('{name}: the answer to "{key}" must be a name, "proposed", "none" or "keep".')
            raise BadFile(sentence.format(name=path.name, key=key))
    return values


def _format_departure(report: Departure) -> list[str]:
    rows = [(item.id, item.kind.label, item.what, _format_heir(item)) for item in report.items]
    stays = ngettext("Stays with the post: 1 record", "Stay with the post: {n} records", len(report.follows))
    return [*format_table(rows, (30, 18, None, 40)), *format_section(stays, report.follows)]


def _format_heir(item: HeldItem) -> str:
    """Return what becomes of an item, else who is proposed and why."""
    if item.outcome is not None:
        return _("to {name}").format(name=item.to) if item.to else item.outcome.label
    return f"{item.heir} ({item.because.label})" if item.heir else item.because.label
