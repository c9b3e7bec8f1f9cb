"""Circulation lists: the row class, and the filter that selects members with its parser."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey

FILTER_MARKS = ("kind", "organisation", "area", "group")
SHORT_MARKS = {"org": "organisation"}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Conditions on contacts; empty parts are not conditions."""

    words: str = ""
    kind: PartyKind | None = None
    organisation: str = ""
    area: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A circulation list in lists."""

    key: RowKey
    name: str
    filter: str
    members: int
    added: tuple[str, ...]
    """References of members added by hand."""
    dropped: tuple[str, ...]
    """References of members removed by hand."""
    no_address: int
    """Number of members without an e-mail address."""


def read_list_filter(text: str) -> ListFilter:
    """Read a filter such as `group:leadership-group kind:person "area:North Wales" police`. Raises BadInput."""
    try:
        parts = shlex.split(text)
    except ValueError as error:
        raise BadInput(_("A quotation mark is not closed in the filter: {text}.").format(text=text)) from error
    values: dict[str, str] = {}
    words = []
    for part in parts:
        mark, colon, value = part.partition(":")
        name = SHORT_MARKS.get(mark.lower(), mark.lower())
        if colon and name in FILTER_MARKS and value:
            values[name] = value
        else:
            words.append(part)
    kind = _read_kind(values.pop("kind")) if "kind" in values else None
    return ListFilter(" ".join(words), kind, **values)


def _read_kind(word: str) -> PartyKind:
    kinds = {kind.value: kind for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)}
    if word.lower() not in kinds:
        raise BadInput(
            _('"{word}" is not a kind of contact: choose from {known}.').format(word=word, known=", ".join(kinds))
        )
    return kinds[word.lower()]
