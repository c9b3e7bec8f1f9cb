"""The mode Plan: aims, objectives and how their actions stand. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahtc_tui.domain.plan import ObjectiveRow
from ahtc_tui.domain.words import _
from ahtc_tui.services import plan
from ahtc_tui.tui.plan.card import sections
from ahtc_tui.tui.plan.list import columns, lines
from ahtc_tui.tui.standing import StandingScreen
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import Key, ListSource, PageSource


class PlanScreen(StandingScreen[ObjectiveRow]):
    """The Delivery Plan on one page."""

    noun = "plan"

    def __init__(self) -> None:
        super().__init__()
        self._refs: set[str] = set()
        """The objectives that the list has."""

    def columns(self) -> Sequence[Column[ObjectiveRow]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[ObjectiveRow]:
        """The objectives that hold the words."""
        view = await self.desk.ask(plan.plan_view, text)
        self._refs = {row.ref for row in view.objectives}
        return ListSource(lines(view), lambda row: row.ref)

    async def sections(self, row: ObjectiveRow) -> Iterable[Section]:
        """The card of an objective."""
        return tuple(sections(await self.desk.ask(plan.objective_card, row.ref)))

    def place_of(self, ref: str) -> Key | None:
        """Where an objective stands."""
        return (0, ref) if ref in self._refs else None

    def records_shown(self) -> int:
        """How many objectives the list has."""
        return len(self._refs)

    def order_words(self) -> str:
        """What is counted."""
        return _("objectives")
