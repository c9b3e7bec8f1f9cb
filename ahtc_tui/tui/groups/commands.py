"""Commands shared by several screens of groups."""

from __future__ import annotations

from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, warn_of_small_counts


async def write_brief(app: DeskApp, ref: str) -> None:
    """Write the brief of a group to the exports folder."""
    from ahtc_tui.services.documents import briefs

    with errors_as_toasts(app):
        path, brief = await app.desk.run_long(briefs.export_brief, ref, app.document_ending)
        app.announce_file(path)
        limit = app.desk.workspace.small_counts
        warn_of_small_counts(app, find_hidden(brief.figures), limit)
