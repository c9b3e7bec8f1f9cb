"""The base of modal dialogs: a panel in the middle, over the dimmed screen below."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from ahtc_tui.tui.widgets.dismiss_once import DismissOnce


class Dialog(DismissOnce, ModalScreen[ScreenResultType]):
    """A dialog whose panel is a `Vertical`."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;

        & > Vertical {
            width: 90%;
            max-width: 76;
            height: auto;
            padding: 1 2;
            background: $surface;
            border-left: outer $accent;
        }
        & .title { text-style: bold; margin-bottom: 1; }
        & .keys { margin-top: 1; color: $foreground-muted; }
    }
    """
