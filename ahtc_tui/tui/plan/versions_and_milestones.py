"""What a plan is made of, over the whole of it: its milestones, which are written here, and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import MILESTONES
from ahtc_tui.tui.plan.overlay import PlanOverlay
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.record_line import Column


class MilestonesScreen(PlanOverlay[MilestoneRow]):
    """The points on the way, by objective and date."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*MILESTONES)]

    def on_mount(self) -> None:
        """Read them, and again after every write."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read all of them."""
        with told(self.app):
            found = await self.app.desk.ask(plan.plan_milestones)
            met = sum(point.met_on is not None for point in found)
            self.put(_("Milestones: {n}, {met} met").format(n=len(found), met=met), found, lambda row: row.ref)

    def columns(self) -> Sequence[Column[MilestoneRow]]:
        """Reference, objective, what, by when, and whether it was met."""
        wide = 22 if self.app.size.width >= 110 else 18
        return (
            Column(_("Ref"), 6, lambda row: row.ref, grows=True),
            Column(_("No"), 2, lambda row: str(row.objective), "right"),
            Column(_("Milestone"), None, lambda row: row.title),
            Column(_("Due"), wide, lambda row: str(row.due or "–"), style=self._look),
            Column(_("Met"), wide, lambda row: str(row.met_on or _("not yet")), style=_met_look),
        )

    def _look(self, row: MilestoneRow) -> str:
        late = row.met_on is None and row.due is not None and row.due.latest < self.app.desk.today
        return "late" if late else ""

    def opened(self, row: MilestoneRow) -> str:
        """The actions of its objective."""
        return f"obj:{row.objective}"

    @property
    def _current(self) -> MilestoneRow | None:
        row: MilestoneRow | None = self.list_pane.highlighted
        return row

    @work(group="write")
    async def action_new(self) -> None:
        """Another one, of the objective under the cursor."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        number = self._current.objective if self._current else 1
        await self.app.fill_in(MilestoneForm(self.app.desk, number), _("Milestone added"))

    @work(group="write")
    async def action_edit(self) -> None:
        """Its words, objective and days."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        if point := self._current:
            form = MilestoneForm(self.app.desk, point.objective, point)
            await self.app.fill_in(form, _("{ref} edited").format(ref=point.ref))

    @work(group="write")
    async def action_met(self) -> None:
        """It was met today."""
        if point := self._current:
            with told(self.app):
                await self.app.desk.ask(versions_and_milestones.meet_milestone, point.ref)
                self.app.wrote(_("{ref} met: {title}").format(ref=point.ref, title=point.title))

    @work(group="write")
    async def action_remove(self) -> None:
        """Take it away."""
        if point := self._current:
            with told(self.app):
                await self.app.desk.ask(versions_and_milestones.remove_milestone, point.ref)
                self.app.wrote(_("{ref} taken away").format(ref=point.ref))


class VersionsScreen(PlanOverlay[PlanVersion]):
    """Every version of the plan, with what its letters mean below."""

    def __init__(self, versions: Sequence[PlanVersion]) -> None:
        super().__init__()
        self._versions = versions

    def on_mount(self) -> None:
        """Show them."""
        self.put(self._versions[0].title if self._versions else "", self._versions, lambda row: row.ref)

    def columns(self) -> Sequence[Column[Any]]:
        """Which, since when, whose."""
        return (
            Column(_("Version"), 14, lambda row: row.version or _("not numbered")),
            Column(_("Agreed on"), 20, lambda row: str(row.agreed_on or _("not stated"))),
            Column(_("In force"), 8, lambda row: _("yes") if row.in_force else "–"),
            Column(_("Owner"), None, lambda row: row.owner or "–"),
        )

    def said_of(self, row: PlanVersion) -> str:
        """What each letter means in it, and its note."""
        return "\n".join([*(each.line for each in row.brag), *([row.note] if row.note else [])])


def _met_look(row: MilestoneRow) -> str:
    return "" if row.met_on else "muted"
