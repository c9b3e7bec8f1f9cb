"""`ahtc plan since` and `ahtc export since`: changes of the plan since a meeting or a day."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_records,
    format_section,
    format_table,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_export
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.actions.serialization import serialize_action
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.changes_since import PlanChanges, RatingMove
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.services.paths import resolve_path
from ahtc_tui.services.workspace import Workspace

MAX_WIDTH = 60
"""Widest column beside the title or text of a table."""


def declare_verbs() -> list[Verb]:
    """Return the verb `since`."""
    return [
        Verb("since", print_changes, _("changes since the last meeting, or since a date"), *_declare_period(), JSON)
    ]


def declare_kinds() -> list[Verb]:
    """Return the kind `since` of `ahtc export`."""
    return [declare_export("since", write_changes, *_declare_period())]


def _declare_period() -> list[Argument]:
    from_help = _("a date or a meeting; the last meeting of the Leadership Group by default")
    return [
        Argument("--from", "D", from_help, dest="first"),
        Argument("--to", "D", _("the end date; today by default"), dest="last"),
        Argument("--group", "X", _("the actions of one group, since the last meeting")),
    ]


def _show_changes(workspace: Workspace, args: Namespace) -> PlanChanges:
    """Return the changes of the given period, else since the last Leadership Group or the start of the quarter."""
    from ahtc_tui.services.plan.changes_since import show_changes_since, show_changes_since_last

    if not (args.first or args.last or args.group):
        return show_changes_since_last(workspace)
    return show_changes_since(workspace, args.first, args.last, args.group)


def print_changes(context: Context, args: Namespace) -> None:
    """Print the changes of the plan in a period."""
    from ahtc_tui.services.plan.changes_since import build_paper

    with context.open_workspace() as workspace:
        changes = _show_changes(workspace, args)
        today = workspace.today()
    if args.json:
        data = {
            **period_data(changes),
            "added": [serialize_action(row, today) for row in changes.added],
            "closed": [serialize_action(row, today) for row in changes.closed],
            "slipped": [_slip_data(slip) for slip in changes.slipped],
            "brag": [_move_data(move) for move in changes.brag],
            "confidence": [_move_data(move) for move in changes.confidence],
            "updates": serialize_value(changes.updates),
            "no_update": serialize_value(changes.no_update),
        }
        print_json(data)
        return
    paper = build_paper(changes, Marking.OFFICIAL)
    lines = [paper.title, paper.subtitle, "", *(f"{label}: {value}" for label, value in paper.facts)]
    *parts, silent = paper.parts
    for part in parts:
        text = part.widths.index(max(part.widths))
        widths = [None if n == text else MAX_WIDTH for n in range(len(part.widths))]
        lines += format_section(part.heading, format_records(part.rows, widths))
    leads = [(lead.lead or _("No lead"), ", ".join(lead.actions)) for lead in changes.no_update]
    print_lines([*lines, *format_section(silent.heading, format_table(leads, (40, None)) or [silent.none])])


def period_data(changes: PlanChanges) -> dict[str, Any]:
    """Return the period and its counts as JSON data."""
    return {
        "from": changes.first.isoformat(),
        "to": changes.last.isoformat(),
        "meeting": changes.meeting,
        "group": changes.group,
        "counts": changes.counts,
        "raised_on_no_day": changes.raised_on_no_day,
        "closed_on_no_day": changes.closed_on_no_day,
    }


def _slip_data(slip: Any) -> dict[str, Any]:
    return {
        "ref": slip.ref,
        "title": slip.shown_title,
        "on": slip.on.isoformat(),
        **serialize_date("from_due", slip.from_due),
        **serialize_date("to_due", slip.to_due),
        "reason": slip.reason,
    }


def _move_data(move: RatingMove) -> dict[str, Any]:
    return {
        "ref": move.ref,
        "title": move.shown_title,
        "from": move.before,
        "to": move.after,
        "steps": serialize_value(move.steps),
    }


def write_changes(context: Context, args: Namespace) -> None:
    """Write the changes of the plan in a period as a paper."""
    from ahtc_tui.services.plan.changes_since import export_changes_since

    target = resolve_path(args.out)
    check_format("since", target)
    with context.open_workspace() as workspace:
        changes = _show_changes(workspace, args)
        language = context.language
        path = export_changes_since(workspace, target, changes, Marking(args.marking), args.force, language)
    print_result(args.json, lambda: {"file": str(path), **period_data(changes)}, lambda: [format_file(path)])
