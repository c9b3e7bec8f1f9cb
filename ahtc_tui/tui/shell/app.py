"""The app: its modes, its desk and its palette. A mode's screen is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.signal import Signal

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.keys.key import shown
from ahtc_tui.tui.shell.case_data_warning import CaseDataWarning
from ahtc_tui.tui.shell.crash_report import cause_of, report
from ahtc_tui.tui.shell.gc_scheduler import GcScheduler
from ahtc_tui.tui.shell.navigation import Navigation
from ahtc_tui.tui.shell.palette import OfficeCommands, RecordFinder
from ahtc_tui.tui.shell.themes import OURS
from ahtc_tui.tui.widgets.confirm import complain, say, told
from ahtc_tui.tui.widgets.plain import Harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from ahtc_tui.services.workspace import Workspace


def _screen(mode: str) -> Callable[[], Screen[Any]]:
    """The maker of a mode's screen: `tui/<mode>/screen.py` has the class `<Mode>Screen`."""

    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"ahtc_tui.tui.{mode}.screen"), f"{mode.capitalize()}Screen")()
        return made

    return make


class AhtcApp(Navigation):
    """The desk."""

    TITLE = "ahtc"
    CSS_PATH = "desk.tcss"
    MODES: ClassVar[dict[str, Any]] = {mode: _screen(mode) for mode in MODES}
    DEFAULT_MODE = "today"
    COMMANDS: ClassVar[Any] = {RecordFinder, OfficeCommands}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("desk.palette", *(f"mode.{mode}" for mode in MODES))]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: Workspace, *, tidy: bool = False) -> None:
        super().__init__()
        self._tidy = GcScheduler(self) if tidy else None
        self._guard = CaseDataWarning(self)
        self.desk = Desk(workspace)
        self.broken = ""
        """The sentence for an unexpected error, once there was one."""
        self._filters.append(Harmless())
        self.changed = Signal(self, "changed")
        for theme in OURS:
            self.register_theme(theme)
        self.theme = workspace.theme if workspace.theme in self.available_themes else "ahtc"
        self.set_keymap(workspace.keymap)

    def get_key_display(self, binding: Binding) -> str:
        """Keys by the words on them, as the docs have them."""
        return binding.key_display or shown(binding.key.split(",")[0])

    @work(group="write")
    async def action_undo(self) -> None:
        """Take back the last change."""
        from ahtc_tui.services import history

        with told(self):
            label = await self.desk.ask(history.undo)
            say(self, _("Undone: {label}   ctrl+r brings it back").format(label=label), undo=False)
            self.changed.publish(None)

    @work(group="write")
    async def action_redo(self) -> None:
        """Bring back what was undone."""
        from ahtc_tui.services import history

        with told(self):
            label = await self.desk.ask(history.redo)
            say(self, _("Done again: {label}").format(label=label))
            self.changed.publish(None)

    def _handle_exception(self, error: Exception) -> None:
        """What a worker was refused by the office becomes a toast. Any other error ends the screen; its values stay.

        A widget that failed hears no message any more, whatever the error: that cannot be gone on with.
        """
        cause = cause_of(error)
        if cause is not error and isinstance(cause, AhtcError):
            complain(self, str(cause))
            return
        if self._exception is None:
            self._exception, self.broken = error, report(cause, self.desk.workspace.database.path.parent)
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """From now on memory is tidied in pauses, where the process is the screen's own; soon comes the backup."""
        if self._tidy is not None:
            self._tidy.start()
            self.back_up_soon()

    def on_mount(self) -> None:
        """Warn of case data from now on."""
        self._guard.start()

    def on_unmount(self) -> None:
        """Let the threads end."""
        self._guard.stop()
        self.desk.close()
