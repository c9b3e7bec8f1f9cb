"""The mode Plan: objectives and how their actions stand, the pictures over the whole plan, and its milestones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from textual import work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import ObjectiveRow
from ahtc_tui.domain.plan.periods import By, StoodRow, filter_words, quarter_end
from ahtc_tui.services.plan import periods
from ahtc_tui.services.plan import service as plan
from ahtc_tui.tui.base.sectioned_list_screen import SectionedListScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import PLAN
from ahtc_tui.tui.plan.card import sections, stood_sections
from ahtc_tui.tui.plan.list import PlanRow, columns, lines, stood_lines
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import Key, ListSource, PageSource


class PlanScreen(SectionedListScreen[PlanRow]):
    """The Delivery Plan on one page."""

    noun = "plan"
    nothing_yet = _("No objective yet. They come in with a log of actions: 8 i.")
    BINDINGS = bindings(*PLAN)

    def __init__(self) -> None:
        super().__init__()
        self._by = By.OBJECTIVE
        self._refs: set[str] = set()
        """The records that the list has."""

    def columns(self) -> Sequence[Column[PlanRow]]:
        """As the list has them."""
        return columns(self._by)

    async def source(self, text: str) -> PageSource[PlanRow]:
        """The objectives that hold the words; or the leads, or the groups."""
        if self._by is By.OBJECTIVE:
            view = await self.desk.ask(plan.plan_view, text)
            self._refs = {row.ref for row in view.objectives}
            return ListSource(lines(view), lambda row: row.ref)
        stood = await self.desk.ask(periods.plan_on, self.desk.today, self._by)
        rows = [row for row in stood.rows if text.casefold() in row.name.casefold()]
        self._refs = {row.ref or row.name for row in rows}
        return ListSource(stood_lines(rows, stood.total), lambda row: row.ref or row.title)

    async def sections(self, row: PlanRow) -> Iterable[Section]:
        """The card of an objective, a lead or a group."""
        if isinstance(row, StoodRow):
            return tuple(stood_sections(row))
        return tuple(sections(await self.desk.ask(plan.objective_card, row.ref)))

    def place_of(self, ref: str) -> Key | None:
        """Where a record stands."""
        return (0, ref) if ref in self._refs else None

    def records_shown(self) -> int:
        """How many records the list has."""
        return len(self._refs)

    def order_words(self) -> str:
        """What is counted."""
        return {By.OBJECTIVE: _("objectives"), By.LEAD: _("leads"), By.GROUP: _("groups")}[self._by]

    def find(self, ref: str) -> None:
        """Stand on one objective."""
        self._count(By.OBJECTIVE)
        super().find(ref)

    def action_next_by(self) -> None:
        """By objective, lead, group, and round again."""
        order = list(By)
        self._count(order[(order.index(self._by) + 1) % len(order)])
        self.load(self.filter_bar.text)

    def _count(self, by: By) -> None:
        self._by = by
        self.list_pane.choose_columns(self.columns())

    def action_open_actions(self) -> None:
        """The actions behind the line, in their own mode."""
        row: Any = self.list_pane.highlighted
        if isinstance(row, ObjectiveRow):
            self.app.go("action", f"obj:{row.number}")
        elif row is not None:
            self.app.go("action", filter_words(self._by, row.ref, row.name))

    @work(group="over")
    async def action_timeline(self) -> None:
        """What is open against time."""
        from ahtc_tui.tui.plan.timeline import TimelineScreen

        with told(self.app):
            self.app.push_screen(TimelineScreen(await self.desk.ask(plan.plan_timeline)), self._follow)

    def _follow(self, ref: str | None) -> None:
        """To the action that was opened."""
        if ref:
            self.app.go("action", ref)

    def action_burn_down(self) -> None:
        """Open actions by month, and the trend."""
        from ahtc_tui.tui.plan.periods import TrendScreen

        self.app.push_screen(TrendScreen(), self._to_quarter)

    def action_compare(self) -> None:
        """Two quarters side by side."""
        self._to_quarter(self.desk.today.isoformat())

    def _to_quarter(self, day: str | None) -> None:
        """The quarter of a day beside the one before."""
        from ahtc_tui.tui.plan.periods import CompareScreen

        if day:
            self.app.push_screen(CompareScreen(quarter_end(date.fromisoformat(day))), self._follow)

    def action_milestones(self) -> None:
        """All milestones."""
        from ahtc_tui.tui.plan.versions_and_milestones import MilestonesScreen

        self.app.push_screen(MilestonesScreen(), self._follow)

    @work(group="over")
    async def action_versions(self) -> None:
        """Every version, and what its letters mean."""
        from ahtc_tui.tui.plan.versions_and_milestones import VersionsScreen

        with told(self.app):
            self.app.push_screen(VersionsScreen(await self.desk.ask(plan.plan_versions)))

    @work(group="write")
    async def action_new_objective(self) -> None:
        """Another objective."""
        from ahtc_tui.tui.plan.form import ObjectiveForm

        with told(self.app):
            form = ObjectiveForm(self.desk, await self.desk.ask(plan.plan_aims))
            await self.app.fill_in(form, _("Objective added"))

    @work(group="write")
    async def action_edit_objective(self) -> None:
        """Title, number, aims of the objective under the cursor, and whose it is."""
        from ahtc_tui.tui.plan.form import ObjectiveForm

        row = self.list_pane.highlighted
        if isinstance(row, ObjectiveRow):
            with told(self.app):
                card = await self.desk.ask(plan.objective_card, row.ref)
                form = ObjectiveForm(self.desk, await self.desk.ask(plan.plan_aims), card)
                await self.app.fill_in(form, _("Objective {n} edited").format(n=row.number))

    @work(group="write")
    async def action_new_aim(self) -> None:
        """Another aim."""
        from ahtc_tui.tui.plan.form import AimForm

        await self.app.fill_in(AimForm(self.desk), _("Aim added"))

    def action_since(self) -> None:
        """What happened since the last Leadership Group."""
        from ahtc_tui.tui.plan.changes_since import SinceScreen

        self.app.push_screen(SinceScreen(), self._follow)

    @work(group="write")
    async def action_new(self) -> None:
        """A milestone of the objective under the cursor."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        row = self.list_pane.highlighted
        if isinstance(row, ObjectiveRow):
            await self.app.fill_in(MilestoneForm(self.desk, row.number), _("Milestone added"))

    @work(group="write")
    async def action_edit(self) -> None:
        """Version, owner, and what the letters mean."""
        from ahtc_tui.tui.plan.form import PlanForm

        with told(self.app):
            found = await self.desk.ask(plan.plan_versions)
            if found:
                await self.app.fill_in(PlanForm(self.desk, found[0]), _("Plan edited"))

    @work(group="write")
    async def action_met(self) -> None:
        """The first milestone of the objective that was not yet met was met today."""
        from ahtc_tui.services.plan.versions_and_milestones import meet_milestone

        row = self.list_pane.highlighted
        with told(self.app):
            if isinstance(row, ObjectiveRow):
                card = await self.desk.ask(plan.objective_card, row.ref)
                for point in card.milestones:
                    if point.met_on is None:
                        await self.desk.ask(meet_milestone, point.ref)
                        self.app.wrote(_("{ref} met: {title}").format(ref=point.ref, title=point.title))
                        return

    @work(group="export")
    async def action_export(self) -> None:
        """The plan as a workbook in the exports folder."""
        from ahtc_tui.services.exports.plan import plan_to_folder

        with told(self.app):
            path = await self.desk.work(plan_to_folder)
            say(self.app, _("Written: {path}").format(path=self.desk.within(path)), undo=False)
