"""Letters at the panes and fields of the screen below; a letter chooses one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget

from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.plain import Plain

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class JumpLabels(DismissOnce, ModalScreen[Widget | None]):
    """Dismisses with the widget of the letter, or with None after any other key."""

    DEFAULT_CSS = """
    JumpLabels {
        background: transparent;

        & > Plain { position: absolute; width: 3; height: 1; padding: 0 1; background: $accent; color: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", gettext_noop("Leave"), id="jump.leave", show=False)
    ]

    def __init__(self, places: Mapping[Widget, Offset]) -> None:
        """`places` has the cell of each widget in view."""
        super().__init__()
        self._places = places
        self._targets = dict(zip(LETTERS, places, strict=False))

    def compose(self) -> ComposeResult:
        for letter, target in self._targets.items():
            label = Plain(letter)
            label.styles.offset = self._places[target]
            yield label

    def on_key(self, event: events.Key) -> None:
        """Choose the target of a letter; another key leaves."""
        if event.key not in ("escape", "ctrl+g"):
            event.stop()
            self.dismiss(self._targets.get(event.key))

    def on_click(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave the focus where it is."""
        self.dismiss(None)
