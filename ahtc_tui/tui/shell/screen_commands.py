"""The commands of a screen: its keys with what they do, in both languages, and how a typed text finds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from textual.binding import ActiveBinding
from textual.screen import Screen

from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import explain_disabled
from ahtc_tui.tui.keys import BY_ID, KEYS
from ahtc_tui.tui.keys.desk import MODES
from ahtc_tui.tui.keys.key import format_key
from ahtc_tui.tui.widgets.hints import is_typed_into

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
WHOLE, WORDS, ABBREVIATION, NEAR = 4.0, 3.0, 2.0, 0.01
"""Scores of a command; records have up to 1."""
LEAST_LIKENESS = 78
"""Percentage of equal characters from which a mistyped word counts."""
SHORTEST_NEAR_WORD = 4


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


def list_screen_commands(screen: Screen[Any]) -> list[ScreenCommand]:
    """Return the commands that the keys of a screen run, in the order of the registry."""
    by_id: dict[str, list[ActiveBinding]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id and not is_typed_into(screen.focused, key):
            by_id.setdefault(active.binding.id, []).append(active)
    order = {key.id: number for number, key in enumerate(KEYS)}
    ids = sorted(by_id, key=lambda key_id: order.get(key_id, len(order)))
    return [_build_command(screen, key_id, by_id[key_id]) for key_id in ids]


def _build_command(screen: Screen[Any], key_id: str, bindings: Sequence[ActiveBinding]) -> ScreenCommand:
    node, binding, enabled, _tooltip = bindings[0]
    keys = dict.fromkeys(screen.app.get_key_display(active.binding) for active in bindings)
    message = BY_ID[key_id].help if key_id in BY_ID else binding.tooltip or binding.description

    async def run() -> None:
        await screen.app.run_action(binding.action, node)

    return ScreenCommand(key_id, tuple(keys), message, run, "" if enabled else explain_disabled(node, binding))


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
                key.id, (f"{format_key(mode_key)} {format_key(pressed)}",), key.help, run, is_elsewhere=True
            )


def _press_keys(app: DeskApp, *keys: str) -> None:
    for key in keys:
        app.simulate_key(key)


def score_text(query: str, *messages: str) -> float:
    """Return how well a typed text fits one of the messages, in either language; 0 if not at all."""
    texts = (text for message in messages for text in _translate_both(message))
    return max(_score_words(query.casefold(), text) for text in texts)


@lru_cache(maxsize=1024)
def _translate_both(message: str) -> tuple[str, ...]:
    texts = []
    for language in Language.EN, Language.CY:
        with use_language(language):
            texts.append(_(message).casefold())
    return tuple(dict.fromkeys(texts))


def _score_words(query: str, text: str) -> float:
    typed, words = query.split(), re.findall(r"[^\W_]+", text)
    if text.startswith(query):
        return WHOLE
    if all(any(word.startswith(part) for word in words) for part in typed):
        return WORDS
    if len(typed) == 1 and len(query) >= SHORTEST_NEAR_WORD - 1 and _is_abbreviation(query, tuple(words)):
        return ABBREVIATION
    return NEAR if typed and all(_is_near(part, words) for part in typed) else 0.0


def _is_abbreviation(query: str, words: tuple[str, ...]) -> bool:
    """Whether beginnings of words in order, of two letters or more, make up the query: "opmin" for "open minutes"."""
    if not query:
        return True
    for index, word in enumerate(words):
        for length in range(len(word), 1, -1):
            if query.startswith(word[:length]) and _is_abbreviation(query[length:], words[index + 1 :]):
                return True
    return False


def _is_near(part: str, words: Sequence[str]) -> bool:
    from rapidfuzz import fuzz

    if any(word.startswith(part) for word in words):
        return True
    if len(part) < SHORTEST_NEAR_WORD:
        return False
    return any(fuzz.ratio(part, word[: len(part) + 1]) >= LEAST_LIKENESS for word in words)
