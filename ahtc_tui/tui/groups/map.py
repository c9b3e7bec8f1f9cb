"""Screen of the regional fora: forum, state, seats and next meeting of each area."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from ahtc_tui.domain.groups.membership import ForumArea, ForumMap
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.groups import membership
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts


class ForumMapScreen(TableScreen[ForumArea]):
    """Table of areas and fora; returns the reference of the opened forum."""

    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit")

    def __init__(self, forum_map: ForumMap) -> None:
        super().__init__()
        self._forum_map = forum_map

    def on_mount(self) -> None:
        self._show_map()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the fora again."""
        with errors_as_toasts(self.app):
            self._forum_map = await self.app.desk.show(membership.build_forum_map)
            self._show_map()

    def _show_map(self) -> None:
        self.show_rows(self._forum_map.areas, lambda area: area.area_ref)
        without = ", ".join(area.area for area in self._forum_map.areas_without_forum) or _("none")
        self.head.update(_("Fora of Wales by area   without a forum: {areas}").format(areas=without))
        outside = ", ".join(self._forum_map.outside)
        self.legend.update(_("In no forum area: {names}").format(names=outside) if outside else "")

    def columns(self) -> Sequence[Column[ForumArea]]:
        return (
            Column(_("Area"), 15, lambda area: area.area),
            Column(
                _("Forum"),
                None,
                lambda area: area.forum or _("no forum"),
                style=lambda area: "" if area.forum else "late",
            ),
            Column(_("Status"), 11, lambda area: area.state.label if area.state else "–"),
            Column(_("Seats"), 5, lambda area: str(area.seats or "–"), "right"),
            Column(_("Unnamed"), 7, lambda area: str(area.unnamed or "–"), "right", optional=True),
            Column(_("Next meeting"), 13, lambda area: str(area.next_meeting or _("none planned")), optional=True),
        )

    def describe_row(self, row: ForumArea) -> tuple[str, str]:
        """Return the authorities of the area and the next meeting."""
        lines = [
            _("Police: {name}").format(name=row.police or "–"),
            _("Authorities: {names}").format(names=", ".join(row.authorities) or "–"),
            _("Chair: {name}").format(name=row.chair or "–"),
            _("Next meeting: {day}").format(day=row.next_meeting or _("none planned")),
        ]
        return "   ".join((row.area, row.forum or _("no forum"))), "\n".join(lines)

    def ref_of(self, row: ForumArea) -> str | None:
        """Return the reference of the area's forum."""
        return row.forum_ref
