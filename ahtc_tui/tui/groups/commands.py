"""What several screens of groups do alike: write the brief for a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.evidence.model import small_among
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.confirm import say, told, warn_of_small

if TYPE_CHECKING:
    from ahtc_tui.tui.base.desk_screen import DeskApp


async def write_brief(app: DeskApp, ref: str) -> None:
    """The brief for a group as a Word file in the exports folder."""
    from ahtc_tui.services.documents import briefs

    with told(app):
        path, found = await app.desk.work(briefs.export_brief, ref, None)
        say(app, _("Written: {path}").format(path=app.desk.within(path)), undo=False)
        limit = app.desk.workspace.small_counts
        warn_of_small(app, small_among(found.figures, limit), limit)
