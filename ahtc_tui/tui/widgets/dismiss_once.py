"""A mixin for screens that dismiss only themselves. A second click in quick succession would close the screen below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    ScreenBase = Screen[Any]
else:
    ScreenBase = object  # Textual takes the CSS of a screen from its first widget base


class DismissOnce(ScreenBase):
    """Must precede the screen class in the list of bases."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Dismiss the screen if it is on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
