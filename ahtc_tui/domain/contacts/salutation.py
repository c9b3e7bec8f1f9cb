"""The salutation of a contact: what follows "Dear" or "Annwyl" in a letter."""

from __future__ import annotations

import re

_OPENING = re.compile(r"(?:dear|annwyl)\s+(?=\w)", re.IGNORECASE)


def strip_opening(text: str) -> str:
    """Return a salutation without the opening and the comma that each letter has in its own language.

    "Dear Ms Jones," and "Annwyl Ms Jones" are "Ms Jones"; a name that is the opening alone stays.
    """
    name = text.strip().rstrip(",").rstrip()
    return _OPENING.sub("", name, count=1) if _OPENING.match(name) else name
