"""Reading how the plan stood: on a day, on two, quarter by quarter, month by month. It changes nothing."""

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
"""A year, and the quarter that it is measured from."""
MONTHS = 18


def show_plan_on(workspace: Workspace, day: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE) -> PlanOnDay:
    """The plan at the end of a day."""
    with workspace.database.read() as cursor:
        return stored.read_plan_state(cursor, day, grouping)


def compare_plan(
    workspace: Workspace, first: date, last: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE
) -> PlanComparison:
    """The plan on two days, side by side. Raises BadInput where the second comes before the first."""
    if last < first:
        raise BadInput(_("{last} comes before {first}: give the earlier day first.").format(first=first, last=last))
    with workspace.database.read() as cursor:
        before, after = stored.read_plan_state(cursor, first, grouping), stored.read_plan_state(cursor, last, grouping)
        return compare_days(grouping, before, after, stored.count_undated(cursor))


def show_trend(workspace: Workspace, until: date | None = None, quarters: int = QUARTERS) -> PlanTrend:
    """The plan at the end of each quarter, up to the one in which `until` lies, or else the last dated fact."""
    with workspace.database.read() as cursor:
        last = until or stored.find_last_fact_day(cursor) or workspace.today()
        stood = tuple(stored.read_plan_state(cursor, day) for day in list_quarter_ends(last, quarters))
        return PlanTrend(stood, stored.count_undated(cursor))


def show_burn_down(workspace: Workspace, months: int = MONTHS) -> BurnDown:
    """Open actions at the end of each month, to the last month in which one was raised or closed."""
    with workspace.database.read() as cursor:
        return BurnDown(tuple(stored.read_burn_down(cursor, months)), stored.count_undated(cursor))
