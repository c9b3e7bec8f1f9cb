"""Postal address and salutation of a letter to a contact."""

from __future__ import annotations

import re

_OPENING = re.compile(r"(?:dear|annwyl)\s+(?=\w)", re.IGNORECASE)


def split_address(address: str, lines: int) -> list[str]:
    """Return the lines of an address, which semicolons separate, else commas; empty ones fill up to `lines`.

    What does not fit stays in the last line, separated by commas.
    """
    parts = [part for text in re.split(";" if ";" in address else ",", address) if (part := text.strip())]
    if len(parts) > lines:
        parts[lines - 1 :] = [", ".join(parts[lines - 1 :])]
    return parts + [""] * (lines - len(parts))


def strip_opening(text: str) -> str:
    """Return a salutation without the opening and the comma that each letter has in its own language.

    "Dear Ms Jones," and "Annwyl Ms Jones" are "Ms Jones"; a name that is the opening alone stays.
    """
    name = text.strip().rstrip(",").rstrip()
    return _OPENING.sub("", name, count=1) if _OPENING.match(name) else name
