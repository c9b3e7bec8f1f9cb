"""`ahtc plan back-plan`: from the day of an event back to what has to be done before it, made into actions at once."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_message
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.back_plan import BackPlan


def add_verb(verbs: Any) -> None:
    """The verb of `ahtc plan`."""
    verb: ArgumentParser = verbs.add_parser(
        "back-plan", help="from the day of an event back: a list of tasks becomes actions", allow_abbrev=False
    )
    verb.add_argument("title", metavar="TITLE")
    verb.add_argument("--on", required=True, metavar="D", help="a weekend or a bank holiday proposes the day before")
    verb.add_argument("--keep-day", action="store_true", help="hold it on the day itself, whatever day it is")
    verb.add_argument("--template", metavar="NAME", help="another list of the office: templates/back-plan-NAME.txt")
    verb.add_argument("--lead", metavar="X", help="who leads what the list gives nobody")
    verb.add_argument("--group", metavar="X", help="whose event it is: it comes into the diary, its seats are invited")
    verb.add_argument("--dry-run", action="store_true", help="show it, write nothing")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=create_back_plan)


def create_back_plan(context: Context, args: Namespace) -> int:
    """`plan back-plan`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.plan.back_plan import DEFAULT_TEMPLATE, build_back_plan, create_actions

    with context.open_workspace() as workspace:
        plan = build_back_plan(
            workspace,
            args.title,
            read_date(args.on, workspace.today()).latest,
            template=args.template or DEFAULT_TEMPLATE,
            lead=args.lead,
            group=args.group,
            keep_day=args.keep_day,
        )
        if not args.dry_run:
            plan = create_actions(workspace, plan, args.group)
    if args.json:
        data = serialize_value(plan)
        steps = data.pop("steps")
        print_json({**data, "moved": plan.move_reason or None, "dry_run": args.dry_run, "actions": steps})
    else:
        print_lines(_format_plan(plan))
    _print_summary(context, plan, args.dry_run)
    return 0


def _format_plan(plan: BackPlan) -> list[str]:
    rows = [
        (step.ref or step.here or "", format_weekday_date(step.due), step.when, step.text, step.lead or "–")
        for step in plan.steps
    ]
    head = [f"{plan.title}: {format_weekday_date(plan.day)}"]
    head += [_("In the diary: {ref}").format(ref=plan.event)] if plan.event else []
    return [*head, "", *format_table(rows, (12, 27, 16, None, 20))]


def _print_summary(context: Context, plan: BackPlan, dry_run: bool) -> None:
    if plan.move_reason:
        print_message(plan.move_reason)
    if past := sum(step.past for step in plan.new_steps):
        print_message(ngettext("1 day is past already.", "{n} days are past already.", past))
    if existing := len(plan.steps) - len(plan.new_steps):
        print_message(ngettext("1 is an open action already.", "{n} are open actions already.", existing))
    number = ngettext("1 action", "{n} actions", len(plan.new_steps))
    sentence = (
        _("{made} would be made; nothing is written.") if dry_run else _("{made} made. `ahtc undo` takes them back.")
    )
    context.print_notice(sentence.format(made=number))
