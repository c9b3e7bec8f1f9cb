"""Removal of control characters and excess whitespace from text that is stored or written to files; shortening."""

from __future__ import annotations

import unicodedata

from ahtc_tui.domain.text.terminal import BIDI_CONTROLS

NONCHARACTERS = "\ufffe\uffff"
"""Code points that XML does not allow, although they are not control characters."""

ELLIPSIS = "…"


def clean_text(text: str) -> str:
    """Return text without control and direction characters, in NFC form, without surrounding whitespace.

    Tab and newline are kept.

    Surrogates (invalid UTF-8 on the command line) are removed as well.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(filter(_is_kept, lines))).strip()


def clean_line(text: str | None) -> str:
    """Return cleaned text on one line, with single spaces; empty for None."""
    return " ".join(clean_text(text or "").split())


def capitalise(text: str) -> str:
    """Return text with a capital at its beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def _is_kept(character: str) -> bool:
    if character in "\n\t":
        return True
    if BIDI_CONTROLS.match(character):
        return False
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in NONCHARACTERS


def shorten_text(text: str, longest: int) -> str:
    """Return the text, or its first whole words with an ellipsis where it has more characters than `longest`."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    words = start if text[longest - 1].isspace() else start.rpartition(" ")[0] or start
    return words.rstrip(" ,;:–-") + ELLIPSIS
