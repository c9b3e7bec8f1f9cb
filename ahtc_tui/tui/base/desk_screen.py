"""What every mode of the desk is: a list that hears of changes, and the keys that all have. Never knows a noun."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.getters import app, query_one
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.type_ahead import TypeAheadApp
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.desk import DESK
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.record_list import RecordList

BLOCKING_GROUPS = frozenset(("write", "form", "table", "over", "matrix", "begin"))
"""Groups of workers that write, or that read what a screen shows before they open it or let anybody type."""


class DeskApp(TypeAheadApp):
    """What screens know of the app, without knowing its modes."""

    desk: Desk
    changed: Signal[None]
    """Published after every write; screens in inactive modes hear it too."""
    import_folder: Path | None = None
    """Where files were last looked for, while the desk is open."""

    @property
    def is_busy(self) -> bool:
        """A write or a form is on its way, or other rows are, and the next key would go to the old ones."""
        blocking = BLOCKING_GROUPS if isinstance(self.focused, Input) else BLOCKING_GROUPS | {"load"}
        if self.screen.is_modal:  # what opened it waits for the person, so only its own saving counts
            blocking = frozenset(("form-save",))
        if isinstance(self.screen, DeskScreen) and not self.screen.has_had_focus:
            return True
        if any(worker.group in blocking and not worker.is_finished for worker in self.workers):
            return True
        return isinstance(self.focused, RecordList) and self.focused.has_pending_source

    def announce_write(self, sentence: str) -> None:
        """Tell what was written, and every screen that something was."""
        show_toast(self, sentence)
        self.changed.publish(None)

    async def open_form(self, form: Screen[Any], sentence: str) -> None:
        """Open a form, and tell what it wrote."""
        if await self.push_screen_wait(form) is not None:
            self.announce_write(sentence)

    def show_record(self, kind: str, ref: str) -> None:
        """Show a record of a kind ("action", "meeting") in the mode where it belongs."""
        raise NotImplementedError

    def open_minutes(self, ref: str) -> None:
        """Open the live minutes of a meeting."""
        raise NotImplementedError

    def action_conflicts(self) -> None:
        """Open what two people wrote apart."""
        raise NotImplementedError

    def action_bring_in(self) -> None:
        """Choose files to bring in."""
        raise NotImplementedError

    def action_commissions(self, ref: str = "") -> None:
        """Open the papers that others ask for, or one of them."""
        raise NotImplementedError


class DeskScreen(Screen[None]):
    """Any mode of the desk: a list that is read anew after every write, and the keys that every mode has."""

    BINDINGS = build_bindings(*DESK)
    AUTO_FOCUS = "RecordList"

    noun: ClassVar[str]
    has_had_focus = False
    """Whether the list has had the focus, which comes by itself and would take it from what a key opens."""

    app = app(DeskApp)
    list_pane = query_one(RecordList)

    def on_descendant_focus(self) -> None:
        """From here on the next key may come."""
        self.has_had_focus = True

    @property
    def desk(self) -> Desk:
        """The services."""
        return self.app.desk

    def on_mount(self) -> None:
        """Listen for changes and read the list."""
        self.app.changed.subscribe(self, lambda _signal: self.reload())
        self.reload()

    def on_screen_resume(self) -> None:
        """Another program may have written meanwhile. A mode without a list has nothing to read anew."""
        if any(pane.total for pane in self.query(RecordList)):
            self.reload()

    def reload(self) -> Any:
        """Read the list anew."""
        raise NotImplementedError

    def ref_of(self, row: Any) -> str:
        """The reference that `y` copies."""
        return str(getattr(row, "ref", ""))

    def action_copy_ref(self) -> None:
        """Put the reference on the clipboard."""
        if self.list_pane.highlighted is not None:
            ref = self.ref_of(self.list_pane.highlighted)
            self.app.copy_to_clipboard(ref)
            show_toast(self.app, _("{ref} copied").format(ref=ref), undo=False)

    def select_record(self, ref: str) -> None:
        """Show one record, where the mode has one."""

    def action_find_record(self) -> None:
        """The palette, which finds records."""
        self.app.action_command_palette()
