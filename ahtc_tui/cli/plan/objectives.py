"""`ahtc plan aim` and `ahtc plan objective`."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.record_verbs import declare_record_verbs
from ahtc_tui.cli.console.verbs import JSON, REF, Noun, Verb
from ahtc_tui.cli.console.write_messages import print_removed_ref, print_written_ref
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.fields import AIM_FIELDS, OBJECTIVE_FIELDS
from ahtc_tui.domain.plan.model import AimRow, ObjectiveCard
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.plan import objectives
from ahtc_tui.services.plan import service as plan


def declare_nouns() -> list[Noun]:
    """Return the nouns `aim` and `objective` with their verbs."""
    remove_help = _("remove it")
    return [
        Noun(
            "aim",
            _("the aims of the plan"),
            Verb("list", print_aims, _("all aims, with their references"), JSON),
            *declare_record_verbs(
                "plan.AimDraft", "text", AIM_FIELDS, objectives.add_aim, objectives.edit_aim, _print_written_aim
            ),
            Verb("remove", remove_record, remove_help, REF, remove=objectives.remove_aim),
        ),
        Noun(
            "objective",
            _("the objectives of the actions; `plan show` lists them"),
            *declare_record_verbs(
                "plan.ObjectiveDraft",
                "title",
                OBJECTIVE_FIELDS,
                objectives.add_objective,
                objectives.edit_objective,
                _print_written_objective,
            ),
            Verb("remove", remove_record, remove_help, REF, remove=objectives.remove_objective),
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


def remove_record(context: Context, args: Namespace) -> None:
    """Remove an aim or an objective from the plan and print its reference."""
    with context.open_workspace() as workspace:
        print_removed_ref(context, args.remove(workspace, args.ref))


def _print_written_aim(context: Context, aim: AimRow) -> None:
    print_written_ref(context, aim.ref, aim.text)


def _print_written_objective(context: Context, card: ObjectiveCard) -> None:
    row = card.row
    sentence = _("objective {n}, {title} ({basis})").format(n=row.number, title=row.shown_title, basis=row.basis.label)
    print_written_ref(context, row.ref, sentence)
