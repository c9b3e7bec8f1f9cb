"""Order of BRAG ratings, and the rating that status and dates suggest.

The suggestion follows the most common definitions of Welsh public bodies: blue complete, red off track, amber at
risk, green on track. It is shown next to the rating; only a person sets a rating.
"""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES, ActionRow, Brag, Status
from ahtc_tui.domain.i18n import _

BEST_TO_WORST = (Brag.BLUE, Brag.GREEN, Brag.AMBER, Brag.RED)
"""From best to worst."""

AT_RISK_DAYS = 14
"""Days before the due date within which an action that has not started is at risk."""


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
