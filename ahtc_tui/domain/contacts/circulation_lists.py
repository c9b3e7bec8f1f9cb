"""Circulation lists: whoever a filter finds, with hand edits. The words of the filter; never the register."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

MARKS = ("kind", "organisation", "area", "group")
SHORT = {"org": "organisation"}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which contacts are asked for; empty parts ask for all."""

    words: str = ""
    kind: PartyKind | None = None
    organisation: str = ""
    area: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A circulation list as lists show it."""

    key: bytes
    name: str
    filter: str
    members: int
    added: tuple[str, ...]
    """References of those put on it by hand."""
    dropped: tuple[str, ...]
    """References of those taken off it by hand."""
    no_address: int
    """How many of its members have no e-mail address."""


def read_filter(text: str) -> ListFilter:
    """A filter as people type it: `group:leadership-group kind:person "area:North Wales" police`. Raises BadInput."""
    try:
        parts = shlex.split(text)
    except ValueError as error:
        raise BadInput(_("A quotation mark is not closed in the filter: {text}.").format(text=text)) from error
    said: dict[str, str] = {}
    words = []
    for part in parts:
        mark, colon, value = part.partition(":")
        name = SHORT.get(mark.lower(), mark.lower())
        if colon and name in MARKS and value:
            said[name] = value
        else:
            words.append(part)
    kind = _kind(said.pop("kind")) if "kind" in said else None
    return ListFilter(" ".join(words), kind, **said)


def _kind(word: str) -> PartyKind:
    known = {kind.value: kind for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)}
    if word.lower() not in known:
        raise BadInput(_('"{word}" is no kind of contact: {known}.').format(word=word, known=", ".join(known)))
    return known[word.lower()]
