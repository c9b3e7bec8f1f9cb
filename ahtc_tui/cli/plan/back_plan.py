"""`ahtc plan back-plan`: from the day of an event back to what has to be done before it, made into actions at once."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table, tell
from ahtc_tui.domain.dates.formatting import long_date_with_day, say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain

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
    verb.set_defaults(run=run)


def run(context: Context, chosen: Namespace) -> int:
    """`plan back-plan`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.plan.back_plan import USUAL, back_plan, make_actions

    with context.workspace() as workspace:
        plan = back_plan(
            workspace,
            chosen.title,
            read_date(chosen.on, workspace.today()).latest,
            template=chosen.template or USUAL,
            lead=chosen.lead,
            group=chosen.group,
            keep_day=chosen.keep_day,
        )
        if not chosen.dry_run:
            plan = make_actions(workspace, plan, chosen.group)
    if chosen.json:
        data = plain(plan)
        steps = data.pop("steps")
        print_json({**data, "moved": plan.moved or None, "dry_run": chosen.dry_run, "actions": steps})
    else:
        print_lines(_lines(plan))
    _tell(context, plan, chosen.dry_run)
    return 0


def _lines(plan: BackPlan) -> list[str]:
    rows = [
        (step.ref or step.here or "", long_date_with_day(step.due), step.when, step.text, step.lead or "–")
        for step in plan.steps
    ]
    head = [f"{plan.title}: {long_date_with_day(plan.day)}"]
    head += [_("In the diary: {ref}").format(ref=plan.event)] if plan.event else []
    return [*head, "", *table(rows, (12, 27, 16, None, 20))]


def _tell(context: Context, plan: BackPlan, dry_run: bool) -> None:
    if plan.moved:
        tell(plan.moved)
    if past := sum(step.past for step in plan.new):
        tell(say_number(past, _("1 day is past already."), _("{n} days are past already.")))
    if here := len(plan.steps) - len(plan.new):
        tell(say_number(here, _("1 is an open action already."), _("{n} are open actions already.")))
    made = say_number(len(plan.new), _("1 action"), _("{n} actions"))
    said = _("{made} would be made; nothing is written.") if dry_run else _("{made} made. `ahtc undo` takes them back.")
    context.say(said.format(made=made))
