"""Overlays of the milestones and of the versions of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.base.service_threads import find_row
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts


class MilestonesScreen(ListOverlay[MilestoneRow]):
    """All milestones by objective and date, with the commands to edit them."""

    empty_text = gettext_noop("No milestones yet. Press n to add one.")
    row_actions = frozenset(("edit", "met", "remove"))
    BINDINGS = build_bindings("milestones.*", "desk.undo", "desk.redo")

    def on_mount(self) -> None:
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read all milestones."""
        with errors_as_toasts(self.app):
            milestones = await self.app.desk.show(plan.list_milestones)
            met = sum(milestone.met_on is not None for milestone in milestones)
            total = ngettext("1 milestone", "{n} milestones", len(milestones))
            head = _("{milestones}, {n} met").format(milestones=total, n=met) if met else total
            self.show_lines(head, milestones, lambda row: row.ref)

    def build_columns(self) -> Sequence[Column[MilestoneRow]]:
        date_width = 22 if self.app.size.width >= 110 else 18
        return (
            Column(_("Ref"), 6, lambda row: row.ref, grows=True),
            Column(_("No."), 4, lambda row: str(row.objective), "right"),
            Column(_("Milestone"), None, lambda row: row.shown_title),
            Column(_("Due"), date_width, lambda row: str(row.due or "–"), style=self._choose_due_style),
            Column(_("Met"), date_width, lambda row: str(row.met_on or _("not yet")), style=_choose_met_style),
        )

    def _choose_due_style(self, row: MilestoneRow) -> str:
        is_late = row.met_on is None and row.due is not None and row.due.latest < self.app.desk.today
        return "late" if is_late else ""

    def find_target(self, row: MilestoneRow) -> str:
        """Return the filter text for the actions of the objective."""
        return f"obj:{row.objective}"

    @property
    def _current_milestone(self) -> MilestoneRow | None:
        row: MilestoneRow | None = self.list_pane.highlighted
        return row

    @work(group="write")
    async def action_new(self) -> None:
        """Add a milestone to the objective of the selected one."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        number = self._current_milestone.objective if self._current_milestone else 1
        await self.app.open_form(MilestoneForm(self.app.desk, number), _("Milestone added"))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected milestone."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        if selected := self._current_milestone:
            with errors_as_toasts(self.app):
                rows, desk = await self.app.desk.open_record(plan.list_milestones)
                milestone = find_row(rows, ref=selected.ref)
                form = MilestoneForm(desk, milestone.objective, milestone)
                await self.app.open_form(form, _("{ref} edited").format(ref=milestone.ref))

    @work(group="write")
    async def action_met(self) -> None:
        """Record that the milestone was met today."""
        if milestone := self._current_milestone:
            with errors_as_toasts(self.app):
                await self.app.desk.run(versions_and_milestones.meet_milestone, milestone.ref)
                self.app.announce_write(_("{ref} met: {title}").format(ref=milestone.ref, title=milestone.shown_title))

    @work(group="write")
    async def action_remove(self) -> None:
        """Remove the milestone."""
        if milestone := self._current_milestone:
            with errors_as_toasts(self.app):
                await self.app.desk.run(versions_and_milestones.remove_milestone, milestone.ref)
                self.app.announce_write(_("{ref} removed").format(ref=milestone.ref))


class VersionsScreen(ListOverlay[PlanVersion]):
    """All versions of the plan, with the meanings of their ratings as details."""

    row_actions = frozenset(("show_end",))
    BINDINGS = build_bindings("versions.*", "desk.undo", "desk.redo")

    def __init__(self, versions: Sequence[PlanVersion]) -> None:
        super().__init__()
        self._versions = versions

    def on_mount(self) -> None:
        super().on_mount()
        self._show_versions()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the versions again."""
        with errors_as_toasts(self.app):
            self._versions = await self.app.desk.show(plan.list_versions)
            self._show_versions()

    def _show_versions(self) -> None:
        self.show_lines(self._versions[0].shown_title if self._versions else "", self._versions, lambda row: row.ref)

    def build_columns(self) -> Sequence[Column[Any]]:
        return (
            Column(_("Version"), 14, lambda row: row.version or _("not numbered")),
            Column(_("Agreed on"), 20, lambda row: str(row.agreed_on or _("not stated"))),
            Column(_("Closed"), 20, lambda row: str(row.closed_on or "–")),
            Column(_("In force"), 8, lambda row: pgettext("in force", "yes") if row.in_force else "–"),
            Column(_("Owner"), None, lambda row: row.owner or "–"),
        )

    def action_show_end(self) -> None:
        """Open what goes on to the next plan; of a closed plan its actions as they were."""
        from ahtc_tui.tui.plan.plan_end import PlanEndScreen

        selected: PlanVersion | None = self.list_pane.highlighted
        if selected is not None:
            self.app.push_screen(PlanEndScreen(selected.ref))

    @work(group="write")
    async def action_new(self) -> None:
        """Open the next plan."""
        from ahtc_tui.tui.plan.form import NextPlanForm

        await self.app.open_form(NextPlanForm(self.app.desk), _("The next plan is open"))

    def format_detail(self, row: PlanVersion) -> str:
        return "\n".join([*(meaning.line for meaning in row.brag), *([row.note] if row.note else [])])


def _choose_met_style(row: MilestoneRow) -> str:
    return "" if row.met_on else "muted"
