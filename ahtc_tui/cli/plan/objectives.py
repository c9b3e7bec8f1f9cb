"""`ahtc plan aim` and `ahtc plan objective`: what the plan is for, and its headings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import AimRow, ObjectiveCard

FIELDS = ("number", "basis", "aims", "note", "source")
"""What `plan objective add` takes as flags; `edit` takes the same as field=value."""


def add_verbs(verbs: Any) -> None:
    """The two nouns, beside the other verbs of the plan."""
    aims = _noun(verbs, "aim", "what the plan is for")
    listing: ArgumentParser = aims.add_parser("list", help="all of them, with their references", allow_abbrev=False)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_aims)
    adding: ArgumentParser = aims.add_parser("add", help="a new one; prints its reference", allow_abbrev=False)
    adding.add_argument("text")
    adding.add_argument("--source")
    adding.set_defaults(run=add_aim)
    edit_verb(aims, "field=value ...: text, source", edit_aim)
    _remove_verb(aims, remove_aim)
    objectives = _noun(verbs, "objective", "the headings under which actions stand; `plan show` lists them")
    heading: ArgumentParser = objectives.add_parser("add", help="a new one; prints its reference", allow_abbrev=False)
    heading.add_argument("title")
    for field in FIELDS:
        heading.add_argument(f"--{field}")
    heading.set_defaults(run=add_objective)
    edit_verb(
        objectives, "field=value ...: number, title, basis (stated, grouping), aims, note, source", edit_objective
    )
    _remove_verb(objectives, remove_objective)


def _noun(verbs: Any, name: str, words: str) -> Any:
    noun = verbs.add_parser(name, help=words, allow_abbrev=False)
    return noun.add_subparsers(required=True, metavar="VERB")


def _remove_verb(verbs: Any, run: Any) -> None:
    removing: ArgumentParser = verbs.add_parser("remove", help="take it away", allow_abbrev=False)
    removing.add_argument("ref")
    removing.set_defaults(run=run)


def list_aims(context: Context, chosen: Namespace) -> int:
    """`plan aim list`."""
    with context.workspace() as workspace:
        aims = plan.plan_aims(workspace)
    if chosen.json:
        print_json([plain(aim) for aim in aims])
    else:
        print_lines(table([(aim.ref, aim.text, aim.source or "–") for aim in aims], (16, None, 24)))
        context.say(say_number(len(aims), _("1 aim"), _("{n} aims")))
    return 0


def add_aim(context: Context, chosen: Namespace) -> int:
    """`plan aim add`."""
    from ahtc_tui.domain.drafts.plan import aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    given = {"text": chosen.text, **flags_given(chosen, ("source",))}
    with context.workspace() as workspace:
        return _tell_aim(context, plan_objectives.add_aim(workspace, aim_draft(given, workspace.today())))


def edit_aim(context: Context, chosen: Namespace) -> int:
    """`plan aim edit`."""
    from ahtc_tui.domain.drafts.plan import aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.workspace() as workspace:
        draft = aim_draft(pairs(chosen.fields), workspace.today())
        return _tell_aim(context, plan_objectives.edit_aim(workspace, chosen.ref, draft))


def add_objective(context: Context, chosen: Namespace) -> int:
    """`plan objective add`."""
    from ahtc_tui.domain.drafts.plan import objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    given = {"title": chosen.title, **flags_given(chosen, FIELDS)}
    with context.workspace() as workspace:
        return _tell(context, plan_objectives.add_objective(workspace, objective_draft(given, workspace.today())))


def edit_objective(context: Context, chosen: Namespace) -> int:
    """`plan objective edit`."""
    from ahtc_tui.domain.drafts.plan import objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.workspace() as workspace:
        draft = objective_draft(pairs(chosen.fields), workspace.today())
        return _tell(context, plan_objectives.edit_objective(workspace, chosen.ref, draft))


def remove_aim(context: Context, chosen: Namespace) -> int:
    """`plan aim remove`."""
    from ahtc_tui.services.plan.objectives import remove_aim

    with context.workspace() as workspace:
        return _tell_gone(context, remove_aim(workspace, chosen.ref))


def remove_objective(context: Context, chosen: Namespace) -> int:
    """`plan objective remove`."""
    from ahtc_tui.services.plan.objectives import remove_objective

    with context.workspace() as workspace:
        return _tell_gone(context, remove_objective(workspace, chosen.ref))


def _tell_aim(context: Context, aim: AimRow) -> int:
    print_lines([aim.ref])
    context.say(_("{ref}: {text}. `ahtc undo` takes it back.").format(ref=aim.ref, text=aim.text))
    return 0


def _tell(context: Context, card: ObjectiveCard) -> int:
    row = card.row
    print_lines([row.ref])
    said = _("Objective {n}: {title} ({basis}). `ahtc undo` takes it back.")
    context.say(said.format(n=row.number, title=row.title, basis=row.basis.label))
    return 0


def _tell_gone(context: Context, ref: str) -> int:
    print_lines([ref])
    context.say(_("{ref} taken away. `ahtc undo` takes it back.").format(ref=ref))
    return 0
