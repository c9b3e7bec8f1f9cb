"""A list of options that change while it is shown."""

from __future__ import annotations

from textual.events import Click
from textual.widgets import OptionList


class ChangingOptions(OptionList):
    """Ignores a click on an option that was replaced since it was drawn, on which Textual fails."""

    def _on_click(self, event: Click) -> None:  # type: ignore[override]
        """Stop the click before the list looks for an option that it no longer has."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()
