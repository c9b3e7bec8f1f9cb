"""SQL of the computed state and urgency of an action."""

from __future__ import annotations

from ahtc_tui.domain.actions import urgency
from ahtc_tui.domain.actions.model import CLOSED_STATUSES, NEVER_LATE_STATUSES

BLOCKED = (
    "EXISTS (SELECT 1 FROM dependencies d JOIN actions b ON b.id = d.blocked_by WHERE d.action = a.id AND NOT d.deleted"
    " AND b.is_open)"
)
"""Whether an open action blocks this one."""

BLOCKING = (
    "EXISTS (SELECT 1 FROM dependencies d JOIN actions b ON b.id = d.action WHERE d.blocked_by = a.id AND NOT d.deleted"
    " AND b.is_open)"
)


def _quote_values(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _build_case(column: str, weights: dict[str, float]) -> str:
    whens = " ".join(f"WHEN '{value}' THEN {weight}" for value, weight in weights.items())
    return f"CASE {column} {whens} ELSE 0 END"


_days = "(julianday(a.due_day) - julianday(:today))"
_nearness = f"min(max(({urgency.DUE_EARLY} - {_days}) / {urgency.DUE_SPAN}.0, 0.0), 1.0)"
_age = f"min(max(julianday(:today) - julianday(substr(a.raised_on, 1, 10)), 0) / {urgency.AGE_DAYS}.0, 1.0)"

URGENCY = f"""CASE WHEN a.status IN ({_quote_values(CLOSED_STATUSES)}) THEN 0.0 ELSE
round(round(CASE WHEN a.due_day >= '9999' OR a.status IN ({_quote_values(NEVER_LATE_STATUSES)}) THEN 0
 ELSE {urgency.DUE} * ({urgency.DUE_FLOOR} + {1 - urgency.DUE_FLOOR} * {_nearness}) END, 2)
+ CASE WHEN {BLOCKING} THEN {urgency.BLOCKING} ELSE 0 END
+ CASE WHEN {BLOCKED} THEN {urgency.BLOCKED} ELSE 0 END
+ {_build_case("a.priority", {key.value: weight for key, weight in urgency.PRIORITY.items()})}
+ {_build_case("a.status", {key.value: weight for key, weight in urgency.STATUS.items()})}
+ {_build_case("a.brag", {key.value: weight for key, weight in urgency.BRAG.items()})}
+ CASE WHEN a.status = 'continuing' AND substr(a.review_on, 1, 10) <= :today THEN {urgency.REVIEW} ELSE 0 END
+ round(CASE WHEN a.raised_on IS NULL THEN 0 ELSE {urgency.AGE} * {_age} END, 2), 2)
END"""

LEFT_BEHIND = """(a.is_open = 0 AND a.id IN (SELECT x.action FROM plan_actions x JOIN plans y ON y.id = x.plan
 WHERE NOT x.carried AND NOT x.deleted AND NOT y.deleted
 AND substr(y.closed_on, 1, 10) <= {day}))"""
"""Whether an action ended with a version of the plan that closed by a day, so that it is not of the open one."""

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
