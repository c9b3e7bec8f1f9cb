"""Reading how the plan stood: on a day, on two, quarter by quarter, month by month. It changes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.periods import BurnDown, By, Compared, Stood, Trend, quarter_ends, side_by_side
from ahtc_tui.store.plan import periods as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

QUARTERS = 5
"""A year, and the quarter that it is measured from."""
MONTHS = 18


def plan_on(workspace: Workspace, day: date, by: By = By.OBJECTIVE) -> Stood:
    """The plan at the end of a day."""
    with workspace.database.read() as cursor:
        return stored.stood(cursor, day, by)


def compare_plan(workspace: Workspace, first: date, last: date, by: By = By.OBJECTIVE) -> Compared:
    """The plan on two days, side by side. Raises BadInput where the second comes before the first."""
    if last < first:
        raise BadInput(_("{last} comes before {first}: give the earlier day first.").format(first=first, last=last))
    with workspace.database.read() as cursor:
        before, after = stored.stood(cursor, first, by), stored.stood(cursor, last, by)
        return side_by_side(by, before, after, stored.undated(cursor))


def plan_trend(workspace: Workspace, until: date | None = None, quarters: int = QUARTERS) -> Trend:
    """The plan at the end of each quarter, up to the one in which `until` lies, or else the last dated fact."""
    with workspace.database.read() as cursor:
        last = until or stored.last_fact(cursor) or workspace.today()
        stood = tuple(stored.stood(cursor, day) for day in quarter_ends(last, quarters))
        return Trend(stood, stored.undated(cursor))


def plan_burn_down(workspace: Workspace, months: int = MONTHS) -> BurnDown:
    """Open actions at the end of each month, to the last month in which one was raised or closed."""
    with workspace.database.read() as cursor:
        return BurnDown(tuple(stored.burn_down(cursor, months)), stored.undated(cursor))
