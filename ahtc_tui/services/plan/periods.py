"""The plan on a past day, on two days, by quarter and by month. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.periods import (
    BurnDown,
    PlanComparison,
    PlanGrouping,
    PlanOnDay,
    PlanTrend,
    compare_days,
    list_quarter_ends,
)
from ahtc_tui.store.plan import periods as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

QUARTERS = 5
"""Quarters shown by default: one year and the quarter to compare with."""
MONTHS = 18


def show_plan_on(workspace: Workspace, day: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE) -> PlanOnDay:
    """Return the plan at the end of a day."""
    with workspace.database.read() as cursor:
        return stored.read_plan_state(cursor, day, grouping)


def compare_plan(
    workspace: Workspace, first: date, last: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE
) -> PlanComparison:
    """Return the plan on two days. Raises BadInput if the second is before the first."""
    if last < first:
        raise BadInput(_("{last} comes before {first}: give the earlier day first.").format(first=first, last=last))
    with workspace.database.read() as cursor:
        before, after = stored.read_plan_state(cursor, first, grouping), stored.read_plan_state(cursor, last, grouping)
        return compare_days(grouping, before, after, stored.count_undated(cursor))


def show_trend(workspace: Workspace, until: date | None = None, quarters: int = QUARTERS) -> PlanTrend:
    """Return the plan at the end of each quarter, up to that of `until` or of the last dated entry."""
    with workspace.database.read() as cursor:
        last = until or stored.find_last_fact_day(cursor) or workspace.today()
        stood = tuple(stored.read_plan_state(cursor, day) for day in list_quarter_ends(last, quarters))
        return PlanTrend(stood, stored.count_undated(cursor))


def show_burn_down(workspace: Workspace, months: int = MONTHS) -> BurnDown:
    """Return the open actions at the end of each month, to the last month with a new or closed action."""
    with workspace.database.read() as cursor:
        return BurnDown(tuple(stored.read_burn_down(cursor, months)), stored.count_undated(cursor))
