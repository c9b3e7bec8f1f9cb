"""Answers of yes and no as people type them, in English and Welsh."""

from __future__ import annotations

from ahtc_tui.domain.text.normalization import normalize_text

YES_WORDS = frozenset(("yes", "y", "true", "1", "ie", "i", "ydw", "ydy", "ydyn", "oes", "do", "gwir"))
"""Welsh answers a question with its verb."""
NO_WORDS = frozenset((
    *("no", "n", "false", "0", "na", "nac", "nage", "naddo", "nac ydw", "nac ydy", "nac ydyn", "nac oes", "nag oes"),
    "gau",
))  # fmt: skip


def read_yes_no(text: str) -> bool | None:
    """Return the answer of a text; None where it is neither yes nor no. Case and accents do not count."""
    words = normalize_text(text)
    if words in YES_WORDS:
        return True
    return False if words in NO_WORDS else None
