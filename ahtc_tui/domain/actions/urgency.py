"""Urgency of an action: a sum of named terms. The store sorts by the same weights in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, NEVER_LATE_STATUSES, ActionRow, Brag, Priority, Status
from ahtc_tui.domain.i18n import gettext_noop

DUE = 12.0
"""Full weight from a week after the due date, a fifth of it until two weeks before, linear in between."""
DUE_FLOOR = 0.2
DUE_EARLY = 14
DUE_SPAN = 21
BLOCKING = 8.0
BLOCKED = -5.0
PRIORITY = {Priority.HIGH: 6.0, Priority.MEDIUM: 3.9, Priority.LOW: 1.8}
STATUS = {Status.IN_PROGRESS: 4.0, Status.ON_HOLD: -3.0, Status.PROPOSED_COMPLETE: -2.0}
BRAG = {Brag.RED: 5.0, Brag.AMBER: 2.5}
REVIEW = 4.0
"""Weight of a continuing duty whose review date is past."""
AGE = 2.0
"""Full weight a year after the action was raised."""
AGE_DAYS = 365

TERM_LABELS = {
    "due": gettext_noop("how near the due date is"),
    "blocking": gettext_noop("another action waits for it"),
    "blocked": gettext_noop("it waits for another action"),
    "priority": gettext_noop("the priority"),
    "status": gettext_noop("the status"),
    "brag": gettext_noop("the rating"),
    "review": gettext_noop("the review date is past"),
    "age": gettext_noop("how long ago it was raised"),
}
"""Name of each term, to its text in a list."""


def compute_due_weight(days_left: int | None) -> float:
    """Return the term of the due date for the days left (negative when late); 0 without a date."""
    if days_left is None:
        return 0.0
    nearness = min(max((DUE_EARLY - days_left) / DUE_SPAN, 0.0), 1.0)
    return DUE * (DUE_FLOOR + (1 - DUE_FLOOR) * nearness)


def compute_urgency_terms(row: ActionRow, today: date) -> list[tuple[str, float]]:
    """Return the terms that are not 0, with their weights rounded to hundredths; none for a closed action."""
    if row.status in CLOSED_STATUSES:
        return []
    is_review_due = row.status is Status.CONTINUING and row.review_on is not None and row.review_on.latest <= today
    years_open = min(max((today - row.raised_on.latest).days, 0) / AGE_DAYS, 1.0) if row.raised_on else 0.0
    weights = (
        ("due", 0.0 if row.status in NEVER_LATE_STATUSES else compute_due_weight(row.days_left(today))),
        ("blocking", BLOCKING if row.blocking else 0.0),
        ("blocked", BLOCKED if row.blocked else 0.0),
        ("priority", PRIORITY[row.priority] if row.priority else 0.0),
        ("status", STATUS.get(row.status, 0.0)),
        ("brag", BRAG.get(row.brag, 0.0) if row.brag else 0.0),
        ("review", REVIEW if is_review_due else 0.0),
        ("age", AGE * years_open),
    )
    return [(name, rounded) for name, weight in weights if weight and (rounded := round(weight, 2))]


def sum_urgency_terms(terms: Sequence[tuple[str, float]]) -> float:
    """Return the sum of the weights, rounded to hundredths."""
    return round(sum((weight for _name, weight in terms), 0.0), 2)


def compute_urgency(row: ActionRow, today: date) -> float:
    """Return the urgency of an action: the sum of its terms."""
    return sum_urgency_terms(compute_urgency_terms(row, today))
