"""The line on top: the modes with their numbers, and the marking. A click on a mode goes there."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from ahtc_tui.domain.words import _
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.widgets.plain import Plain

NARROW = 100


class ModeBar(Plain):
    """One line of modes."""

    DEFAULT_CSS = """
    ModeBar { height: 1; background: $surface; color: $foreground-muted; width: 100%; }
    """

    def __init__(self, active: str, modes: Sequence[str] = MODES, marking: str = "OFFICIAL") -> None:
        super().__init__(id="modes")
        self._modes, self._active, self._marking = modes, active, marking
        self._spans: list[tuple[int, int, str]] = []

    def on_resize(self) -> None:
        """Draw once the width is known, and for each new one."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width or 80
        parts: list[str | tuple[str, str]] = [(" ahtc  ", "bold $accent")]
        at, self._spans = 7, []
        gap = "  " if width >= NARROW else " "
        for number, mode in enumerate(self._modes, 1):
            label = f"{number} {_(mode.capitalize())}"
            style = "bold $foreground reverse" if mode == self._active else ""
            parts += [(f" {label} ", style), gap[1:]]
            self._spans.append((at, at + len(label) + 2, mode))
            at += len(label) + 2 + len(gap) - 1
        rest = width - at - len(self._marking) - 1
        if rest >= 0:
            parts.append(" " * rest + self._marking)
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the mode that was clicked."""
        for start, end, mode in self._spans:
            if start <= event.x < end:
                self.app.switch_mode(mode)
