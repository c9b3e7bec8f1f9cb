"""Shortening of text at a word, for pages with little room."""

from __future__ import annotations

ELLIPSIS = "…"


def shorten_text(text: str, longest: int) -> str:
    """Return the text, or its first whole words with an ellipsis where it has more characters than `longest`."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    words = start if text[longest - 1].isspace() else start.rpartition(" ")[0] or start
    return words.rstrip(" ,;:–-") + ELLIPSIS
