"""Finds the members for whom a mail answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.text.normalization import normalize_text

if TYPE_CHECKING:
    from ahtc_tui.formats.eml.reader import Mail
    from ahtc_tui.store.correspondence.members import Member


def find_answering(asked: Sequence[Member], mail: Mail) -> list[Member]:
    """Return the members with the address of the sender; of several those with the name too, where that is one."""
    matches = [member for member in asked if mail.email.lower() in member.emails]
    if len(matches) > 1:
        sender = normalize_text(mail.sender)
        named = [member for member in matches if sender in {normalize_text(name) for name in member.names}]
        return named if len(named) == 1 else matches
    return matches
