"""`ahtc plan aim` and `ahtc plan objective`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, EditVerb, Noun, Verb, declare_fields
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import AimRow, ObjectiveCard

FIELDS = ("number", "basis", "aims", "note", "source")
"""Fields that `plan objective add` accepts as options; `edit` accepts them as field=value."""


def declare_nouns() -> list[Noun]:
    """Return the nouns `aim` and `objective` with their verbs."""
    add_help, remove_help = _("add one; prints its reference"), _("remove it")
    edit_help = _("field=value ...: number, title, basis (stated, grouping), aims, note, source")
    return [
        Noun(
            "aim",
            _("the aims of the plan"),
            Verb("list", print_aims, _("all aims, with their references"), JSON),
            Verb("add", add_aim, add_help, Argument("text"), Argument("--source")),
            EditVerb(edit_aim, _("field=value ...: text, source")),
            Verb("remove", remove_aim, remove_help, REF),
        ),
        Noun(
            "objective",
            _("the objectives that group the actions; `plan show` lists them"),
            Verb("add", add_objective, add_help, Argument("title"), *declare_fields(FIELDS)),
            EditVerb(edit_objective, edit_help),
            Verb("remove", remove_objective, remove_help, REF),
        ),
    ]


def print_aims(context: Context, args: Namespace) -> int:
    """Print the aims of the plan with their references."""
    with context.open_workspace() as workspace:
        aims = plan.list_aims(workspace)
    if args.json:
        print_json([serialize_value(aim) for aim in aims])
    else:
        print_lines(format_table([(aim.ref, aim.text, aim.source or "–") for aim in aims], (16, None, 24)))
        context.print_notice(ngettext("1 aim", "{n} aims", len(aims)))
    return 0


def add_aim(context: Context, args: Namespace) -> int:
    """Add an aim and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = {"text": args.text, **collect_flags(args, ("source",))}
    with context.open_workspace() as workspace:
        return _print_written_aim(
            context, plan_objectives.add_aim(workspace, build_aim_draft(values, workspace.today()))
        )


def edit_aim(context: Context, args: Namespace) -> int:
    """Edit the fields of an aim."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.open_workspace() as workspace:
        draft = build_aim_draft(parse_field_values(args.fields), workspace.today())
        return _print_written_aim(context, plan_objectives.edit_aim(workspace, args.ref, draft))


def add_objective(context: Context, args: Namespace) -> int:
    """Add an objective and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = {"title": args.title, **collect_flags(args, FIELDS)}
    with context.open_workspace() as workspace:
        return _print_written_objective(
            context, plan_objectives.add_objective(workspace, build_objective_draft(values, workspace.today()))
        )


def edit_objective(context: Context, args: Namespace) -> int:
    """Edit the fields of an objective."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    with context.open_workspace() as workspace:
        draft = build_objective_draft(parse_field_values(args.fields), workspace.today())
        return _print_written_objective(context, plan_objectives.edit_objective(workspace, args.ref, draft))


def remove_aim(context: Context, args: Namespace) -> int:
    """Remove an aim."""
    from ahtc_tui.services.plan.objectives import remove_aim

    with context.open_workspace() as workspace:
        return _print_removed(context, remove_aim(workspace, args.ref))


def remove_objective(context: Context, args: Namespace) -> int:
    """Remove an objective."""
    from ahtc_tui.services.plan.objectives import remove_objective

    with context.open_workspace() as workspace:
        return _print_removed(context, remove_objective(workspace, args.ref))


def _print_written_aim(context: Context, aim: AimRow) -> int:
    print_lines([aim.ref])
    context.print_notice(_("{ref}: {text}. To undo, run `ahtc undo`.").format(ref=aim.ref, text=aim.text))
    return 0


def _print_written_objective(context: Context, card: ObjectiveCard) -> int:
    row = card.row
    print_lines([row.ref])
    sentence = _("Objective {n}: {title} ({basis}). To undo, run `ahtc undo`.")
    context.print_notice(sentence.format(n=row.number, title=row.title, basis=row.basis.label))
    return 0


def _print_removed(context: Context, ref: str) -> int:
    print_lines([ref])
    context.print_notice(_("{ref} removed. To undo, run `ahtc undo`.").format(ref=ref))
    return 0
