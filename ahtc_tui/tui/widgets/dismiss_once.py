"""A screen that closes once, however often it is asked: two quick clicks would close the one below as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    ScreenBase = Screen[Any]
else:
    ScreenBase = object  # Textual takes the look of a screen from its first base that is one


class DismissOnce(ScreenBase):
    """Goes before the kind of screen in the list of bases."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close and answer, where this is the screen on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
