"""`ahtc plan back-plan`: actions for the tasks before an event, planned back from its date."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_message
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, declare_dry_run
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.back_plan import BackPlan
from ahtc_tui.domain.serialization import serialize_value


def declare_verbs() -> list[Verb]:
    """Return the verb `back-plan`."""
    return [
        Verb(
            "back-plan", create_back_plan, _("actions for the tasks before an event, planned back from its date")
        ).takes(
            Argument("title", "TITLE"),
            Argument(
                "--on", "D", _("the date; for a weekend or bank holiday the day before is proposed"), required=True
            ),
            Switch("--keep-day", _("keep the date, whatever day it is")),
            Argument("--template", "NAME", _("another list of tasks: templates/back-plan-NAME.txt")),
            Argument("--lead", "X", _("the lead of tasks without one")),
            Argument("--group", "X", _("the group that holds it: adds the event and invites its seats")),
            declare_dry_run(_("show the actions, without writing them")),
            JSON,
        )
    ]


def create_back_plan(context: Context, args: Namespace) -> None:
    """Add an action for each task, or show them with --dry-run."""
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
        print_message(ngettext("1 date is in the past.", "{n} dates are in the past.", past))
    if existing := len(plan.steps) - len(plan.new_steps):
        print_message(ngettext("1 is already an open action.", "{n} are already open actions.", existing))
    number = ngettext("1 action", "{n} actions", len(plan.new_steps))
    if dry_run:
        context.print_notice(_("{made} would be added; nothing was written.").format(made=number))
    else:
        context.print_undoable(_("{made} added.").format(made=number))
