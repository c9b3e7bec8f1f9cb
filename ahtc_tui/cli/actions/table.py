"""A list of actions as lines of text, in the columns that a view chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ahtc_tui.cli.console.output import format_table
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.i18n import _


def format_action_table(rows: Sequence[ActionRow], column_names: Sequence[str], today: date) -> list[str]:
    """One line an action."""
    return format_table(
        [[COLUMNS[name][1](row, today) for name in column_names] for row in rows],
        [COLUMNS[name][0] for name in column_names],
    )


def _format_due(row: ActionRow, today: date) -> str:
    if row.is_late(today):
        return _("{due}, {n} days late").format(due=row.due, n=-(row.days_left(today) or 0))
    if row.status is Status.CONTINUING:
        return _("continuing")
    return str(row.due) if row.due else "–"


COLUMNS: dict[str, tuple[int | None, Callable[[ActionRow, date], str]]] = {
    "brag": (9, lambda row, _today: f"{row.brag} {row.brag.label}" if row.brag else "–"),
    "ref": (14, lambda row, _today: row.ref),
    "title": (None, lambda row, _today: row.signed_title),
    "lead": (26, lambda row, _today: row.lead_label),
    "due": (24, _format_due),
    "status": (18, lambda row, _today: row.status.label),
    "objective": (9, lambda row, _today: row.objective or "–"),
    "support": (26, lambda row, _today: ", ".join(row.support) or "–"),
    "review": (18, lambda row, _today: str(row.review_on) if row.review_on else "–"),
    "update": (40, lambda row, _today: row.latest_update or "–"),
    "urgency": (7, lambda row, today: f"{compute_urgency(row, today):.2f}"),
}
"""Name of a column to its width (None takes what is left) and its words."""
