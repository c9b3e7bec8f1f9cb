"""The menu of a screen: its commands with their letters. A letter runs its command."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.tui.base.disabled_keys import explain_key
from ahtc_tui.tui.keys.key import MENU, MENU_KEYS
from ahtc_tui.tui.shell.screen_commands import ScreenCommand, list_screen_commands
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.dialog import Dialog
from ahtc_tui.tui.widgets.plain import Plain


class CommandMenu(Dialog[ScreenCommand | None]):
    """Dismisses with the command of a letter or of the selected line, or with None."""

    DEFAULT_CSS = """
    CommandMenu {
        & > Vertical { max-height: 100%; }
        & OptionList { height: auto; max-height: 100%; border: none; padding: 0; background: $surface; }
        & OptionList:focus { background-tint: 0%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,ctrl+g,{MENU_KEYS[1]}", "leave", gettext_noop("Leave"), id="menu.leave")
    ]
    option_list = query_one(OptionList)

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._screen_below = screen
        self._letters = {key: command for command in list_screen_commands(screen) if (key := command.menu_key)}

    def compose(self) -> ComposeResult:
        shown = [command for command in self._letters.values() if not command.is_everywhere]
        with Vertical():
            yield OptionList(*map(_build_option, shown), compact=True, markup=False)
            yield Plain(_("Press a letter, or enter on a line   esc leave"), classes="keys")

    def on_mount(self) -> None:
        self.option_list.focus()

    def on_key(self, event: Key) -> None:
        """Run the command of a letter, or show why the screen has none now."""
        command = self._letters.get(MENU + event.key)
        if command is not None:
            event.stop()
            self._choose(command)
        elif reason := explain_key(self._screen_below, MENU + event.key):
            show_toast(self.app, reason, undo=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(next(command for command in self._letters.values() if command.key_id == event.option_id))

    def _choose(self, command: ScreenCommand) -> None:
        """Dismiss with a command, or show why it cannot be used."""
        if command.reason:
            show_toast(self.app, command.reason, undo=False)
        else:
            self.dismiss(command)

    def action_leave(self) -> None:
        """Close the menu."""
        self.dismiss(None)


def _build_option(command: ScreenCommand) -> Option:
    text = _(command.message)
    if command.reason:
        text = f"{text} ({command.reason.rstrip('.')})"
    line = Content.assemble((command.letter.ljust(3), "$text-accent"), text)
    return Option(line.stylize("dim") if command.reason else line, id=command.key_id)
