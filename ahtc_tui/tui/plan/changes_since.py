"""What happened since the last Leadership Group, or since an earlier day, as lines that lead to their actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.changes_since import say_counts, say_undated
from ahtc_tui.domain.plan.periods import quarter_before
from ahtc_tui.services.plan import changes_since as service
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import SHIFTING
from ahtc_tui.tui.plan.overlay import PlanOverlay
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.changes_since import Since


@dataclass(frozen=True, slots=True)
class SinceLine:
    """One line of a part of the page; `title` names its action where the part has one."""

    number: int
    ref: str
    title: str
    rest: str


def lines(found: Since) -> Iterator[SinceLine | HeadingLine]:
    """The parts of the page, line by line: an action behind its reference, whoever was silent without one."""
    number = 0
    updates = service.updates_part(found)
    *parts, silent = service.paper_of(found, Marking.OFFICIAL).parts
    for part in parts:
        yield HeadingLine(part.heading.upper())
        for ref, title, *rest in part.rows:
            told = (rest[0], title) if part.heading == updates.heading else (title, "   ".join(rest))
            yield SinceLine(number, ref, *told)
            number += 1
    yield HeadingLine(silent.heading.upper())
    for one in found.no_update:
        yield SinceLine(number, "", one.lead or _("No lead"), ", ".join(one.actions))
        number += 1


class SinceScreen(PlanOverlay[SinceLine]):
    """The page on the screen; left goes back a quarter, x writes it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*SHIFTING, "periods.export")]

    def __init__(self) -> None:
        super().__init__()
        self._firsts: list[date] = []
        """The days that were gone back from."""
        self._found: Since | None = None

    def on_mount(self) -> None:
        """Since the last meeting."""
        self.read(None)

    def action_shift(self, step: int) -> None:
        """From the beginning of the quarter before, or on again to where one came from."""
        if self._found is None:
            return
        if step < 0:
            self._firsts.append(self._found.first)
            self.read(quarter_before(self._found.first - timedelta(days=1)) + timedelta(days=1))
        elif self._firsts:
            self.read(self._firsts.pop())

    @work(exclusive=True, group="load")
    async def read(self, first: date | None) -> None:
        """Read the period that begins on a day, or with the last meeting."""
        with told(self.app):
            if first is None:
                self._found = await self.app.desk.ask(service.since_last)
            else:
                self._found = await self.app.desk.ask(service.since, first.isoformat())
            found = self._found
            head = _("{first} to {last}: {counts}").format(
                first=long_date(found.first), last=long_date(found.last), counts=say_counts(found)
            )
            self.put(head, lines(found), lambda line: line.number, say_undated(found))

    def columns(self) -> Sequence[Column[SinceLine]]:
        """Reference, what it is about, and what became of it."""
        return (
            Column(_("Ref"), 6, lambda line: line.ref, grows=True),
            Column("", None, lambda line: line.title),
            Column("", 30, lambda line: line.rest, style=lambda _line: "muted"),
        )

    def opened(self, row: SinceLine) -> str | None:
        """The action of the line; who gave no update has none of its own."""
        return row.ref or None

    @work(group="export")
    async def action_export(self) -> None:
        """The page as a Word file in the exports folder."""
        with told(self.app):
            if self._found is not None:
                path = await self.app.desk.work(service.export_since, None, self._found)
                say(self.app, _("Written: {path}").format(path=self.app.desk.within(path)), undo=False)
