"""The overlay of changes since the last Leadership Group meeting or an earlier date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from textual import work

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.quarters import find_previous_quarter_end
from ahtc_tui.domain.i18n import _, drop_language_mark
from ahtc_tui.domain.plan.changes_since import PlanChanges, format_counts
from ahtc_tui.services.plan import changes_since as service
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class SinceLine:
    """A line of a section; `title` is the title of its action if the section names actions."""

    number: int
    ref: str
    title: str
    detail: str


def build_lines(since: PlanChanges) -> Iterator[SinceLine | HeadingLine]:
    """Yield the sections with their lines; leads without an update come last."""
    number = 0
    updates = service.build_updates_part(since)
    *parts, no_update_part = service.build_paper(since, Marking.OFFICIAL).parts
    for part in parts:
        yield HeadingLine(format_heading(part.heading))
        for ref, title, *cells in part.rows:
            texts = (cells[0], title) if part.heading == updates.heading else (title, _join_cells(part.head, cells))
            yield SinceLine(number, ref, *map(drop_language_mark, texts))
            number += 1
    yield HeadingLine(format_heading(no_update_part.heading))
    for row in since.no_update:
        yield SinceLine(number, "", row.lead or _("No lead"), ", ".join(row.actions))
        number += 1


def _join_cells(head: Sequence[str], cells: Sequence[str]) -> str:
    """Return what a row has after its title; a date that slipped is shown with an arrow to the new one."""
    if _("From") in head and all(cells):
        before, after, *others = cells
        cells = (f"{before} → {after}", *others)
    return "   ".join(cells)


class SinceScreen(ListOverlay[SinceLine]):
    """The changes of a period. Left moves its first day back by quarters."""

    BINDINGS = build_bindings("periods.earlier", "periods.later", "periods.export")

    def __init__(self) -> None:
        super().__init__()
        self._later_firsts: list[date] = []
        """First days of the periods that the right key returns to."""
        self._since: PlanChanges | None = None

    def on_mount(self) -> None:
        self.load_since(None)

    def reload(self) -> None:
        """Read the period again."""
        if self._since is not None:
            self.load_since(self._since.first)

    def action_shift(self, step: int) -> None:
        """Start at the previous quarter, or return to the later start."""
        if self._since is None:
            return
        if step < 0:
            self._later_firsts.append(self._since.first)
            self.load_since(find_previous_quarter_end(self._since.first - timedelta(days=1)) + timedelta(days=1))
        elif self._later_firsts:
            self.load_since(self._later_firsts.pop())

    @work(exclusive=True, group="load")
    async def load_since(self, first: date | None) -> None:
        """Read the period from this day, or from the last meeting."""
        with errors_as_toasts(self.app):
            if first is None:
                self._since = await self.app.desk.show(service.show_changes_since_last)
            else:
                self._since = await self.app.desk.show(service.show_changes_since, first.isoformat())
            since = self._since
            heading = _("{first} to {last}: {counts}").format(
                first=format_long_date(since.first), last=format_long_date(since.last), counts=format_counts(since)
            )
            self.show_lines(heading, build_lines(since), lambda line: line.number)

    def build_columns(self) -> Sequence[Column[SinceLine]]:
        return (
            Column(_("Ref"), 6, lambda line: line.ref, grows=True),
            Column(_("What"), None, lambda line: line.title),
            Column(_("Details"), 44, lambda line: line.detail, style=lambda _line: "muted", least=34),
        )

    def find_target(self, row: SinceLine) -> str | None:
        """Return the action of the line; None for a lead without an update."""
        return row.ref or None

    @work(group="export")
    async def action_export(self) -> None:
        """Write the page to the exports folder."""
        if self._since is None:
            return
        with errors_as_toasts(self.app):
            start = self._since.meeting or self._since.first.isoformat()
            self.app.announce_file(await self.app.desk.run_long(_export, start, self.app.document_ending))


def _export(workspace: Workspace, start: str, ending: str) -> Path:
    """Write the page from the records again: the screen shows names in the language of the interface."""
    return service.export_changes_since(workspace, ending, service.show_changes_since(workspace, start))
