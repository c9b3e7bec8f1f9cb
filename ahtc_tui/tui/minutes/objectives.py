"""The objectives of the actions of a meeting, asked for once on one form when the meeting closes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import ObjectiveRow
from ahtc_tui.services.minutes.service import assign_objectives
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_select


class ObjectivesForm(FormScreen):
    """A choice of objective for each action; an action without a choice has none."""

    def __init__(self, desk: Desk, actions: Sequence[ActionRow], objectives: Sequence[ObjectiveRow]) -> None:
        super().__init__(_("Which objectives do the actions serve?"), desk.seen)
        self._desk, self._actions, self._objectives = desk, actions, objectives

    def rows(self) -> Iterable[FormRow]:
        options = [(f"{row.number}. {join_lines(row.shown_title)}", str(row.number)) for row in self._objectives]
        for number, action in enumerate(self._actions):
            field = build_select(options, None)
            yield FormRow(f"action_{number}", action.ref, field, hint=join_lines(action.shown_title))

    async def accept(self, values: dict[str, Any]) -> None:
        """Save the choices in one step."""
        refs = {f"action_{number}": action.ref for number, action in enumerate(self._actions)}
        if numbers := {refs[name]: value for name, value in values.items() if value}:
            await self._desk.run(assign_objectives, numbers)
