"""The line on top: the modes with their numbers, and the marking. A click on a mode goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.widgets.plain import Plain


@dataclass(frozen=True, slots=True)
class BarStyle:
    """How much room a line of modes takes."""

    prefix: str = " "
    """What stands before the modes."""
    padding: str = ""
    """On both sides of a mode."""
    gap: str = " "
    number: str = "{number}"
    """What stands before the name of a mode."""
    shows_all_names: bool = True
    """Whether every mode has its name, or only the one that is shown."""


BAR_STYLES = (
    BarStyle(prefix=" ahtc  ", padding=" ", number="{number} "),
    BarStyle(prefix=" ahtc  "),
    BarStyle(),
    BarStyle(number="{number} ", shows_all_names=False),
)
"""From wide to narrow; the first is taken that holds all modes and the marking."""


class ModeBar(Plain):
    """One line of modes."""

    ALLOW_SELECT = False
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

    def _build_labels(self, style: BarStyle) -> Iterator[tuple[str, str, str]]:
        """Each mode: its number, its words, and its name in the app."""
        for number, mode in enumerate(self._modes, 1):
            has_name = style.shows_all_names or mode == self._active
            yield style.number.format(number=number), _(mode.capitalize()) if has_name else "", mode

    def _measure_width(self, style: BarStyle) -> int:
        labels = [
            cell_len(number + words) + 2 * len(style.padding) for number, words, _mode in self._build_labels(style)
        ]
        return len(style.prefix) + sum(labels) + len(style.gap) * len(labels)

    def _draw(self) -> None:
        width = self.size.width
        available = width - len(self._marking) - 1
        style = next((style for style in BAR_STYLES if self._measure_width(style) <= available), BAR_STYLES[-1])
        parts: list[str | tuple[str, str]] = [(style.prefix, "bold $accent")]
        start, self._spans = len(style.prefix), []
        for number, words, mode in self._build_labels(style):
            label_style = "bold $foreground reverse" if mode == self._active else ""
            parts += [
                (style.padding, label_style),
                (number, label_style or "$text-accent"),
                (words + style.padding, label_style),
                style.gap,
            ]
            end = start + cell_len(number + words) + 2 * len(style.padding)
            self._spans.append((start, end, mode))
            start = end + len(style.gap)
        parts.append(self._marking.rjust(width - start - 1))
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the mode that was clicked."""
        for start, end, mode in self._spans:
            if start <= event.x < end:
                self.app.switch_mode(mode)
