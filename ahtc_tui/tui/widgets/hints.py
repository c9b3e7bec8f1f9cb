"""The line of hints: the active keys, as many as fit, and the newest messages. A click on a hint presses its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.tui.keys.key import MENU, MENU_KEYS, format_key, format_key_name
from ahtc_tui.tui.widgets.messages import INFORMATION, KeepsMessages, LoggedMessage, MessageLog
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, sanitize_text

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

GAP = "  "
MESSAGE_GAP = "   "
FIRST_RANK, LATE_RANK, ACCEPT_RANK, BACK_RANK, HELP_RANK = 0, 2, 3, 4, 5
MAX_MESSAGE_LINES = 6
OPEN_ID, LIST_ID = "message.open", "message.list"
"""Ids of the keys that open what a message names, and the past messages."""
SETTLED_SECONDS = 0.01
"""Delay after a change of the bindings, which come in groups. `call_after_refresh` is lost with a popped screen."""


@dataclass(frozen=True, slots=True)
class Hint:
    """An active key and its label."""

    key: str
    key_label: str
    label: str
    rank: int = 1
    """Place in the line: lower ranks first. From `ACCEPT_RANK` a hint is always shown."""

    @property
    def width(self) -> int:
        """Width in cells, including the gap before the hint."""
        return len(GAP) + cell_len(self.key_label) + 1 + cell_len(self.label)


def fit_hints(hints: Iterable[Hint], width: int) -> tuple[Hint, ...]:
    """Return the hints that fit into the width: those that are always shown, then others by rank."""
    ranked = sorted(hints, key=lambda hint: hint.rank)
    width_left = width - sum(hint.width for hint in ranked if hint.rank >= ACCEPT_RANK)
    kept: list[Hint] = []
    for hint in ranked:
        if hint.rank >= ACCEPT_RANK:
            kept.append(hint)
        elif hint.width <= width_left:
            kept.append(hint)
            width_left -= hint.width
    return tuple(kept)


def rank_binding(binding: Binding, first_key: str, *, is_focused: bool) -> int:
    """Return the rank of a binding: of the focused widget first, of every screen late, `y`, which saves what the
    screen proposes, menu, back and help last.
    """
    if (binding.id or "").endswith(".help"):
        return HELP_RANK
    if first_key == "y":
        return ACCEPT_RANK
    if first_key == "escape" or binding.id == "desk.menu":
        return BACK_RANK
    if is_focused or binding.id in ("desk.filter", "desk.find"):
        return FIRST_RANK
    return LATE_RANK if (binding.id or "").endswith(".undo") else 1


def translate_label(binding: Binding) -> str:
    """Return the label of a key in the current language: beside a help text it is a message in the context "key"."""
    return pgettext("key", binding.description) if binding.tooltip else _(binding.description)


def is_typed_into(focused: Widget | None, key: str) -> bool:
    """Return whether the focused widget consumes the key as a character."""
    character = format_key_name(key)
    return focused is not None and len(character) == 1 and focused.check_consume_key(key, character)


def name_menu_key(screen: Screen[Any]) -> str:
    """Return the key that opens the menu now: not the full stop while a text is typed."""
    sign, function_key = MENU_KEYS
    return function_key if is_typed_into(screen.focused, sign) else format_key_name(sign)


def list_declared_keys(node: DOMNode, binding: Binding) -> Sequence[str]:
    """Return the keys of a binding in the order of its declaration."""
    for cls in type(node).__mro__:
        for declared in cls.__dict__.get("BINDINGS", ()):
            if isinstance(declared, Binding) and declared.id == binding.id:
                return declared.key.split(",")
    return ()


class Hints(Plain):
    """The line of hints, drawn as one widget. Textual's Footer mounts a widget per key at every change of focus."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Hints { dock: bottom; height: 1; width: 100%; background: $background; color: $foreground-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._hints: Sequence[Hint] = ()
        self._spans: list[tuple[int, int, str]] = []
        self._update_pending = False
        self._expiry: Timer | None = None
        """Draws again when the first message is over."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._schedule_update)
        if isinstance(self.app, KeepsMessages):
            self.app.messages_changed.subscribe(self, lambda _signal: self._draw())

    def on_resize(self) -> None:
        self._draw()

    def _schedule_update(self, _screen: Screen[object]) -> None:
        if not self._update_pending:
            self._update_pending = True
            self.app.set_timer(SETTLED_SECONDS, self._update_hints)

    def _update_hints(self) -> None:
        self._update_pending = False
        if not self.is_attached:  # the screen has been closed
            return
        hints = tuple(self._list_active_hints())
        if hints != self._hints:
            self._hints = hints
            self._draw()

    def _list_active_hints(self) -> Iterator[Hint]:
        """Yield one hint per active binding, with the first of its keys."""
        focused = self.screen.focused
        bindings_by_id: dict[str, dict[str, tuple[DOMNode, Binding]]] = {}
        for key, (node, binding, enabled, _tooltip) in self.screen.active_bindings.items():
            if enabled and binding.show and (node is focused or not is_typed_into(focused, key)):
                bindings_by_id.setdefault(binding.id or binding.action, {})[key] = node, binding
        for keys in bindings_by_id.values():
            node, binding = next(iter(keys.values()))
            key = next((key for key in list_declared_keys(node, binding) if key in keys), next(iter(keys)))
            rank = rank_binding(binding, key, is_focused=node is focused)
            yield Hint(key, self.app.get_key_display(keys[key][1]), translate_label(binding), rank)

    def _find_marking(self) -> str:
        """Return the protective marking if the mode bar has no room for it."""
        bars = self.screen.query(ModeBar)
        is_missing = any(not bar.choose_style(self.size.width).shows_marking for bar in bars)
        return Marking.OFFICIAL.label if is_missing else ""

    def _build_messages(self, width: int) -> list[Content]:
        """Return the lines of the messages and of the progress to show now; draw again when the first one is over."""
        log = self.app.message_log if isinstance(self.app, KeepsMessages) else MessageLog()
        shown = log.list_shown()
        progress = Content(sanitize_text(log.progress)).wrap(max(8, width)) if log.progress else []
        if self._expiry is not None:
            self._expiry.stop()
            self._expiry = None
        if not shown:
            return list(progress)
        first_end = min(message.hidden_after for message in shown)
        self._expiry = self.app.set_timer(max(first_end - monotonic(), 0) + SETTLED_SECONDS, self._draw)
        lines = [line for message in shown for line in self._wrap_message(message, width)]
        if len(lines) > MAX_MESSAGE_LINES:
            rest = Content(_("press {key} to show the rest").format(key=self._name_key(LIST_ID)))
            lines = [*lines[: MAX_MESSAGE_LINES - 1], rest]
        return [*lines, *progress]

    def _wrap_message(self, message: LoggedMessage, width: int) -> list[Content]:
        text = message.text
        if message.file and (key := self._name_key(OPEN_ID)):
            text = "   ".join((text, _("press {key} to open it").format(key=key)))
        style = "bold $foreground" if message.severity == INFORMATION else "bold $text-error"
        return [line.stylize(style) for line in Content(sanitize_text(text)).wrap(max(8, width))]

    def _name_key(self, binding_id: str) -> str:
        """Return the key of a binding that works now; empty if none does."""
        keys = (active.binding for active in self.screen.active_bindings.values() if active.binding.id == binding_id)
        binding = next(keys, None)
        if binding is not None and binding.key.startswith(MENU):
            return f"{name_menu_key(self.screen)} {format_key(binding.key)}"
        return self.app.get_key_display(binding) if binding else ""

    def _draw(self) -> None:
        if not self.is_attached:
            return
        self._spans = []
        width = self.size.width
        marking = self._find_marking()
        marking_width = len(marking) + 2 if marking else 0
        messages = self._build_messages(width - 2)
        rows = [line.pad_left(1) for line in messages]
        start = 1
        if len(messages) == 1 and self._fits_beside(messages[0], width - marking_width):
            start = rows.pop().cell_length + len(MESSAGE_GAP)
        parts: list[str | tuple[str, str] | Content] = [messages[0].pad_left(1), MESSAGE_GAP] if start > 1 else [" "]
        for hint in fit_hints(self._hints, width - marking_width - (start if start > 1 else 0)):
            end = start + hint.width
            parts += [(f"{hint.key_label} ", "$text-accent"), hint.label + GAP]
            self._spans.append((start, end, hint.key))
            start = end
        parts.append(marking.rjust(width - start - 1))
        self.styles.height = len(rows) + 1
        self.update(Content("\n").join([*rows, Content.assemble(*parts)]), layout=False)

    def _fits_beside(self, message: Content, width: int) -> bool:
        """Return whether the line has room for a message and for the hints that end it."""
        last_hints = sum(hint.width for hint in self._hints if hint.rank >= BACK_RANK)
        return message.cell_length + 1 + len(MESSAGE_GAP) + last_hints <= width

    def on_click(self, event: events.Click) -> None:
        for start, end, key in self._spans:
            if event.y == self.size.height - 1 and start <= event.x < end:
                self.app.simulate_key(key)
