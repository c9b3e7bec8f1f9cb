"""Control characters, direction characters and excess whitespace: their removal from text that is stored, written to
files or drawn on a terminal, and the sentences about text that a field does not take.
"""

from __future__ import annotations

import re
import unicodedata

from ahtc_tui.domain.i18n import _

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls, which could reverse neighbouring text on the line."""
HIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and characters that change the direction of a text, which can make it look like another."""
NONCHARACTERS = "\ufffe\uffff"
"""Code points that XML does not allow, although they are not control characters."""

ELLIPSIS = "…"
LONGEST_LINE = 1_000
"""Characters of a text on one line."""


def escape_controls(text: str) -> str:
    """Return text without C0 and C1 controls (tab and newline are kept) and with visible bidirectional controls."""
    if text.isascii() and text.isprintable():
        return text
    return BIDI_CONTROLS.sub("\ufffd", CONTROLS.sub("", text))


def escape_json_controls(text: str) -> str:
    """Return a JSON document with controls and bidirectional controls escaped: equal data, safe on a terminal."""
    escaped = CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return BIDI_CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped)


def clean_text(text: str) -> str:
    """Return text without control and direction characters, in NFC form, without surrounding whitespace.

    Tab and newline are kept. Surrogates (invalid UTF-8 on the command line) are removed as well.
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


def describe_hidden(text: str) -> str | None:
    """Return what is wrong with a text that holds an invisible character; None for any other."""
    if text.isprintable() or not (match := HIDDEN_CHARACTERS.search(text)):
        return None
    sentence = _("The text holds an invisible character (U+{code}). Type the text again without it.")
    return sentence.format(code=f"{ord(match.group()):04X}")


def describe_empty(label: str) -> str:
    """Return the sentence about a field that is required and has no value."""
    return _("{field} cannot be empty.").format(field=label)


def describe_long(label: str, longest: int) -> str:
    """Return the sentence about a text with more characters than a field takes."""
    return _("{field} is too long. Use at most {n} characters.").format(field=label, n=longest)
