"""BRAG ratings: which one is worse, what the dates suggest, and when a reason is owed. A person sets the rating.

The suggestion follows the commonest definitions of Welsh public bodies: blue complete, red off track, amber at risk,
green on track. It is shown beside the rating and never written by itself.
"""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES, ActionRow, Brag, Status
from ahtc_tui.domain.i18n import _

BEST_TO_WORST = (Brag.BLUE, Brag.GREEN, Brag.AMBER, Brag.RED)
"""From best to worst."""

AT_RISK_DAYS = 14
"""Days before its due date from which an action that was not begun is at risk."""


def is_worse(before: Brag | None, after: Brag | None) -> bool:
    """Whether a rating gets worse; a first rating does not, and neither does none."""
    return before is not None and after is not None and BEST_TO_WORST.index(after) > BEST_TO_WORST.index(before)


def suggest_rating(row: ActionRow, today: date) -> tuple[Brag, str] | None:
    """The rating that status and dates suggest, and why; None where they say nothing (no due date, a standing duty)."""
    if row.status is Status.DONE:
        return Brag.BLUE, _("it is done")
    if row.status in NEVER_LATE_STATUSES:
        return None
    if row.is_late(today):
        return Brag.RED, _("it is past its due date")
    days = row.days_left(today)
    if row.blocked:
        return Brag.AMBER, _("it waits for another action")
    if days is None:
        return None
    if days <= AT_RISK_DAYS and row.status in (Status.PLANNED, Status.ON_HOLD):
        return Brag.AMBER, _("it is due within {n} days and not under way").format(n=AT_RISK_DAYS)
    if row.slips > 1:
        return Brag.AMBER, _("its due date moved {n} times").format(n=row.slips)
    return Brag.GREEN, _("it is within its dates")
