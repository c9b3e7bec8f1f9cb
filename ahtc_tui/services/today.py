"""What one looks at on Monday morning, as one answer. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.today import MEETINGS_SHOWN, SHOWN
from ahtc_tui.store import today as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.today import TodayView
    from ahtc_tui.services.workspace import Workspace


def today_view(workspace: Workspace, shown: int | None = SHOWN, meetings: int | None = MEETINGS_SHOWN) -> TodayView:
    """The Today page, with at most so many rows of a section and so many meetings; None is all of them."""
    with workspace.database.read() as cursor:
        return stored.view(
            cursor, workspace.today(), -1 if shown is None else shown, -1 if meetings is None else meetings
        )
