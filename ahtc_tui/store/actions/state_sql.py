"""Conditions on the state and the objective of an action `a`."""

from __future__ import annotations

from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES
from ahtc_tui.store.actions.urgency_sql import BLOCKED

NEVER_LATE = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)
STATES = {
    "open": "a.is_open = 1",
    "closed": "a.status IN ('done', 'cancelled')",
    "all": "1",
    "late": f"a.due_day < :today AND a.status NOT IN ({NEVER_LATE})",
    "continuing": "a.status = 'continuing'",
    "blocked": BLOCKED,
}
"""Condition of each state."""
OF_OBJECTIVE = "a.objective IN (SELECT id FROM objectives WHERE number = :{0} OR ref = :{0})"
