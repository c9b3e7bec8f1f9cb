"""Random keys, and the keys that lead to each screen."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

KEYS_TO_SCREEN = {
    "timeline": ("3", ".", "t"),
    "charts": ("3", ".", "b"),
    "two quarters": ("3", ".", "b", "v", "v"),
    "agenda": ("4", "a"),
    "minutes": ("4", "m"),
    "attendance": ("4", "m", "ctrl+a"),
    "chair's view": ("4", "m", "f2", "c"),
    "life of minutes": ("4", "m", "f2", "s"),
    "decisions": ("4", ".", "D"),
    "texts to translate": ("8", ".", "W"),
    "seats": ("5", ".", "s"),
    "organisations by groups": ("5", ".", "m"),
    "our seats": ("5", "v"),
    "map": ("5", ".", "w"),
    "hand-over": ("6", ".", "h"),
    "data protection": ("6", ".", "p"),
    "duplicates": ("6", ".", "D"),
    "log of contact": ("6", ".", "L"),
    "practices by places": ("7", ".", "m"),
    "sessions": ("7", ".", "m", ".", "s"),
    "reports": ("8",),
    "files to bring in": ("8", "i"),
    "calendar": ("4", ".", "M"),
    "settings": (".", ","),
}
"""The keys that open each screen."""

LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789"
NAMED_KEYS = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace", "delete", "space", "slash"),
    *("shift+up", "shift+down", "alt+up", "alt+down", "shift+tab", "question_mark", "plus", "minus", "at"),
    *("f1", "f2", "f5", "f6", "f7", "f8", "f9", "ctrl+a", "ctrl+d", "ctrl+k", "ctrl+l", "ctrl+t", "ctrl+z"),
    *("ctrl+p", "ctrl+r", "ctrl+g"),
    *("enter", "tab", "escape") * 4,
)
KEYS = (*LETTERS, *NAMED_KEYS)
KEY_BYTES = {
    "escape": "\x1b", "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "delete": "\x1b[3~",
    "space": " ", "slash": "/", "question_mark": "?", "plus": "+", "minus": "-", "at": "@",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B",
    "alt+up": "\x1b[1;3A", "alt+down": "\x1b[1;3B", "f1": "\x1bOP", "f2": "\x1bOQ", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip
"""The bytes that a terminal sends for a named key."""


def encode_key(key: str) -> str:
    """Return the bytes that a terminal sends for a key."""
    return chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else KEY_BYTES.get(key, key)


def random_keys(seed: int, keys: int) -> Iterator[str]:
    """Yield random keys."""
    generator = Random(seed)
    for _key in range(keys):
        yield generator.choice(KEYS)
