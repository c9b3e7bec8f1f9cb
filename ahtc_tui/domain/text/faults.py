"""Sentences about texts that no field takes: of typed input, and of the changes of other copies."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.terminal import HIDDEN_CHARACTERS

LONGEST_LINE = 1_000
"""Characters of a text on one line."""


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
