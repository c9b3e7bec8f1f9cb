"""The key that repeats the last command of a list on its marked rows."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import work

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings

Row = TypeVar("Row")


class RepeatingScreen(RecordScreen[Row]):
    """A list whose commands on one row can be repeated on the marked rows."""

    BINDINGS = build_bindings("desk.repeat")

    _last_command = ""
    """Name of the command that ran last."""

    async def run_command(self, command: str, ref: str) -> None:
        """Run a command on the record with this reference."""
        raise NotImplementedError

    def list_selected_refs(self) -> list[str]:
        """Return the references of the marked rows, else of the selected row."""
        raise NotImplementedError

    @work(group="write")
    async def run_on_row(self, command: str) -> None:
        """Run a command on the selected row."""
        row: Any = self.selected_row
        if row is not None:
            self._last_command = command
            self.refresh_bindings()
            await self.run_command(command, self.ref_of(row))

    @work(group="write")
    async def action_repeat(self) -> None:
        """Run the last command on the marked rows, else on the selected row."""
        for ref in self.list_selected_refs():
            await self.run_command(self._last_command, ref)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the repeat of a command until there was one."""
        if action == "repeat" and not self._last_command:
            return None
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled."""
        if action == "repeat" and not self._last_command:
            return _("There is no command to repeat yet.")
        return super().explain_disabled(action)
