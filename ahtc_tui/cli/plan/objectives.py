"""`ahtc plan aim` and `ahtc plan objective`: what the plan is for, and its headings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import AimRow, ObjectiveCard

FIELDS = ("number", "basis", "aims", "note", "source")
"""What `plan objective add` takes as flags; `edit` takes the same as field=value."""


def add_verbs(verbs: Any) -> None:
    """The two nouns, beside the other verbs of the plan."""
    aims = _add_noun(verbs, "aim", "what the plan is for")
    listing: ArgumentParser = aims.add_parser("list", help="all of them, with their references", allow_abbrev=False)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=print_aims)
    adding: ArgumentParser = aims.add_parser("add", help="a new one; prints its reference", allow_abbrev=False)
    adding.add_argument("text")
    adding.add_argument("--source")
    adding.set_defaults(run=add_aim)
    add_edit_verb(aims, "field=value ...: text, source", edit_aim)
    _add_remove_verb(aims, remove_aim)
    objectives = _add_noun(verbs, "objective", "the headings under which actions stand; `plan show` lists them")
    heading: ArgumentParser = objectives.add_parser("add", help="a new one; prints its reference", allow_abbrev=False)
    heading.add_argument("title")
    for field in FIELDS:
        heading.add_argument(f"--{field}")
    heading.set_defaults(run=add_objective)
    add_edit_verb(
        objectives, "field=value ...: number, title, basis (stated, grouping), aims, note, source", edit_objective
    )
    _add_remove_verb(objectives, remove_objective)


def _add_noun(verbs: Any, name: str, words: str) -> Any:
    noun = verbs.add_parser(name, help=words, allow_abbrev=False)
    return noun.add_subparsers(required=True, metavar="VERB")


def _add_remove_verb(verbs: Any, run: Any) -> None:
    removing: ArgumentParser = verbs.add_parser("remove", help="take it away", allow_abbrev=False)
    removing.add_argument("ref")
    removing.set_defaults(run=run)


def print_aims(context: Context, args: Namespace) -> int:
    """`plan aim list`."""
    with context.open_workspace() as workspace:
        aims = plan.list_aims(workspace)
    if args.json:
        print_json([serialize_value(aim) for aim in aims])
    else:
        print_lines(format_table([(aim.ref, aim.text, aim.source or "–") for aim in aims], (16, None, 24)))
        context.print_notice(ngettext("1 aim", "{n} aims", len(aims)))
    return 0


def add_aim(context: Context, args: Namespace) -> int:
    """`plan aim add`."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = {"text": args.text, **collect_flags(args, ("source",))}
    with context.open_workspace() as workspace:
        return _print_written_aim(
            context, plan_objectives.add_aim(workspace, build_aim_draft(values, workspace.today()))
        )


def edit_aim(context: Context, args: Namespace) -> int:
    """`plan aim edit`."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.open_workspace() as workspace:
        draft = build_aim_draft(parse_field_values(args.fields), workspace.today())
        return _print_written_aim(context, plan_objectives.edit_aim(workspace, args.ref, draft))


def add_objective(context: Context, args: Namespace) -> int:
    """`plan objective add`."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = {"title": args.title, **collect_flags(args, FIELDS)}
    with context.open_workspace() as workspace:
        return _print_written_objective(
            context, plan_objectives.add_objective(workspace, build_objective_draft(values, workspace.today()))
        )


def edit_objective(context: Context, args: Namespace) -> int:
    """`plan objective edit`."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.open_workspace() as workspace:
        draft = build_objective_draft(parse_field_values(args.fields), workspace.today())
        return _print_written_objective(context, plan_objectives.edit_objective(workspace, args.ref, draft))


def remove_aim(context: Context, args: Namespace) -> int:
    """`plan aim remove`."""
    from ahtc_tui.services.plan.objectives import remove_aim

    with context.open_workspace() as workspace:
        return _print_removed(context, remove_aim(workspace, args.ref))


def remove_objective(context: Context, args: Namespace) -> int:
    """`plan objective remove`."""
    from ahtc_tui.services.plan.objectives import remove_objective

    with context.open_workspace() as workspace:
        return _print_removed(context, remove_objective(workspace, args.ref))


def _print_written_aim(context: Context, aim: AimRow) -> int:
    print_lines([aim.ref])
    context.print_notice(_("{ref}: {text}. `ahtc undo` takes it back.").format(ref=aim.ref, text=aim.text))
    return 0


def _print_written_objective(context: Context, card: ObjectiveCard) -> int:
    row = card.row
    print_lines([row.ref])
    sentence = _("Objective {n}: {title} ({basis}). `ahtc undo` takes it back.")
    context.print_notice(sentence.format(n=row.number, title=row.title, basis=row.basis.label))
    return 0


def _print_removed(context: Context, ref: str) -> int:
    print_lines([ref])
    context.print_notice(_("{ref} taken away. `ahtc undo` takes it back.").format(ref=ref))
    return 0
