"""The line at the bottom: the keys that do something now, as whole hints only. A click on one presses its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content

from ahtc_tui.tui.keys.key import spoken
from ahtc_tui.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget

GAP = "  "
FIRST, LATE, BACK, HELP = 0, 2, 3, 4
SETTLED_SECONDS = 0.01
"""After a change of the keys: more come with it. Not after the next refresh, which textual forgets with a screen."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key that may be pressed now, and what it does."""

    key: str
    shown: str
    words: str
    rank: int = 1
    """What goes first into the line; the way back and help end every line."""

    @property
    def width(self) -> int:
        """Its cells, the gap before it among them."""
        return len(GAP) + cell_len(self.shown) + 1 + cell_len(self.words)


def fitting(hints: Iterable[Hint], width: int) -> tuple[Hint, ...]:
    """The hints that a line of this width holds as a whole: the way back and help, then as many as fit."""
    ranked = sorted(hints, key=lambda hint: hint.rank)
    room = width - sum(hint.width for hint in ranked if hint.rank >= BACK)
    kept: list[Hint] = []
    for hint in ranked:
        if hint.rank >= BACK:
            kept.append(hint)
        elif hint.width <= room:
            kept.append(hint)
            room -= hint.width
    return tuple(kept)


def rank_of(binding: Binding, first_key: str, *, of_focus: bool) -> int:
    """Way out and help are always there; what has the focus comes first, what every screen has comes late."""
    if (binding.id or "").endswith(".help"):
        return HELP
    if first_key == "escape":
        return BACK
    if of_focus or binding.id in ("desk.filter", "desk.find"):
        return FIRST
    return LATE if (binding.id or "").endswith(".undo") else 1


def _typed_into(focused: Widget | None, key: str) -> bool:
    """Whether a key is a character that what has the focus takes for itself."""
    said = spoken(key)
    return focused is not None and len(said) == 1 and focused.check_consume_key(key, said)


def declared(node: DOMNode, binding: Binding) -> Sequence[str]:
    """The keys of a binding in the order in which its widget names them."""
    for owner in type(node).__mro__:
        for named in owner.__dict__.get("BINDINGS", ()):
            if isinstance(named, Binding) and named.id == binding.id:
                return named.key.split(",")
    return ()


class Hints(Plain):
    """One line, drawn at once; textual's own footer makes a widget of every key, anew at each move of the focus."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Hints { dock: bottom; height: 1; width: 100%; background: $background; color: $foreground-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._hints: Sequence[Hint] = ()
        self._spans: list[tuple[int, int, str]] = []
        self._awaited = False

    def on_mount(self) -> None:
        """Hear of every change of the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def on_resize(self) -> None:
        """As many as the new width holds."""
        self._draw()

    def _keys_changed(self, _screen: Screen[object]) -> None:
        if not self._awaited:
            self._awaited = True
            self.set_timer(SETTLED_SECONDS, self._look)

    def _look(self) -> None:
        self._awaited = False
        if not self.is_attached:  # the screen was closed meanwhile
            return
        hints = tuple(self._active())
        if hints != self._hints:
            self._hints = hints
            self._draw()

    def _active(self) -> Iterator[Hint]:
        """Each thing that a key does now, once, by the first of its keys."""
        focused = self.screen.focused
        found: dict[str, dict[str, tuple[DOMNode, Binding]]] = {}
        for key, (node, binding, enabled, _tooltip) in self.screen.active_bindings.items():
            if enabled and binding.show and (node is focused or not _typed_into(focused, key)):
                found.setdefault(binding.id or binding.action, {})[key] = node, binding
        for keys in found.values():
            node, binding = next(iter(keys.values()))
            key = next((key for key in declared(node, binding) if key in keys), next(iter(keys)))
            rank = rank_of(binding, key, of_focus=node is focused)
            yield Hint(key, self.app.get_key_display(keys[key][1]), binding.description, rank)

    def _draw(self) -> None:
        parts: list[str | tuple[str, str]] = [" "]
        at, self._spans = 1, []
        for hint in fitting(self._hints, self.size.width):
            end = at + hint.width
            parts += [(f"{hint.shown} ", "$text-accent"), hint.words + GAP]
            self._spans.append((at, end, hint.key))
            at = end
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._spans:
            if start <= event.x < end:
                self.app.simulate_key(key)
