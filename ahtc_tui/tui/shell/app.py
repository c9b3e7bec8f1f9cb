"""The app: its modes, its desk and its palette. A mode's screen is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.signal import Signal

from ahtc_tui.domain.case_data.detector import CaseDataReporter
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.keys.key import format_key
from ahtc_tui.tui.shell.crash_report import find_cause, write_crash_log
from ahtc_tui.tui.shell.gc_scheduler import GcScheduler
from ahtc_tui.tui.shell.navigation import Navigation
from ahtc_tui.tui.shell.palette import OfficeCommands, RecordFinder
from ahtc_tui.tui.shell.themes import THEMES
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast, show_toast
from ahtc_tui.tui.widgets.plain import ControlFilter, sanitize_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ahtc_tui.services.workspace import Workspace


def _screen_factory(mode: str) -> Callable[[], Screen[Any]]:
    """The maker of a mode's screen: `tui/<mode>/screen.py` has the class `<Mode>Screen`."""

    def build_screen() -> Screen[Any]:
        screen: Screen[Any] = getattr(import_module(f"ahtc_tui.tui.{mode}.screen"), f"{mode.capitalize()}Screen")()
        return screen

    return build_screen


class AhtcApp(Navigation):
    """The desk."""

    TITLE = "ahtc"
    CSS_PATH = "desk.tcss"
    MODES: ClassVar[dict[str, Any]] = {mode: _screen_factory(mode) for mode in MODES}
    DEFAULT_MODE = "today"
    COMMANDS: ClassVar[Any] = {RecordFinder, OfficeCommands}
    BINDINGS: ClassVar[list[BindingType]] = [*build_bindings("desk.palette", *(f"mode.{mode}" for mode in MODES))]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: Workspace, *, schedule_gc: bool = False) -> None:
        super().__init__()
        self._gc_scheduler = GcScheduler(self) if schedule_gc else None
        self.desk = Desk(workspace, CaseDataReporter(self._show_case_data_warning))
        self.crash_message = ""
        """The sentence for an unexpected error, once there was one."""
        self._filters.append(ControlFilter())
        self.changed = Signal(self, "changed")
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = workspace.theme if workspace.theme in self.available_themes else "ahtc"
        self.set_keymap(workspace.keymap)

    def get_key_display(self, binding: Binding) -> str:
        """Keys by the words on them, as the docs have them."""
        return binding.key_display or format_key(binding.key.split(",")[0])

    @work(group="write")
    async def action_undo(self) -> None:
        """Take back the last change."""
        from ahtc_tui.services import history

        with errors_as_toasts(self):
            label = await self.desk.run(history.undo_step)
            show_toast(self, _("Undone: {label}   ctrl+r brings it back").format(label=label), undo=False)
            self.changed.publish(None)

    @work(group="write")
    async def action_redo(self) -> None:
        """Bring back what was undone."""
        from ahtc_tui.services import history

        with errors_as_toasts(self):
            label = await self.desk.run(history.redo_step)
            show_toast(self, _("Done again: {label}").format(label=label))
            self.changed.publish(None)

    def _show_case_data_warning(self, sentence: str) -> None:
        """Show a warning about case data; called on the thread that writes, from which toasts are allowed."""
        self.notify(sanitize_text(sentence), severity="warning", timeout=10, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """What a worker was refused by the office becomes a toast. Any other error ends the screen; its values stay.

        A widget that failed hears no message any more, whatever the error: that cannot be gone on with.
        """
        cause = find_cause(error)
        if cause is not error and isinstance(cause, AhtcError):
            show_error_toast(self, str(cause))
            return
        if self._exception is None:
            self._exception, self.crash_message = (
                error,
                write_crash_log(cause, self.desk.workspace.database.path.parent),
            )
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """From now on memory is tidied in pauses, where the process is the screen's own; soon comes the backup."""
        if self._gc_scheduler is not None:
            self._gc_scheduler.start()
            self.schedule_backup()

    def on_unmount(self) -> None:
        """Let the threads end."""
        self.desk.close()
