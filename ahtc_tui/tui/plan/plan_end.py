"""The end of a plan: the actions that go on to the next one, chosen on one page and saved in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import PlanEnd, PlanEndAction
from ahtc_tui.services.plan import versions_and_milestones as plans
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts


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
            closed = _("{title}, closed on {day}").format(title=title, day=format_long_date(end.closed_on))
            self.show_lines(closed, end.actions, _read_ref)
            return
        rows = [action for action in end.actions if action.carried]
        ending = sum(action.key in self._ending for action in rows)
        foot = ngettext("{n} action goes on to the next plan", "{n} actions go on to the next plan", len(rows) - ending)
        if ending:
            foot += ", " + ngettext("{n} is cancelled", "{n} are cancelled", ending)
        self.show_lines(title, rows, _read_ref, f"{foot}.")

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
        """Close the plan after a question, then open the form of the next one."""
        from ahtc_tui.tui.plan.form import NextPlanForm

        if self._end is None:
            return
        with errors_as_toasts(self.app):
            title = self._end.version.shown_title
            carried = frozenset(action.key for action in self._end.carried if action.key not in self._ending)
            question = ngettext(
                "Close {title}? {n} action goes on.", "Close {title}? {n} actions go on.", len(carried), title=title
            )
            if await self.app.push_screen_wait(Confirm(question)):
                await self.app.desk.run(plans.close_plan, self._ref, carried=carried)
                self.app.announce_write(_("{title} is closed").format(title=title))
                await self.app.open_form(NextPlanForm(self.app.desk), _("The next plan is open"))
                self.dismiss("")


def _read_ref(row: PlanEndAction) -> str:
    return row.ref
