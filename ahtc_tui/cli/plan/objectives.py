"""`ahtc plan aim` and `ahtc plan objective`."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, EditVerb, Noun, Verb, declare_options
from ahtc_tui.cli.console.write_messages import edit_draft, print_removed_ref, print_written_ref, save_draft
from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.fields import AIM_FIELDS, OBJECTIVE_FIELDS
from ahtc_tui.domain.plan.model import AimRow, ObjectiveRow
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.plan import service as plan


def declare_nouns() -> list[Noun]:
    """Return the nouns `aim` and `objective` with their verbs."""
    add_help, remove_help = _("add one; prints the reference"), _("remove it")
    return [
        Noun(
            "aim",
            _("the aims of the plan"),
            Verb("list", print_aims, _("all aims, with their references"), JSON),
            Verb("add", add_aim, add_help, Argument("text"), *declare_options(AIM_FIELDS)),
            EditVerb(edit_aim, "plan.AimDraft"),
            Verb("remove", remove_aim, remove_help, REF),
        ),
        Noun(
            "objective",
            _("the objectives of the actions; `plan show` lists them"),
            Verb("add", add_objective, add_help, Argument("title"), *declare_options(OBJECTIVE_FIELDS)),
            EditVerb(edit_objective, "plan.ObjectiveDraft"),
            Verb("remove", remove_objective, remove_help, REF),
        ),
    ]


def print_aims(context: Context, args: Namespace) -> None:
    """Print the aims of the plan with their references."""
    with context.open_workspace() as workspace:
        aims = plan.list_aims(workspace)
    count = ngettext("1 aim", "{n} aims", len(aims))
    print_list(context, aims, serialize_value, _aim_cells, (16, None, 24), count)


def _aim_cells(aim: AimRow) -> tuple[str, ...]:
    return aim.ref, aim.shown_text, format_source(aim.source) or "–"


def add_aim(context: Context, args: Namespace) -> None:
    """Add an aim and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = collect_flags(args, ("text", *list_names(AIM_FIELDS, Place.ADD)))
    aim = save_draft(context, build_aim_draft, plan_objectives.add_aim, values)
    print_written_ref(context, aim.ref, aim.text)


def edit_aim(context: Context, args: Namespace) -> None:
    """Edit the fields of an aim."""
    from ahtc_tui.domain.drafts.plan import build_aim_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    aim = edit_draft(context, args, build_aim_draft, plan_objectives.edit_aim)
    print_written_ref(context, aim.ref, aim.text)


def add_objective(context: Context, args: Namespace) -> None:
    """Add an objective and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    values = collect_flags(args, ("title", *list_names(OBJECTIVE_FIELDS, Place.ADD)))
    card = save_draft(context, build_objective_draft, plan_objectives.add_objective, values)
    _print_written_objective(context, card.row)


def edit_objective(context: Context, args: Namespace) -> None:
    """Edit the fields of an objective."""
    from ahtc_tui.domain.drafts.plan import build_objective_draft
    from ahtc_tui.services.plan import objectives as plan_objectives

    card = edit_draft(context, args, build_objective_draft, plan_objectives.edit_objective)
    _print_written_objective(context, card.row)


def remove_aim(context: Context, args: Namespace) -> None:
    """Remove an aim from the plan and print its reference."""
    from ahtc_tui.services.plan.objectives import remove_aim

    with context.open_workspace() as workspace:
        print_removed_ref(context, remove_aim(workspace, args.ref))


def remove_objective(context: Context, args: Namespace) -> None:
    """Remove an objective from the plan and print its reference."""
    from ahtc_tui.services.plan.objectives import remove_objective

    with context.open_workspace() as workspace:
        print_removed_ref(context, remove_objective(workspace, args.ref))


def _print_written_objective(context: Context, row: ObjectiveRow) -> None:
    sentence = _("objective {n}, {title} ({basis})").format(n=row.number, title=row.shown_title, basis=row.basis.label)
    print_written_ref(context, row.ref, sentence)
