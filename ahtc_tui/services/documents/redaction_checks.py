"""Finds names, telephone numbers and addresses of people that are left in a published document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.documents.publication import DetailKind, UnresolvedPlace
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.published_text import WithheldNames, find_addresses, find_numbers

if TYPE_CHECKING:
    from ahtc_tui.services.documents.participant_names import ParticipantNames
    from ahtc_tui.store.documents.published_names import PublicDetails

VENUES = frozenset({"where", "next_meeting"})
"""Fields with the place of a meeting, whose address is public."""
FIXED = frozenset({
    "remark", "warning", "when", "time", "version", "due", "heading", "minutes", "at", "silence", "missing_welsh",
    "unresolved",
})  # fmt: skip
"""Fields without text that a person typed."""


def find_unresolved(document: object, names: ParticipantNames, details: PublicDetails) -> tuple[UnresolvedPlace, ...]:
    """Return the places of a published document, any dataclass, with details of people; nothing for other readers."""
    if names.cut is not Cut.PUBLISHED:
        return ()
    private = names.private
    withheld = WithheldNames(
        frozenset(private.withheld),
        private.names - private.withheld,
        private.public,
        details.terms | frozenset(names.labels.values()),
    )
    places: dict[tuple[DetailKind, str], UnresolvedPlace] = {}
    for place, field, text in _iterate_texts(document, "", ""):
        matches = (
            (DetailKind.NAME, withheld.find_names(text)),
            (DetailKind.NUMBER, find_numbers(text, details.numbers)),
            (DetailKind.ADDRESS, find_addresses(text, details.addresses, is_venue=field in VENUES)),
        )
        for kind, words in matches:
            if words:
                places.setdefault((kind, text), UnresolvedPlace(place or _("Heading"), kind, tuple(words), text))
    return tuple(places.values())


def _iterate_texts(value: Any, place: str, field: str) -> Iterator[tuple[str, str, str]]:
    """Yield every typed text of a document with its place and its field, in the order of the fields."""
    if isinstance(value, str):
        if value and not isinstance(value, Enum):
            yield place, field, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _iterate_texts(part, place, field)
    elif is_dataclass(value):
        if (place or field) and (number := getattr(value, "number", None) or getattr(value, "ref", None)):
            place = str(number)
        elif field == "attendance":
            place = _("Attendance")
        for attribute in fields(value):
            if attribute.name not in FIXED:
                yield from _iterate_texts(getattr(value, attribute.name), place, attribute.name)
