"""Links that a person may open: which schemes are accepted."""

from __future__ import annotations

import re
import unicodedata

from ahtc_tui.domain.i18n import _

LINK_SCHEMES = ("https", "http", "msteams", "zoommtg", "webex", "sip", "sips", "tel", "mailto")
"""Schemes of web pages, video calls, telephone numbers and mail. A "javascript:" link would run a program."""
_SCHEME = re.compile(r"([a-z][a-z0-9+\-]*):")

_LINK = re.compile(r"(?:https?|msteams|zoommtg|webex|sips?|tel|mailto):[^\s<>\"]*[^\s<>\".,;:!?)\]]", re.IGNORECASE)


def find_links(text: str) -> list[str]:
    """Return the links in a text, each once. Punctuation at the end of a sentence is not part of one."""
    return list(dict.fromkeys(_LINK.findall(text)))


def find_scheme(text: str) -> str:
    """Return the scheme of a link in lower case; empty for text without one, such as "teams.example.org/1".

    Control characters and spaces are ignored, as browsers ignore them.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).lower().split())
    match = _SCHEME.match("".join(letter for letter in folded if letter.isprintable()))
    return match[1] if match else ""


def has_safe_scheme(text: str) -> bool:
    """Return whether a text has an accepted scheme or none."""
    return find_scheme(text) in ("", *LINK_SCHEMES)


def check_link(text: str) -> str:
    """Return a link. Raises ValueError with one sentence for a scheme that is not accepted."""
    if has_safe_scheme(text):
        return text
    sentence = _('"{text}" is not a link. Enter one beginning with https:// or tel:.')
    raise ValueError(sentence.format(text=text))
