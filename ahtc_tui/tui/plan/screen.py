"""The mode Plan: aims, objectives and how their actions stand. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.plan import ObjectiveRow, PlanView
from ahtc_tui.domain.words import _
from ahtc_tui.services import plan
from ahtc_tui.tui.noun import NounScreen
from ahtc_tui.tui.plan.card import sections
from ahtc_tui.tui.plan.list import columns, lines
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class PlanScreen(NounScreen[ObjectiveRow]):
    """The Delivery Plan on one page."""

    noun = "plan"

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        """The reference to stand on, until the list stands there."""
        self._shown = 0
        """How many objectives the list has."""

    def columns(self) -> Sequence[Column[ObjectiveRow]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[ObjectiveRow]:
        """The objectives that hold the words."""
        return self._source_of(await self.desk.ask(plan.plan_view, text))

    def _source_of(self, view: PlanView) -> PageSource[ObjectiveRow]:
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
        self._wanted = ref
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text("")
        self.reload()
        self.list_pane.focus()

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its record, or goes to the one that is wanted."""
        if self._wanted:
            self._show_at(self._wanted)
        else:
            super().reload()

    @on(RecordList.Highlighted)
    def _stands_there(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and event.row.ref == self._wanted:
            self._wanted = ""

    @on(FilterBar.Changed)
    def _wants_others(self, _event: FilterBar.Changed) -> None:
        self._wanted = ""

    @work(exclusive=True, group="load")
    async def _show_at(self, ref: str) -> None:
        with told(self.app):
            view = await self.desk.ask(plan.plan_view)
            self._wanted = ref if any(row.ref == ref for row in view.objectives) else ""
            self._source = self._source_of(view)
            self.list_pane.show(self._source, at=(0, ref))
