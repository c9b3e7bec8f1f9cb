"""A mixin for screens that dismiss only themselves, also where another screen or mode is on top of them.

Textual closes the topmost screen, which is another one after a second click in quick succession, or after a change of
mode during a long write. A screen that is closed before it has its widgets is not drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    ScreenBase = Screen[Any]
else:
    ScreenBase = object  # Textual takes the CSS of a screen from its first widget base


class DismissOnce(ScreenBase):
    """Must precede the screen class in the list of bases."""

    _late_result: tuple[Any] | None = None
    """The result with which the screen is dismissed when it comes to the top."""

    async def on_event(self, event: events.Event) -> None:
        """Handle an event. Ignore those after which handlers draw while the screen is removed.

        Textual adds no widgets to a screen that is closed before it is composed, but still posts these events.
        """
        if self.display or not isinstance(event, (events.Mount, events.Resize)):
            await super().on_event(event)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Dismiss the screen if it is on top, else as soon as it is."""
        if self.is_active:
            return super().dismiss(result)
        self._late_result = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Dismiss the screen if that was wanted while it was not on top."""
        if self._late_result is not None:
            (result,) = self._late_result
            self._late_result = None
            self.dismiss(result)
