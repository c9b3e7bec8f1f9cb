"""Urgency of an action, a sum of named terms, and the rating that its dates and status suggest.

The store sorts by the same weights in SQL. The suggestion follows the most common definitions of Welsh public bodies:
blue complete, red off track, amber at risk, green on track. It is shown next to the rating, which only a person sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, NEVER_LATE_STATUSES, ActionRow, Brag, Priority, Status
from ahtc_tui.domain.i18n import _, gettext_noop

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

BEST_TO_WORST = (Brag.BLUE, Brag.GREEN, Brag.AMBER, Brag.RED)
"""From best to worst."""

AT_RISK_DAYS = 14
"""Days before the due date within which an action that has not started is at risk."""


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


def is_worse(before: Brag | None, after: Brag | None) -> bool:
    """Return whether `after` is a worse rating than `before`; False if either is None."""
    return before is not None and after is not None and BEST_TO_WORST.index(after) > BEST_TO_WORST.index(before)


def suggest_rating(row: ActionRow, today: date) -> tuple[Brag, str] | None:
    """Return the suggested rating and its reason; None without a due date and for continuing or cancelled actions."""
    if row.status is Status.DONE:
        return Brag.BLUE, _("it is done")
    if row.status in NEVER_LATE_STATUSES:
        return None
    if row.is_late(today):
        return Brag.RED, _("it is past the due date")
    days = row.days_left(today)
    if row.blocked:
        return Brag.AMBER, _("it waits for another action")
    if days is None:
        return None
    if days <= AT_RISK_DAYS and row.status in (Status.PLANNED, Status.ON_HOLD):
        return Brag.AMBER, _("it is due within {n} days and not under way").format(n=AT_RISK_DAYS)
    if row.slips > 1:
        return Brag.AMBER, _("the due date moved {n} times").format(n=row.slips)
    return Brag.GREEN, _("it is on schedule")
