"""Overlays of the milestones, of the versions of the plan, and of what goes on to the next plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual import work

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import MilestoneRow, PlanEnd, PlanEndAction, PlanVersion
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones
from ahtc_tui.services.plan import versions_and_milestones as plans
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
            Column(pgettext("number", "No."), 4, lambda row: str(row.objective), "right"),
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


class PlanEndScreen(ListOverlay[PlanEndAction]):
    """The open actions of a plan, each with whether it goes on; of a closed plan all actions as they were."""

    empty_text = gettext_noop("The plan has no open actions.")
    row_actions = frozenset(("turn",))
    BINDINGS = build_bindings("plan-end.*")

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._end: PlanEnd | None = None
        self._ending: set[RowKey] = set()
        """Keys of the open actions that do not go on."""

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the plan again; choices stay."""
        with errors_as_toasts(self.app):
            self._end = await self.app.desk.show(plans.show_plan_end, self._ref)
            self._show_end(self._end)

    def _show_end(self, end: PlanEnd) -> None:
        title = end.version.shown_title
        if end.version.closed_on:
            closed = _("{title}, closed on {date}").format(title=title, date=format_long_date(end.closed_on))
            self.show_lines(closed, end.actions, _read_ref)
            return
        self.show_lines(title, end.carried, _read_ref, self._apply_choices(end).summary)

    def _apply_choices(self, end: PlanEnd) -> PlanEnd:
        """Return the end of the plan without the actions that were chosen not to go on."""
        actions = (replace(action, carried=action.carried and action.key not in self._ending) for action in end.actions)
        return replace(end, actions=tuple(actions))

    def build_columns(self) -> Sequence[Column[PlanEndAction]]:
        wide = self.app.size.width >= 110
        return (
            Column(_("Goes on"), 9, self._format_carried, style=self._choose_style),
            Column(_("Ref"), 8, _read_ref, grows=True),
            Column(_("Action"), None, lambda row: row.shown_title),
            Column(_("Lead"), 28 if wide else 14, lambda row: row.lead or "–"),
            *((Column(_("Due"), 18, lambda row: str(row.due or "–")),) if wide else ()),
            Column(_("Status"), 14, lambda row: row.status.label),
        )

    def _format_carried(self, row: PlanEndAction) -> str:
        if row.status in CLOSED_STATUSES:
            return "–"
        goes_on = row.carried and row.key not in self._ending
        return pgettext("goes on", "yes") if goes_on else pgettext("goes on", "no")

    def _choose_style(self, row: PlanEndAction) -> str:
        return "late" if row.key in self._ending else ""

    @property
    def _is_open(self) -> bool:
        return self._end is not None and not self._end.version.closed_on

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the choice in a plan that is closed."""
        if action in ("turn", "toggle_all", "close_plan") and not self._is_open:
            return None
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        """Let the selected action go on, or not, and select the next one."""
        row: Any = self.list_pane.highlighted
        if row is not None and self._end is not None:
            self._ending ^= {row.key}
            self._show_end(self._end)
            self.list_pane.action_step(1)

    def action_toggle_all(self) -> None:
        """Let no action go on; where none goes on, all."""
        if self._end is not None:
            keys = {action.key for action in self._end.carried}
            self._ending = set() if keys <= self._ending else keys
            self._show_end(self._end)

    @work(group="write")
    async def action_close_plan(self) -> None:
        """Close the plan and open the next one, in the form of that one."""
        from ahtc_tui.tui.plan.form import NextPlanForm

        if self._end is None:
            return
        end = self._apply_choices(self._end)
        form = NextPlanForm(self.app.desk, end)
        if await self.app.push_screen_wait(form) is not None:
            self.app.announce_write(_("{name} is closed").format(name=end.version.shown_title))
            self.dismiss("")


def _read_ref(row: PlanEndAction) -> str:
    return row.ref
