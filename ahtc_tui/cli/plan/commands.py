"""`ahtc plan`: aims and objectives with counts of their actions; periods and writing lie in files of their own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, print_json, print_lines, table
from ahtc_tui.cli.plan import back_plan, changes_since, objectives, periods, write_commands
from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import MilestoneRow, ObjectiveCard, ObjectiveRow, PlanView


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of the plan."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    showing = verbs.add_parser("show", help="the plan, or one objective by its number", allow_abbrev=False)
    showing.add_argument("objective", nargs="?", metavar="N")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=show)
    periods.add_verbs(verbs)
    write_commands.add_verbs(verbs)
    objectives.add_verbs(verbs)
    changes_since.add_verb(verbs)
    back_plan.add_verb(verbs)


def show(context: Context, chosen: Namespace) -> int:
    """`plan show`."""
    with context.workspace() as workspace:
        if chosen.objective is not None:
            card = plan.objective_card(workspace, chosen.objective)
            data, lines = _card_data(card), _card_lines(card)
        else:
            view = plan.plan_view(workspace)
            data, lines = _view_data(view), _view_lines(view)
    if chosen.json:
        print_json(data)
    else:
        print_lines(lines)
    return 0


def _objective_data(row: ObjectiveRow) -> dict[str, Any]:
    return {
        **plain(row),
        "basis_text": row.basis.label,
        "open": row.open,
        "by_status": dict(row.by_status),
        "by_brag": dict(row.by_brag),
    }


def _view_data(view: PlanView) -> dict[str, Any]:
    return {
        **plain(view),
        "open": view.open,
        "objectives": [_objective_data(row) for row in view.objectives],
        "by_status": dict(view.by_status),
        "by_brag": dict(view.by_brag),
    }


def _card_data(card: ObjectiveCard) -> dict[str, Any]:
    data = plain(card)
    data.pop("row")
    actions = [{"ref": ref, "title": title, "status": status} for ref, title, status in card.actions]
    points = [write_commands.milestone_data(point) for point in card.milestones]
    return {**data, **_objective_data(card.row), "actions": actions, "milestones": points}


def _brag_word(letter: str) -> str:
    return _("not rated") if letter == "none" else f"{letter} {Brag(letter).label}"


def _counts(by_status: tuple[tuple[str, int], ...], by_brag: tuple[tuple[str, int], ...]) -> tuple[str, str]:
    """Both counts in words, zeros left out."""
    statuses = ", ".join(f"{count} {Status(status).label.lower()}" for status, count in by_status if count)
    letters = ", ".join(f"{count} {_brag_word(letter)}" for letter, count in by_brag if count)
    return statuses or "–", letters or "–"


def _version(view: PlanView) -> list[str]:
    """The title, and which version it is where it has a number."""
    said = view.version.said if view.version else []
    return [view.title or "", *([", ".join(said)] if said else [])]


def _view_lines(view: PlanView) -> list[str]:
    lines = [*_version(view), ""] if view.title else []
    lines += [_("Aims"), *table([(aim.text, f"({aim.source})" if aim.source else "") for aim in view.aims], (None, 24))]
    for row in view.objectives:
        statuses, letters = _counts(row.by_status, row.by_brag)
        lines += ["", f"{row.number}. {row.title}", f"   {row.basis.label}; {row.source or '–'}"]
        lines += [f"   {line}" for line in facts(_standing(row.total, row.late, statuses, letters))]
    statuses, letters = _counts(view.by_status, view.by_brag)
    return [
        *lines,
        "",
        _("All actions"),
        *(f"   {x}" for x in facts(_standing(view.total, view.late, statuses, letters))),
    ]


def _standing(total: int, late: int, statuses: str, letters: str) -> tuple[tuple[str, object], ...]:
    actions = _("{total}, {late} late").format(total=total, late=late) if late else str(total)
    return (_("Actions"), actions), (_("Status"), statuses), (_("BRAG"), letters)


def _milestone(point: MilestoneRow) -> str:
    return f"{point.ref} {point.title}: {', '.join(write_commands.milestone_words(point))}"


def _card_lines(card: ObjectiveCard) -> list[str]:
    row = card.row
    statuses, letters = _counts(row.by_status, row.by_brag)
    pairs = (
        (_("Basis"), row.basis.label),
        *((_("Aim"), aim) for aim in card.aims),
        *_standing(row.total, row.late, statuses, letters),
        *((_("Milestone"), _milestone(point)) for point in card.milestones),
        (_("Source"), row.source),
        (_("Note"), card.note),
    )
    actions = table([(ref, title, Status(status).label) for ref, title, status in card.actions], (14, None, 20))
    return [f"{row.number}. {row.title}", "", *facts(pairs), *(["", *actions] if actions else [])]
