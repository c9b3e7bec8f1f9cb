"""`ahtc plan show`: the plan, its objectives and counts; other modules add further verbs."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_card_rows, format_conflict, format_fields, format_table, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, add_verbs
from ahtc_tui.cli.plan import back_plan, changes_since, objectives, periods, versions_and_milestones
from ahtc_tui.domain.actions.model import Brag, Status, format_status_counts
from ahtc_tui.domain.fields.card import build_plain_rows
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.fields import OBJECTIVE_FIELDS
from ahtc_tui.domain.plan.model import MilestoneRow, ObjectiveCard, ObjectiveRow, PlanView
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan.versions_and_milestones import show_plan_end


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `plan`."""
    objective = Argument("objective", "N", nargs="?")
    add_verbs(
        parser,
        Verb("show", print_plan, _("the plan, or one objective by its number")).takes(
            objective, Argument("--version", "V", _("a closed plan, as it was when it closed")), JSON
        ),
        *periods.declare_verbs(),
        *versions_and_milestones.declare_verbs(),
        *objectives.declare_nouns(),
        *changes_since.declare_verbs(),
        *back_plan.declare_verbs(),
    )


def print_plan(context: Context, args: Namespace) -> None:
    """Print the plan with counts of its actions, or all of one objective."""
    with context.open_workspace() as workspace:
        if args.version is not None:
            end = show_plan_end(workspace, args.version)
            data, lines = versions_and_milestones.serialize_plan_end(end), versions_and_milestones.format_plan_end(end)
        elif args.objective is not None:
            card = plan.show_objective(workspace, args.objective)
            data = _card_data(card)
            lines = [*_format_card(card), *format_conflict(context.marks, card.row.ref)]
        else:
            view = plan.show_plan(workspace)
            data, lines = _view_data(view), _format_view(view)
    print_result(args.json, lambda: data, lambda: lines, marks=context.marks)


def _objective_data(row: ObjectiveRow) -> dict[str, Any]:
    return {
        **serialize_value(row),
        "basis_text": row.basis.label,
        "open": row.open,
        "by_status": dict(row.by_status),
        "by_brag": dict(row.by_brag),
    }


def _view_data(view: PlanView) -> dict[str, Any]:
    return {
        **serialize_value(view),
        "open": view.open,
        "objectives": [_objective_data(row) for row in view.objectives],
        "by_status": dict(view.by_status),
        "by_brag": dict(view.by_brag),
    }


def _card_data(card: ObjectiveCard) -> dict[str, Any]:
    data = serialize_value(card)
    data.pop("row")
    actions = [{"ref": ref, "title": title, "status": status} for ref, title, status in card.actions]
    milestones = [versions_and_milestones.serialize_milestone(milestone) for milestone in card.milestones]
    return {**data, **_objective_data(card.row), "actions": actions, "milestones": milestones}


def _format_brag(letter: str) -> str:
    return _("not rated") if letter == "none" else f"{letter} {Brag(letter).label}"


def _format_counts(by_status: tuple[tuple[str, int], ...], by_brag: tuple[tuple[str, int], ...]) -> tuple[str, str]:
    """Return the counts by status and by BRAG in words, without zeros."""
    letters = ", ".join(f"{count} {_format_brag(letter)}" for letter, count in by_brag if count)
    return format_status_counts(by_status), letters or "–"


def _format_version(view: PlanView) -> list[str]:
    """Return the title of the version of the plan, and its details; nothing without a version."""
    if view.version is None:
        return []
    details = view.version.descriptions
    return [view.version.shown_title, *([", ".join(details)] if details else [])]


def _format_view(view: PlanView) -> list[str]:
    lines = [*_format_version(view), ""] if view.version else []
    lines += [
        _("Aims"),
        *format_table([(aim.shown_text, format_source(aim.source) or "") for aim in view.aims], (None, 24)),
    ]
    for row in view.objectives:
        statuses, letters = _format_counts(row.by_status, row.by_brag)
        lines += ["", f"{row.number}. {row.shown_title}", f"   {row.basis.label}; {format_source(row.source) or '–'}"]
        lines += [f"   {line}" for line in format_fields(_count_fields(row.total, row.late, statuses, letters))]
    statuses, letters = _format_counts(view.by_status, view.by_brag)
    return [
        *lines,
        "",
        _("All actions"),
        *(f"   {fact}" for fact in format_fields(_count_fields(view.total, view.late, statuses, letters))),
    ]


def _count_fields(total: int, late: int, statuses: str, letters: str) -> tuple[tuple[str, object], ...]:
    actions = _("{total}, {late} late").format(total=total, late=late) if late else str(total)
    return (_("Actions"), actions), (_("Status"), statuses), (_("BRAG"), letters)


def _format_milestone(milestone: MilestoneRow) -> str:
    dates = ", ".join(versions_and_milestones.format_milestone_dates(milestone))
    return f"{milestone.ref} {milestone.shown_title}: {dates}"


def _format_card(card: ObjectiveCard) -> list[str]:
    row = card.row
    statuses, letters = _format_counts(row.by_status, row.by_brag)
    pairs = (
        *_count_fields(row.total, row.late, statuses, letters),
        *((milestone.kind_label, _format_milestone(milestone)) for milestone in card.milestones),
    )
    facts = format_card_rows(build_plain_rows(OBJECTIVE_FIELDS, card))
    actions = format_table(
        [(ref, card.show_text(title), Status(status).label) for ref, title, status in card.actions], (14, None, 20)
    )
    return [f"{row.number}. {row.shown_title}", "", *format_fields(pairs), *facts, *(["", *actions] if actions else [])]
