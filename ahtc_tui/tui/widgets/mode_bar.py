"""The top line: the modes with their numbers, or the head of a meeting, and the protective marking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Unpack

from rich.cells import cell_len
from textual import events
from textual.content import Content

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, pgettext, pgettext_noop
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.widgets.plain import PART_GAP, Plain, WidgetNaming, fit_cell


@dataclass(frozen=True, slots=True)
class BarStyle:
    """How a mode bar is spaced."""

    prefix: str = " "
    """Text before the modes."""
    padding: str = ""
    """Text on both sides of a mode."""
    gap: str = " "
    number: str = "{number}"
    """Format of the number before the name of a mode."""
    shows_all_names: bool = True
    """Whether every mode is named, or only the active one."""
    short_names: bool = False
    shows_marking: bool = True
    """Whether the protective marking ends the line; otherwise it ends the line of hints."""


NARROW_GAP = "  "
"""Between the parts of the head of a meeting where the line is full."""

BAR_STYLES = (
    BarStyle(prefix=" ahtc  ", padding=" ", number="{number} "),
    BarStyle(prefix=" ahtc  "),
    BarStyle(),
    BarStyle(prefix="", short_names=True, shows_marking=False),
    BarStyle(number="{number} ", shows_all_names=False),
)
"""From wide to narrow; the first that fits is used."""
SHORT_NAMES = {
    "actions": pgettext_noop("short", "Actions"),
    "reports": pgettext_noop("short", "Reports"),
}
"""Names of modes that have a shorter form in another language."""


class ModeBar(Plain):
    """The line of modes. A click on a mode opens it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ModeBar { height: 1; background: $surface; color: $foreground-muted; width: 100%; }
    """

    def __init__(self, active: str, modes: Sequence[str] = MODES) -> None:
        super().__init__(id="modes")
        self._modes, self._active = modes, active
        self._spans: list[tuple[int, int, str]] = []

    def on_resize(self) -> None:
        self.draw()

    def _build_labels(self, style: BarStyle) -> Iterator[tuple[str, str, str]]:
        """Yield number, name and id of each mode."""
        for number, mode in enumerate(self._modes, 1):
            has_name = style.shows_all_names or mode == self._active
            yield style.number.format(number=number), _name_mode(mode, style) if has_name else "", mode

    def _measure_width(self, style: BarStyle) -> int:
        labels = [
            cell_len(number + words) + 2 * len(style.padding) for number, words, _mode in self._build_labels(style)
        ]
        marking = len(style.gap) + len(Marking.OFFICIAL.label) + 1 if style.shows_marking else 0
        return len(style.prefix) + sum(labels) + len(style.gap) * (len(labels) - 1) + marking

    def choose_style(self, width: int) -> BarStyle:
        """Return the widest style that fits into a width in the present language."""
        return next((style for style in BAR_STYLES if self._measure_width(style) <= width), BAR_STYLES[-1])

    def draw(self) -> None:
        """Draw the line for the present width and language."""
        width = self.size.width
        style = self.choose_style(width)
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
        if style.shows_marking:
            parts.append(Marking.OFFICIAL.label.rjust(width - start - 1))
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        for start, end, mode in self._spans:
            if start <= event.x < end:
                self.app.switch_mode(mode)


def _name_mode(mode: str, style: BarStyle) -> str:
    """Return the name of a mode, in its shorter form where the style wants it."""
    if style.short_names and mode in SHORT_NAMES:
        return pgettext("short", SHORT_NAMES[mode])
    return _(mode.capitalize())


class MeetingHead(Plain):
    """The top line of the pages of a meeting: what they show, and its protective marking at the right."""

    DEFAULT_CSS = """
    MeetingHead { height: 1; background: $surface; padding: 0 1; text-style: bold; text-wrap: nowrap; }
    """

    def __init__(self, **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(**naming)
        self._parts: Sequence[str] = ()
        self._marking = Marking.OFFICIAL
        self._optional: Sequence[str] = ()

    def show(self, parts: Iterable[str], marking: Marking, *, optional: Sequence[str] = ()) -> None:
        """Show the parts that are not empty; the optional ones are left out, in their order, where the line is full."""
        self._parts, self._marking, self._optional = tuple(filter(None, parts)), marking, optional
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw the line for the present width."""
        label = self._marking.label
        room = self.content_size.width - cell_len(label) - len(PART_GAP)
        parts, optional = list(self._parts), list(self._optional)
        while optional and cell_len(NARROW_GAP.join(parts)) > room:
            if (part := optional.pop(0)) in parts:
                parts.remove(part)
        gap = PART_GAP if cell_len(PART_GAP.join(parts)) <= room else NARROW_GAP
        self.update(f"{fit_cell(gap.join(parts), room)}{PART_GAP}{label}", layout=False)
