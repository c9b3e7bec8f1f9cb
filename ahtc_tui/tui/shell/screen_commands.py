"""The commands of a screen: its keys with what they do, in both languages, and how a typed text finds one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from textual.binding import ActiveBinding
from textual.screen import Screen

from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.text.command_match import score_words
from ahtc_tui.tui.base.desk_screen import DeskApp, is_open
from ahtc_tui.tui.base.disabled_keys import explain_disabled
from ahtc_tui.tui.keys import BY_ID, GROUPS, KEYS
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.keys.key import MENU, format_key, format_key_name
from ahtc_tui.tui.widgets.hints import is_typed_into, name_menu_key

KEY_GROUPS_BY_MODE = {
    "today": "today",
    "actions": "action",
    "plan": "delivery",
    "meetings": "meeting",
    "groups": "group",
    "contacts": "contact",
    "evidence": "evidence",
    "reports": "report",
}
"""First part of the ids of the keys of each mode."""


@dataclass(frozen=True, slots=True)
class ScreenCommand:
    """A key of the screen on top, with what it does."""

    key_id: str
    keys: tuple[str, ...]
    """Its keys as the screen shows them."""
    message: str
    """What it does, untranslated."""
    run: Callable[[], Any]
    reason: str = ""
    """Why it cannot be used now; empty if it can."""
    is_elsewhere: bool = False
    """Whether it belongs to another mode."""
    moves_cursor: bool = False
    """Whether a key for the cursor runs it."""
    menu_key: str = ""
    """Its key in the menu of the screen, such as "menu+b"; empty if it has none."""
    is_everywhere: bool = False
    """Whether it is a command of the app, which the palette lists."""

    @property
    def letter(self) -> str:
        """Its letter or sign in the menu."""
        return format_key_name(self.menu_key.removeprefix(MENU))


CURSOR_KEYS = frozenset(("up", "down", "left", "right", "pageup", "pagedown", "home", "end"))
"""Keys whose commands are of no use in a list of commands."""


def list_screen_commands(screen: Screen[Any]) -> list[ScreenCommand]:
    """Return the commands that the keys of a screen run, by group; those of all screens come last."""
    by_id: dict[str, list[ActiveBinding]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id and not is_typed_into(screen.focused, key):
            by_id.setdefault(active.binding.id, []).append(active)
    groups, order = list(GROUPS), {key.id: number for number, key in enumerate(KEYS)}
    own_groups = {
        key_id.split(".")[0] for key_id, active in by_id.items() if not active[0].binding.action.startswith("app.")
    }

    def rank(key_id: str) -> tuple[bool, int, int]:
        group = key_id.split(".")[0]
        number = groups.index(group) if group in groups else len(groups)
        return group not in own_groups, number, order.get(key_id, len(order))

    ids = sorted(by_id, key=rank)
    return [_build_command(screen, key_id, by_id[key_id]) for key_id in ids]


def _build_command(screen: Screen[Any], key_id: str, bindings: Sequence[ActiveBinding]) -> ScreenCommand:
    node, binding, enabled, _tooltip = bindings[0]
    keys = dict.fromkeys(active.binding.key for active in bindings)
    message = BY_ID[key_id].help if key_id in BY_ID else binding.tooltip or binding.description

    async def run() -> None:
        if is_open(node):
            await screen.app.run_action(binding.action, node)

    prefix = f"{name_menu_key(screen)} "
    names = tuple(prefix + format_key(key) if key.startswith(MENU) else format_key(key) for key in keys)
    menu_key = next((key for key in keys if key.startswith(MENU)), "")
    reason = "" if enabled else explain_disabled(node, binding)
    return ScreenCommand(
        key_id,
        names,
        message,
        run,
        reason,
        moves_cursor=not CURSOR_KEYS.isdisjoint(keys),
        menu_key=menu_key,
        is_everywhere=binding.action.startswith("app."),
    )


def list_mode_commands(app: DeskApp, noun: str) -> Iterator[ScreenCommand]:
    """Yield the commands of the other modes; they run by the keys of the mode and of the command."""
    keymap = app.desk.workspace.keymap
    for number, mode in enumerate(MODES, 1):
        mode_keys = (key for key in KEYS if key.id.split(".")[0] == KEY_GROUPS_BY_MODE[mode] and mode != noun)
        for key in mode_keys:
            mode_key = keymap.get(f"mode.{mode}", str(number))
            pressed = keymap.get(key.id, key.keys).split(",")[0]
            run = partial(_press_keys, app, mode_key, pressed)
            yield ScreenCommand(
                key.id, (f"{format_key(mode_key)} {format_key_name(pressed)}",), key.help, run, is_elsewhere=True
            )


def _press_keys(app: DeskApp, *keys: str) -> None:
    for key in keys:
        app.simulate_key(key)


def score_text(query: str, *messages: str) -> float:
    """Return how well a typed text fits one of the messages, in either language; 0 if not at all."""
    texts = (text for message in messages for text in _translate_both(message))
    return max(score_words(query, text) for text in texts)


@lru_cache(maxsize=1024)
def _translate_both(message: str) -> tuple[str, ...]:
    texts = []
    for language in Language.EN, Language.CY:
        with use_language(language):
            texts.append(_(message))
    return tuple(dict.fromkeys(texts))
