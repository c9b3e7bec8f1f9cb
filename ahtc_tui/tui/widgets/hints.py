"""The line at the bottom: the keys that do something now, as whole hints only. A click on one presses its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content

from ahtc_tui.tui.keys.key import format_key_name
from ahtc_tui.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget

GAP = "  "
FIRST_RANK, LATE_RANK, BACK_RANK, HELP_RANK = 0, 2, 3, 4
SETTLED_SECONDS = 0.01
"""After a change of the keys: more come with it. Not after the next refresh, which textual forgets with a screen."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key that may be pressed now, and what it does."""

    key: str
    key_label: str
    label: str
    rank: int = 1
    """What goes first into the line; the way back and help end every line."""

    @property
    def width(self) -> int:
        """Its cells, the gap before it among them."""
        return len(GAP) + cell_len(self.key_label) + 1 + cell_len(self.label)


def fit_hints(hints: Iterable[Hint], width: int) -> tuple[Hint, ...]:
    """The hints that a line of this width holds as a whole: the way back and help, then as many as fit."""
    ranked = sorted(hints, key=lambda hint: hint.rank)
    width_left = width - sum(hint.width for hint in ranked if hint.rank >= BACK_RANK)
    kept: list[Hint] = []
    for hint in ranked:
        if hint.rank >= BACK_RANK:
            kept.append(hint)
        elif hint.width <= width_left:
            kept.append(hint)
            width_left -= hint.width
    return tuple(kept)


def rank_binding(binding: Binding, first_key: str, *, is_focused: bool) -> int:
    """Way out and help are always there; what has the focus comes first, what every screen has comes late."""
    if (binding.id or "").endswith(".help"):
        return HELP_RANK
    if first_key == "escape":
        return BACK_RANK
    if is_focused or binding.id in ("desk.filter", "desk.find"):
        return FIRST_RANK
    return LATE_RANK if (binding.id or "").endswith(".undo") else 1


def _is_typed_into(focused: Widget | None, key: str) -> bool:
    """Whether a key is a character that what has the focus takes for itself."""
    character = format_key_name(key)
    return focused is not None and len(character) == 1 and focused.check_consume_key(key, character)


def list_declared_keys(node: DOMNode, binding: Binding) -> Sequence[str]:
    """The keys of a binding in the order in which its widget names them."""
    for cls in type(node).__mro__:
        for declared in cls.__dict__.get("BINDINGS", ()):
            if isinstance(declared, Binding) and declared.id == binding.id:
                return declared.key.split(",")
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
        self._update_pending = False

    def on_mount(self) -> None:
        """Hear of every change of the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._schedule_update)

    def on_resize(self) -> None:
        """As many as the new width holds."""
        self._draw()

    def _schedule_update(self, _screen: Screen[object]) -> None:
        if not self._update_pending:
            self._update_pending = True
            self.set_timer(SETTLED_SECONDS, self._update_hints)

    def _update_hints(self) -> None:
        self._update_pending = False
        if not self.is_attached:  # the screen was closed meanwhile
            return
        hints = tuple(self._list_active_hints())
        if hints != self._hints:
            self._hints = hints
            self._draw()

    def _list_active_hints(self) -> Iterator[Hint]:
        """Each thing that a key does now, once, by the first of its keys."""
        focused = self.screen.focused
        bindings_by_id: dict[str, dict[str, tuple[DOMNode, Binding]]] = {}
        for key, (node, binding, enabled, _tooltip) in self.screen.active_bindings.items():
            if enabled and binding.show and (node is focused or not _is_typed_into(focused, key)):
                bindings_by_id.setdefault(binding.id or binding.action, {})[key] = node, binding
        for keys in bindings_by_id.values():
            node, binding = next(iter(keys.values()))
            key = next((key for key in list_declared_keys(node, binding) if key in keys), next(iter(keys)))
            rank = rank_binding(binding, key, is_focused=node is focused)
            yield Hint(key, self.app.get_key_display(keys[key][1]), binding.description, rank)

    def _draw(self) -> None:
        parts: list[str | tuple[str, str]] = [" "]
        start, self._spans = 1, []
        for hint in fit_hints(self._hints, self.size.width):
            end = start + hint.width
            parts += [(f"{hint.key_label} ", "$text-accent"), hint.label + GAP]
            self._spans.append((start, end, hint.key))
            start = end
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._spans:
            if start <= event.x < end:
                self.app.simulate_key(key)
