"""The mode Plan: aims, objectives and how their actions stand. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.plan import ObjectiveRow
from ahtc_tui.domain.words import _
from ahtc_tui.services import plan
from ahtc_tui.tui.base import NounScreen
from ahtc_tui.tui.plan.card import sections
from ahtc_tui.tui.plan.list import columns, lines
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class PlanScreen(NounScreen[ObjectiveRow]):
    """The Delivery Plan on one page."""

    noun = "plan"

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0
        """How many objectives the list has."""

    def columns(self) -> Sequence[Column[ObjectiveRow]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[ObjectiveRow]:
        """The objectives that hold the words."""
        view = await self.desk.ask(plan.plan_view, text)
        self._shown = len(view.objectives)
        return ListSource(lines(view), lambda row: row.ref)

    async def sections(self, row: ObjectiveRow) -> Iterable[Section]:
        """The card of an objective."""
        return tuple(sections(await self.desk.ask(plan.objective_card, row.ref)))

    @on(RecordList.Counted)
    def _objectives_counted(self, event: RecordList.Counted) -> None:
        event.prevent_default()  # headings are no objectives
        self.filter_bar.set_status(self._shown, order=_("objectives"))

    def find(self, ref: str) -> None:
        """Stand on one objective, among all of them."""
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text("")
        self._show_at(ref)
        self.list_pane.focus()

    @work(exclusive=True, group="load")
    async def _show_at(self, ref: str) -> None:
        with told(self.app):
            self._source = await self.source("")
            self.list_pane.show(self._source, at=(0, ref))
